#pragma once
// Where commands that bring or fetch a file and the process that serves the node meet: a folder of the node, since only
// that process writes its store. Whoever may write there is the node's own user, or root.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/random.h"
#include "codec/refusal.h"
#include "main/configuration.h"

namespace anlan {

// In a file of the desk.
inline constexpr std::int64_t kMostNumber = std::int64_t{1} << 62;

// What is asked for.
struct FileAsk {
  std::string work;     // "carry.out" …
  std::string subject;  // the neighbour, node, organisation or report that it is about
  std::optional<std::int64_t> since, position;
  std::optional<std::string> on, reason;  // the node on which an organisation shall work; why one is revoked
  std::optional<bool> stays;              // its organisations, where they are
  std::optional<bool> force;              // what looks like a mistake is none
  static constexpr auto fields = std::tuple{field("work", &FileAsk::work, 40),
                                            field("subject", &FileAsk::subject, 100),
                                            field("since", &FileAsk::since, kMostNumber),
                                            field("position", &FileAsk::position, kMostNumber),
                                            field("on", &FileAsk::on, 40),
                                            field("reason", &FileAsk::reason, 500),
                                            field("stays", &FileAsk::stays),
                                            field("force", &FileAsk::force)};
};

// What came of it. `refused` is the code of a refusal, "cli.said.CODE", with the values of its text; `rule`: the rule
// that said no, of which the text tells. What was looked at before, `batches`, is done nevertheless.
struct FileSaid {
  std::string refused, node, sender, what;
  std::optional<codec::SaidRefusal> rule;
  std::optional<std::vector<std::string>> organisations;
  std::optional<std::vector<std::string>> lines;  // at fault: number, code, value
  std::optional<Instant> made_at;
  std::optional<std::int64_t> before;  // rows, of what was replaced
  std::int64_t batches = 0, facts = 0, known = 0;
  std::int64_t after_since = 0, after_position = 0, since = 0, position = 0;
  static constexpr auto fields = std::tuple{field("refused", &FileSaid::refused, 60),
                                            field("node", &FileSaid::node, 100),
                                            field("sender", &FileSaid::sender, 100),
                                            field("what", &FileSaid::what, 4000),
                                            field("rule", &FileSaid::rule),
                                            field("organisations", &FileSaid::organisations),
                                            field("lines", &FileSaid::lines, 500),
                                            field("made_at", &FileSaid::made_at),
                                            field("before", &FileSaid::before, kMostNumber),
                                            field("batches", &FileSaid::batches, kMostNumber),
                                            field("facts", &FileSaid::facts, kMostNumber),
                                            field("known", &FileSaid::known, kMostNumber),
                                            field("after_since", &FileSaid::after_since, kMostNumber),
                                            field("after_position", &FileSaid::after_position, kMostNumber),
                                            field("since", &FileSaid::since, kMostNumber),
                                            field("position", &FileSaid::position, kMostNumber)};
};
// Refused, with the values "node" and "what" of its text.
FileSaid refused_file(const std::string& code, const std::string& node = {}, const std::string& what = {});
// The same where a rule says no.
FileSaid refused_by_rule(const std::string& code, const std::string& node, const Refusal&);

// The side of the process that serves. What was asked for and not answered when a process ended is done by the next
// one, so a work must bear to be done twice.
class FileDesk {
 public:
  // Reads the file, or writes it.
  using Work = std::function<FileSaid(const FileAsk&, const std::string& file)>;
  FileDesk(const Configuration&, std::map<std::string, Work>);
  // Does what is asked for now. On one thread, and not the writer's.
  void look();

 private:
  void answer(const FileAsk&, const std::string& stem);

  const std::string folder_;
  const std::map<std::string, Work> works_;
};

// The other side. Without a file, where none is brought or fetched. A file that cannot be read or written is refused,
// as is what no process answers; fails where the desk itself cannot be used.
enum class Way { kBring, kFetch, kAsk };
Result<FileSaid> ask_desk(const Configuration&, const FileAsk&, Way, const std::string& file, Random&);

}  // namespace anlan
