#include "edge/intake/folder.h"

#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"
#include "platform/machine/files.h"
#include "platform/machine/stream.h"

namespace anlan::edge::intake {
namespace {

constexpr const char* kDone = "/done/";
constexpr const char* kRefused = "/refused/";
constexpr const char* kReason = ".reason.txt";
constexpr const char* kUnreadable = "";  // no digest; told once

// No more than tells that it is too large. Who may write into the folder must not have us read what they may not.
Result<std::string> bytes_of(const std::string& path) {
  auto reader = machine::FileReader::open(path, machine::Links::kRefused);
  if (!reader.ok()) return reader.error();
  return reader->read(kMostBytes + 1);
}

}  // namespace

Folder::Folder(const Ground& ground, Source source, std::string folder)
    : ground_(ground), source_(std::move(source)), folder_(std::move(folder)) {}

// A file is taken at the second look that finds it the same: whoever writes it may not have ended. What is behind the
// first hundred keeps its place.
void Folder::look() {
  for (const char* part : {kDone, kRefused})
    if (const auto made = machine::make_folder(folder_ + part); !made.ok()) {
      if (trouble_ != made.error().what) ground_.log(trouble_ = made.error().what);
      return;
    }
  std::map<std::string, std::string> seen;
  int taken = 0;
  for (const std::string& name : machine::files_in(folder_)) {
    if (name.starts_with('.')) continue;
    if (taken >= kAtOnce) {
      if (const auto known = seen_.find(name); known != seen_.end()) seen.insert(*known);
      continue;
    }
    const auto bytes = bytes_of(folder_ + "/" + name);
    if (!bytes.ok()) {
      if (!seen_.contains(name)) ground_.log(bytes.error().what);
      seen[name] = kUnreadable;
      continue;
    }
    const std::string digest = crypto::to_hex(crypto::sm3(*bytes));
    const auto before = seen_.find(name);
    if (before == seen_.end() || before->second != digest)
      seen[name] = digest;
    else if (++taken)
      take(name, *bytes);
  }
  seen_ = std::move(seen);
}

// What the node cannot record now stays where it is.
void Folder::take(const std::string& name, const std::string& bytes) {
  const Said said = intake::take(ground_, source_, bytes);
  if (said.fate == Fate::kLater) return;
  const bool refused = said.fate == Fate::kRefused;
  const std::string laid = put(name, refused ? kRefused : kDone, bytes);
  if (laid.empty()) return;
  if (refused) (void)machine::write_file(laid + kReason, in_words(said.refusals, ground_.texts));
  (void)machine::remove_file(folder_ + "/" + name);
}

// Copied first and taken away last, so that it is never nowhere.
std::string Folder::put(const std::string& name, const char* where, const std::string& bytes) {
  std::string path = folder_ + where + name;
  for (int n = 2; machine::is_file(path); ++n) path = folder_ + where + name + "." + std::to_string(n);
  const auto written = bytes.size() > kMostBytes ? machine::copy_file(folder_ + "/" + name, path,
                                                                      machine::Readers::kAll, machine::Links::kRefused)
                                                 : machine::write_file(path, bytes);
  if (written.ok()) return path;
  ground_.log(written.error().what);
  return {};
}

}  // namespace anlan::edge::intake
