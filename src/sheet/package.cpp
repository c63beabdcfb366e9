#include "sheet/package.h"

#include <zip.h>

#include <algorithm>

#include "base/text.h"

namespace anlan::sheet {
namespace {

Refusal damaged(const std::string& part) {
  return refuse(RefusalKind::kMalformed, "sheet.damaged", part, {{"part", part}});
}

// As a package names it: no way up or out. Some programs write '\' for '/'.
std::string plain_name(std::string_view name) {
  std::string plain = lower(name);
  std::ranges::replace(plain, '\\', '/');
  return plain;
}

// Nothing is unpacked, so such a name would do no harm here; but no program writes one, and who does means harm to
// somebody.
bool leads_out(std::string_view name) {
  if (name.starts_with("/") || name.find('\0') != name.npos || name.find(':') != name.npos) return true;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string_view step = name.substr(at, end - at);
    if (step == ".." || step == ".") return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

Part::Part(zip_file* file, std::string name, std::size_t packed, const Limits& limits)
    : file_(file), name_(std::move(name)), packed_(packed), limits_(limits) {}

void Part::Close::operator()(zip_file* file) const { zip_fclose(file); }

// What was inflated is counted, never what the archive promises: a bomb lies about its size.
Outcome<std::size_t> Part::read(char* to, std::size_t most) {
  const zip_int64_t got = zip_fread(file_.get(), to, most);
  if (got < 0) return damaged(name_);
  inflated_ += static_cast<std::size_t>(got);
  if (inflated_ > limits_.inflated_bytes)
    return refuse(RefusalKind::kTooLarge, "sheet.inflated", name_,
                  {{"part", name_}, {"limit", std::to_string(limits_.inflated_bytes / 1'000'000)}});
  if (inflated_ > limits_.ratio_from && inflated_ / limits_.ratio > packed_)
    return refuse(RefusalKind::kTooLarge, "sheet.ratio", name_,
                  {{"part", name_}, {"limit", std::to_string(limits_.ratio)}});
  return static_cast<std::size_t>(got);
}

void Package::Close::operator()(zip* archive) const { zip_discard(archive); }

Outcome<Package> Package::open(std::string_view bytes, const Limits& limits) {
  Package package;
  package.limits_ = limits;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  ANLAN_ASSERT(source);
  package.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  zip_error_fini(&error);
  // The library reads the directory at the end alone, of which each entry has 46 bytes at least: memory stays in
  // proportion to the file.
  if (!package.archive_) {
    zip_source_free(source);
    return damaged("zip");
  }
  if (auto refused = package.list()) return *refused;
  return package;
}

// Of two entries with one name programs show different ones: what was checked must be what is seen.
std::optional<Refusal> Package::list() {
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  if (count < 0 || static_cast<std::size_t>(count) > limits_.parts)
    return refuse(RefusalKind::kTooLarge, "sheet.parts", {}, {{"limit", std::to_string(limits_.parts)}});
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(archive_.get(), i, 0, &stat) != 0 || !(stat.valid & ZIP_STAT_NAME)) return damaged("zip");
    const std::string name = plain_name(stat.name);
    if (name.ends_with('/') && !leads_out(name)) continue;
    if (leads_out(name) || !is_utf8(name) || entries_.contains(name))
      return refuse(RefusalKind::kMalformed, "sheet.part_name", {}, {{"part", is_utf8(name) ? name : "?"}});
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
      return refuse(RefusalKind::kMalformed, "sheet.encrypted");
    entries_[name] = {i, static_cast<std::size_t>(stat.valid & ZIP_STAT_COMP_SIZE ? stat.comp_size : 0)};
  }
  return std::nullopt;
}

bool Package::has(std::string_view name) const { return entries_.contains(lower(name)); }

bool Package::any_ends_with(std::string_view end) const {
  return std::ranges::any_of(entries_, [&](const auto& entry) { return entry.first.ends_with(end); });
}

Outcome<Part> Package::part(std::string_view name) const {
  const auto entry = entries_.find(lower(name));
  if (entry == entries_.end())
    return refuse(RefusalKind::kMalformed, "sheet.part_missing", std::string(name), {{"part", std::string(name)}});
  zip_file* file = zip_fopen_index(archive_.get(), entry->second.index, 0);
  if (!file) return damaged(entry->first);
  return Part(file, entry->first, entry->second.packed, limits_);
}

Container container_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) return Container::kZip;
  if (!bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) return Container::kNone;
  // The name of the stream that holds an encrypted package ([MS-OFFCRYPTO] 2.3.4.4), in UTF-16.
  constexpr auto kStream = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
  return bytes.find(kStream) != bytes.npos ? Container::kEncrypted : Container::kOld;
}

}  // namespace anlan::sheet
