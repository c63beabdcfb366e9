#include "main/file_desk.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"
#include "platform/machine/stream.h"

namespace anlan {
namespace {

// What is asked for bears one name with these ends; the asker makes kAsk last, who answers kSaid.
const std::string kAsk = ".ask", kBusy = ".busy", kSaid = ".said", kFile = ".file";
constexpr std::size_t kNameBytes = 8;
constexpr std::chrono::milliseconds kBetweenLooks{100};
// A process that serves looks several times in this while.
constexpr int kLooksForAnswer = 150;
constexpr auto kOwn = machine::Readers::kOwner;

std::string folder_of(const Configuration& c) { return c.data + "/desk"; }

void remove_all(const std::string& stem) {
  for (const std::string& end : {kAsk, kBusy, kSaid, kFile, kFile + ".new"}) (void)machine::remove_file(stem + end);
}

template <class T>
std::optional<T> read(const std::string& file) {
  const auto text = machine::read_file(file);
  if (!text.ok()) return std::nullopt;
  auto value = json::from_text<T>(*text);
  return value.ok() ? std::optional(std::move(*value)) : std::nullopt;
}

// The folder may be root's until it is given away.
Result<Done> lay_down(const Configuration& c, const FileAsk& ask, Way way, const std::string& file,
                      const std::string& stem) {
  if (auto made = machine::make_folder(folder_of(c), kOwn); !made.ok()) return made;
  if (way == Way::kBring)
    if (auto copied = machine::copy_file(file, stem + kFile, kOwn); !copied.ok()) return copied;
  if (auto asked = machine::write_file(stem + kAsk, json::to_text(ask), kOwn); !asked.ok()) return asked;
  return machine::give_to_owner(c.data);
}

FileSaid wait(const Configuration& c, const std::string& stem) {
  for (int looks = 0;; ++looks) {
    if (machine::is_file(stem + kSaid)) return read<FileSaid>(stem + kSaid).value_or(refused_file("desk_no_answer"));
    if (!machine::FolderLock::is_held(c.data)) return refused_file("desk_not_served");
    const bool heard = looks <= kLooksForAnswer || machine::is_file(stem + kBusy);
    if (!heard || machine::wait_for_stop(kBetweenLooks)) return refused_file("desk_no_answer");
  }
}

}  // namespace

FileSaid refused_file(const std::string& code, const std::string& node, const std::string& what) {
  FileSaid said;
  said.refused = code;
  said.node = node;
  said.what = what;
  return said;
}

FileSaid refused_by_rule(const std::string& code, const std::string& node, const Refusal& refusal) {
  FileSaid said = refused_file(code, node);
  said.rule = codec::said(refusal);
  return said;
}

FileDesk::FileDesk(const Configuration& c, std::map<std::string, Work> works)
    : folder_(folder_of(c)), works_(std::move(works)) {
  for (const auto& name : machine::files_in(folder_)) {
    const std::string stem = folder_ + "/" + name.substr(0, name.find('.'));
    if (!machine::is_file(stem + kAsk)) remove_all(stem);
  }
}

// What cannot be read is of nobody, or not yet given to this process's user.
void FileDesk::look() {
  for (const auto& name : machine::files_in(folder_)) {
    if (!name.ends_with(kAsk)) continue;
    const std::string stem = folder_ + "/" + name.substr(0, name.size() - kAsk.size());
    if (const auto ask = read<FileAsk>(stem + kAsk)) answer(*ask, stem);
  }
}

void FileDesk::answer(const FileAsk& ask, const std::string& stem) {
  (void)machine::write_file(stem + kBusy, "", kOwn);
  FileSaid said = refused_file("desk_no_work");
  try {
    if (const auto work = works_.find(ask.work); work != works_.end()) said = work->second(ask, stem + kFile);
  } catch (const std::exception& error) {  // of the store: a server that went away, or what it cannot prove
    said = refused_file("desk_failed", {}, error.what());
  }
  (void)machine::write_file(stem + kSaid, json::to_text(said), kOwn);
  (void)machine::remove_file(stem + kAsk);
}

Result<FileSaid> ask_desk(const Configuration& c, const FileAsk& ask, Way way, const std::string& file,
                          Random& random) {
  if (way == Way::kBring && !machine::is_file(file)) return refused_file("desk_no_file");
  const std::string stem = folder_of(c) + "/" + crypto::random_hex(random, kNameBytes);
  const auto laid = lay_down(c, ask, way, file, stem);
  Result<FileSaid> said = laid.ok() ? Result<FileSaid>(wait(c, stem)) : Result<FileSaid>(laid.error());
  if (way == Way::kFetch && said.ok() && said->refused.empty())
    if (!machine::copy_file(stem + kFile, file, kOwn).ok()) said = refused_file("desk_cannot_write");
  remove_all(stem);
  return said;
}

}  // namespace anlan
