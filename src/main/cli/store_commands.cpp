#include <regex>

#include "codec/json_write.h"
#include "journal/start.h"
#include "journal/verify.h"
#include "main/cli/program.h"
#include "platform/crypto/encoding.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "view/views.h"

namespace anlan::cli {
namespace {

// For --json; the first bad fact is null where facts are whole and something else is not.
void write(std::string& out, const journal::Report& report) {
  json::Object object(out);
  object.member("sound", report.sound());
  object.member("facts", report.facts);
  object.member("head", crypto::to_hex(report.head));
  const auto* bad = report.first_bad_fact();
  object.nullable("first_bad_fact", bad ? std::optional(bad->position) : std::nullopt);
  json::write_list(object.key("problems"), report.problems, [](std::string& o, const journal::Problem& p) {
    json::Object problem(o);
    problem.member("kind", p.kind);
    problem.member("position", p.position);
    problem.member("stream", p.stream);
    problem.member("type", p.type);
    problem.member("detail", p.detail);
  });
  object.member("notes", report.notes);
}

// What the store says of a place is English; the usual of it has words of its own.
std::string detail_of(const Program& program, const std::string& detail) {
  static const std::regex kPage(R"((\w+\.db): page (\d+) is damaged \(checksum\))");
  std::smatch page;
  if (std::regex_match(detail, page, kPage))
    return program.help("problem_page", {{"file", page.str(1)}, {"page", page.str(2)}});
  const std::string key = "cli.problem_part." + detail;
  return program.texts().has(program.locale(), key) ? program.texts().get(program.locale(), key) : detail;
}

// Where no fact is hit there is none to name.
void tell(const Program& program, const journal::Problem& p) {
  const Texts::Values values = {{"kind", program.help("problem_kind." + std::string(name_of(p.kind)))},
                                {"position", std::to_string(p.position)},
                                {"stream", p.stream},
                                {"type", p.type},
                                {"detail", detail_of(program, p.detail)}};
  if (p.position == 0)
    program.say("problem_elsewhere", values);
  else
    program.say(p.stream.empty() ? "problem_unread" : "problem", values);
}

// Reads only; also of a node at work.
int verify(const Program& program, const std::string& folder) {
  if (!program.is_whole_node(folder)) return kFailure;
  const journal::Report report = journal::verify(folder);
  if (program.json()) {
    std::string out;
    write(out, report);
    program.print(out);
  } else {
    for (const auto& p : report.problems) tell(program, p);
    for (const auto& note : report.notes) program.print(note);
    const auto* bad = report.first_bad_fact();
    if (report.sound())
      program.say("sound", {{"count", std::to_string(report.facts)}, {"hash", crypto::to_hex(report.head)}});
    else
      program.say(bad ? "unsound" : "unsound_elsewhere", {{"count", std::to_string(report.problems.size())},
                                                          {"position", std::to_string(bad ? bad->position : 0)}});
  }
  return report.sound() ? kSuccess : kFailure;
}

// Facts are not touched; the node must not be served meanwhile.
int rebuild(const Program& program, const std::string& folder) {
  if (!program.is_whole_node(folder) || !program.is_free(folder)) return kFailure;
  const auto lock = machine::FolderLock::take(folder);
  if (!lock.ok()) return program.fail(lock.error());
  const auto views = view::all_views();
  std::vector<journal::Projection*> pointers;
  for (const auto& view : views) pointers.push_back(view.get());
  try {
    const auto store = journal::rebuild(
        folder, pointers, machine::SystemClock().now(), [&](journal::Position done, journal::Position total) {
          program.say("progress", {{"done", std::to_string(done)}, {"total", std::to_string(total)}});
        });
    program.say("rebuilt", {{"count", std::to_string(journal::head(*store))}});
  } catch (const sql::Error& error) {
    return program.fail({error.what()});
  }
  const auto given = machine::give_to_owner(folder);
  return given.ok() ? kSuccess : program.fail(given.error());
}

// The plain files of a folder inside; false where there are none.
Result<bool> copy_files(const std::string& from, const std::string& to, const std::string& inside) {
  const auto names = machine::files_in(from + inside);
  if (names.empty()) return false;
  if (auto made = machine::make_folder(to + inside, machine::Readers::kOwner); !made.ok()) return made.error();
  for (const auto& name : names) {
    const auto bytes = machine::read_file(from + inside + name);
    if (!bytes.ok()) return bytes.error();
    auto written = machine::write_file(to + inside + name, *bytes, machine::Readers::kOwner);
    if (!written.ok()) return written.error();
  }
  return true;
}

// What the node has of its own besides its facts: divisions, rules. The keys are no part of it unless asked for, since
// with them a copy is as secret as the node; whether there were any.
Result<bool> copy_more(const std::string& from, const std::string& to, bool with_keys) {
  for (const char* inside : {"/divisions/", "/rules/"})
    if (const auto copied = copy_files(from, to, inside); !copied.ok()) return copied.error();
  return with_keys ? copy_files(from, to, "/keys/") : Result<bool>(false);
}

// Journal and vault into an empty folder; false after telling why not.
// Never over something: an empty folder or none, and none inside of what is copied. What could not be copied whole is
// not left there.
bool copy_store(const Program& program, const std::string& from, const std::string& to) {
  if (!program.is_whole_node(from)) return false;
  if (!machine::is_empty_folder(to)) {
    program.complain("not_empty", {{"folder", to}});
    return false;
  }
  if (machine::is_inside(to, from)) {
    program.complain("inside", {{"target", to}, {"folder", from}});
    return false;
  }
  machine::keep_files_private();
  if (auto made = machine::make_folder(to, machine::Readers::kOwner); !made.ok()) {
    program.fail(made.error());
    return false;
  }
  try {
    sql::backup(from, to);
  } catch (const sql::Error& error) {
    for (const auto& name : machine::files_in(to))
      if (const auto removed = machine::remove_file(to + "/" + name); !removed.ok()) program.fail(removed.error());
    program.fail({error.what()});
    return false;
  }
  return true;
}

int back_up(const Program& program, const std::string& folder, const std::string& target, bool with_keys) {
  if (!copy_store(program, folder, target)) return kFailure;
  const auto keys = copy_more(folder, target, with_keys);
  if (!keys.ok()) return program.fail(keys.error());
  program.say(*keys ? "backed_up_with_keys" : "backed_up", {{"folder", target}});
  return kSuccess;
}

// Verified before it is called restored.
int restore(const Program& program, const std::string& backup, const std::string& target) {
  if (!copy_store(program, backup, target)) return kFailure;
  const auto keys = copy_more(backup, target, true);
  if (!keys.ok()) return program.fail(keys.error());
  const journal::Report report = journal::verify(target);
  if (!report.sound()) {
    verify(program, target);
    program.complain("restored_unsound", {{"folder", target}});
    return kFailure;
  }
  program.say(*keys ? "restored_with_keys" : "restored", {{"folder", target}, {"count", std::to_string(report.facts)}});
  return kSuccess;
}

}  // namespace

void add_store_commands(CLI::App& app, Program& program) {
  auto folder = std::make_shared<std::string>(), target = std::make_shared<std::string>();

  CLI::App* command = program.add(app, "verify", "verify", [&program, folder] { return verify(program, *folder); });
  command->add_option("DIR", *folder, program.help("folder"))->required();
  program.add_json(*command);

  command = program.add(app, "rebuild", "rebuild", [&program, folder] { return rebuild(program, *folder); });
  command->add_option("DIR", *folder, program.help("folder"))->required();

  auto with_keys = std::make_shared<bool>(false);
  command = program.add(app, "backup", "backup", [&program, folder, target, with_keys] {
    return back_up(program, *folder, *target, *with_keys);
  });
  command->add_flag("--with-keys", *with_keys, program.help("with_keys"));
  command->add_option("DIR", *folder, program.help("folder"))->required();
  command->add_option("TARGET", *target, program.help("target"))->required();

  command =
      program.add(app, "restore", "restore", [&program, folder, target] { return restore(program, *folder, *target); });
  command->add_option("BACKUP", *folder, program.help("backup_folder"))->required();
  command->add_option("DIR", *target, program.help("target"))->required();
}

}  // namespace anlan::cli
