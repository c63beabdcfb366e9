#include "disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace anlan::powercut {
namespace {

void make(Contents& contents, const Change& change) {
  if (change.bytes.empty()) {
    contents.resize(change.offset);
    return;
  }
  if (contents.size() < change.offset + change.bytes.size()) contents.resize(change.offset + change.bytes.size());
  std::ranges::copy(change.bytes, contents.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

// Some of the sectors that a write touches; of the last one half.
void make_torn(Contents& contents, const Change& change, std::mt19937_64& random) {
  const std::size_t end = change.offset + change.bytes.size();
  for (std::size_t at = change.offset; at < end;) {
    const std::size_t sector_end = std::min((at / kSector + 1) * kSector, end);
    const std::size_t kept = sector_end == end ? (sector_end - at + 1) / 2 : sector_end - at;
    if (random() % 2 == 0) {
      const auto from = change.bytes.begin() + static_cast<std::ptrdiff_t>(at - change.offset);
      make(contents, {at, Contents(from, from + static_cast<std::ptrdiff_t>(kept))});
    }
    at = sector_end;
  }
}

Contents torn(const File& file, std::mt19937_64& random) {
  Contents contents = file.durable;
  for (const Change& change : file.unsynced) {
    const auto fate = random() % 4;
    if (fate == 0) continue;
    if (fate == 1 && !change.bytes.empty()) {
      make_torn(contents, change, random);
    } else {
      make(contents, change);
    }
  }
  return contents;
}

}  // namespace

Disk::Disk(const Image& image) {
  for (const auto& [name, contents] : image) {
    auto file = std::make_shared<File>();
    file->now = file->durable = contents;
    names_[name] = file;
  }
  sync_names();
}

bool Disk::fails() { return ++calls_ == fault.at; }

int Disk::open(const char* name, bool create, bool log, std::shared_ptr<File>& file) {
  if (fails()) return SQLITE_CANTOPEN;
  if (name == nullptr) {
    file = std::make_shared<File>();
    return SQLITE_OK;
  }
  const auto found = names_.find(name);
  if (found == names_.end() && !create) return SQLITE_CANTOPEN;
  file = found == names_.end() ? names_.emplace(name, std::make_shared<File>()).first->second : found->second;
  file->log = log;
  return SQLITE_OK;
}

int Disk::read(File& file, void* into, std::size_t amount, std::size_t offset) {
  if (fails()) return SQLITE_IOERR_READ;
  const std::size_t there = offset < file.now.size() ? std::min(amount, file.now.size() - offset) : 0;
  if (there > 0) std::memcpy(into, file.now.data() + offset, there);
  std::memset(static_cast<char*>(into) + there, 0, amount - there);
  return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int Disk::write(File& file, const void* from, std::size_t amount, std::size_t offset) {
  if (fails()) return fault.disk_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  if (full) return SQLITE_FULL;
  const auto* bytes = static_cast<const std::byte*>(from);
  file.unsynced.push_back({offset, Contents(bytes, bytes + amount)});
  make(file.now, file.unsynced.back());
  return SQLITE_OK;
}

int Disk::truncate(File& file, std::size_t size) {
  if (fails()) return SQLITE_IOERR_TRUNCATE;
  file.unsynced.push_back({size, {}});
  make(file.now, file.unsynced.back());
  return SQLITE_OK;
}

int Disk::sync(File& file) {
  if (before_sync) before_sync();
  // While a file is made, undoing the attempt is no retry: nothing is in it yet.
  if (file.sync_failed && !file.durable.empty()) failed_sync_was_retried_ = true;
  if (fails()) {
    // As Linux does it: what was to be written is taken for clean, readers see it, and no later sync writes it.
    fault_hit_a_sync_ = true;
    file.sync_failed = true;
    file.unsynced.clear();
    return SQLITE_IOERR_FSYNC;
  }
  for (const Change& change : file.unsynced) make(file.durable, change);
  file.unsynced.clear();
  if (file.log) sync_names();
  return SQLITE_OK;
}

int Disk::remove(const std::string& name, bool sync_directory) {
  if (sync_directory && before_sync) before_sync();
  if (fails()) return SQLITE_IOERR_DELETE;
  if (names_.erase(name) == 0) return SQLITE_IOERR_DELETE_NOENT;
  if (sync_directory) sync_names();
  return SQLITE_OK;
}

Disk::Image Disk::present() const {
  Image image;
  for (const auto& [name, file] : names_) image[name] = file->now;
  return image;
}

Disk::Image Disk::cut(Cut cut) const {
  std::mt19937_64 random(cut.seed);
  const bool dropped = cut.unsynced == Cut::Unsynced::kDropped;
  std::set<std::string> all;
  for (const auto& [name, file] : names_) all.insert(name);
  for (const auto& [name, file] : durable_names_) all.insert(name);
  Image image;
  for (const std::string& name : all) {
    const bool by_durable_name = dropped || random() % 2 == 0;
    const auto& names = by_durable_name ? durable_names_ : names_;
    if (const auto found = names.find(name); found != names.end())
      image[name] = dropped ? found->second->durable : torn(*found->second, random);
  }
  return image;
}

}  // namespace anlan::powercut
