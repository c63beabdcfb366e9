#include <fmt/format.h>

#include "codec/json_write.h"
#include "journal/copy.h"
#include "main/cli/program.h"
#include "main/cli/report.h"
#include "main/cli/store_move.h"
#include "platform/crypto/encoding.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"

namespace anlan::cli {
namespace {

int refuse(const Program& program, const Move& move, const journal::CopyReport& report) {
  tell(program, report.source.sound() ? report.target : report.source);
  const char* why = !report.source.sound()  ? "copy_source_unsound"
                    : report.target.sound() ? "copy_heads_differ"
                                            : "copy_target_unsound";
  program.complain(why, {{"source", shown(move.from)}, {"target", shown(move.to)}});
  clear(program, move.to);
  return kFailure;
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
