#include <fmt/format.h>

#include <algorithm>

#include "codec/json_write.h"
#include "journal/copy.h"
#include "main/cli/node_files.h"
#include "main/cli/program.h"
#include "main/cli/report.h"
#include "platform/crypto/encoding.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "platform/sql/new_store.h"

namespace anlan::cli {
namespace {

// What was given.
struct Move {
  std::string from, to;
  bool with_keys = false;
};

// Whether there is something to copy, and a place that may take it.
bool is_possible(const Program& program, const Move& move) {
  if (!program.is_whole_node(move.from)) return false;
  if (!sql::is_new(move.to)) {
    program.complain("copy_not_new", {{"target", shown(move.to)}});
    return false;
  }
  const bool folders = !sql::is_shared(move.from) && !sql::is_shared(move.to);
  if (folders && machine::is_inside(move.to, move.from)) {
    program.complain("inside", {{"target", move.to}, {"folder", move.from}});
    return false;
  }
  return true;
}

// The files of half a copy; what is left in a database its owner must take away.
void clear(const Program& program, const std::string& to) {
  if (sql::is_shared(to)) {
    program.complain("copy_left", {{"target", shown(to)}});
    return;
  }
  for (const auto& name : machine::files_in(to))
    if (const auto removed = machine::remove_file(to + "/" + name); !removed.ok()) program.fail(removed.error());
}

// After an error of either engine: it may have come before anything was written.
int give_up(const Program& program, const Move& move, const sql::Error& error) {
  try {
    if (!sql::is_new(move.to)) clear(program, move.to);
  } catch (const sql::Error&) {  // the target itself is gone, which is what was told
  }
  return program.fail({error.what()});
}

int refuse(const Program& program, const Move& move, const journal::CopyReport& report) {
  tell(program, report.source.sound() ? report.target : report.source);
  const char* why = !report.source.sound()  ? "copy_source_unsound"
                    : report.target.sound() ? "copy_heads_differ"
                                            : "copy_target_unsound";
  program.complain(why, {{"source", shown(move.from)}, {"target", shown(move.to)}});
  clear(program, move.to);
  return kFailure;
}

// Files beside the store go from directory to directory alone: a database has no place for them.
Result<bool> finish(const Move& move) {
  if (sql::is_shared(move.to)) return false;
  auto keys = sql::is_shared(move.from) ? Result<bool>(false) : copy_node_files(move.from, move.to, move.with_keys);
  if (!keys.ok()) return keys;
  if (auto given = machine::give_to_owner(move.to); !given.ok()) return given.error();
  return keys;
}

void say_copied(const Program& program, const Move& move, const journal::Report& target, double seconds, bool keys) {
  if (program.json()) {
    std::string out;
    {
      json::Object object(out);
      object.member("facts", target.facts);
      object.member("head", crypto::to_hex(target.head));
      object.member("seconds", seconds);
      object.member("keys", keys);
    }
    program.print(out);
    return;
  }
  program.say("copied", {{"target", shown(move.to)},
                         {"count", std::to_string(target.facts)},
                         {"hash", crypto::to_hex(target.head)},
                         {"seconds", fmt::format("{:.1f}", seconds)}});
  program.say(keys ? "copied_keys" : "copied_no_keys", {{"target", shown(move.to)}});
}

// Nothing goes to standard output but the outcome where a script reads it.
journal::Progress progress_of(const Program& program) {
  if (program.json()) return {};
  return [&program](journal::Position done, journal::Position total) {
    program.say("progress", {{"done", std::to_string(done)}, {"total", std::to_string(total)}});
  };
}

int copy_store(const Program& program, const Move& move) {
  if (!sql::is_shared(move.to))
    if (auto made = machine::make_folder(move.to, machine::Readers::kOwner); !made.ok())
      return program.fail(made.error());
  const machine::SystemClock clock;
  const Instant began = clock.now();
  const auto report = journal::copy(move.from, move.to, began, progress_of(program));
  if (!report.sound()) return refuse(program, move, report);
  const double seconds = static_cast<double>(to_ms(clock.now()) - to_ms(began)) / 1000;
  const auto keys = finish(move);
  if (!keys.ok()) return program.fail(keys.error());
  say_copied(program, move, report.target, seconds, *keys);
  return kSuccess;
}

int copy(const Program& program, const Move& move) {
  if (move.with_keys && (sql::is_shared(move.from) || sql::is_shared(move.to))) {
    program.complain("usage", {{"what", program.help("copy_keys_by_hand")}});
    return kUsage;
  }
  try {
    if (!is_possible(program, move)) return kFailure;
  } catch (const sql::Error& error) {
    return program.fail({error.what()});
  }
  machine::keep_files_private();
  try {
    return copy_store(program, move);
  } catch (const journal::TargetNotNew& error) {  // begun by somebody else in the meantime
    return program.fail({error.what()});
  } catch (const sql::Error& error) {
    return give_up(program, move, error);
  }
}

}  // namespace

void add_copy_command(CLI::App& app, Program& program) {
  auto move = std::make_shared<Move>();
  CLI::App* command = program.add(app, "copy", "copy", [&program, move] { return copy(program, *move); });
  command->add_flag("--with-keys", move->with_keys, program.help("copy_with_keys"));
  command->add_option("FROM", move->from, program.help("copy_from"))->required();
  command->add_option("TO", move->to, program.help("copy_to"))->required();
  program.add_json(*command);
}

}  // namespace anlan::cli
