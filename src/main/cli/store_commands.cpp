#include "journal/lease.h"
#include "journal/start.h"
#include "journal/verify.h"
#include "main/cli/node_files.h"
#include "main/cli/program.h"
#include "main/cli/report.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "view/views.h"

namespace anlan::cli {
namespace {

// A process that serves tends its lease once a second.
constexpr std::chrono::milliseconds kBetweenLooks{2500};

// Reads only; also of a node at work.
int verify(const Program& program, const std::string& folder) {
  if (!program.is_whole_node(folder)) return kFailure;
  try {
    return tell(program, journal::verify(folder));
  } catch (const sql::ConnectionLost& lost) {
    return program.fail(lost, folder);
  }
}

int rebuild_views(const Program& program, const std::string& where) {
  const auto views = view::all_views();
  try {
    const auto store =
        journal::rebuild(where, view::pointers(views), machine::SystemClock().now(),
                         [&](journal::Position done, journal::Position total) {
                           program.say("progress", {{"done", std::to_string(done)}, {"total", std::to_string(total)}});
                         });
    program.say("rebuilt", {{"count", std::to_string(journal::head(*store))}});
    return kSuccess;
  } catch (const sql::Error& error) {
    return program.fail({error.what()});
  }
}

// Processes on a database have no folder in common that could be locked: whoever serves it shows in the lease.
int rebuild_in_database(const Program& program, const std::string& url) {
  try {
    const auto sql = sql::open(url, sql::Access::kRead);
    if (journal::is_tended(*sql, "timers", [] { machine::wait_for_stop(kBetweenLooks); })) {
      program.complain("database_in_use", {{"store", shown(url)}});
      return kFailure;
    }
  } catch (const sql::Error& error) {
    return program.fail({error.what()});
  }
  return rebuild_views(program, url);
}

// Facts are not touched; the node must not be served meanwhile.
int rebuild(const Program& program, const std::string& where) {
  if (!program.is_whole_node(where)) return kFailure;
  if (sql::is_shared(where)) return rebuild_in_database(program, where);
  if (!program.is_free(where)) return kFailure;
  const auto lock = machine::FolderLock::take(where);
  if (!lock.ok()) return program.fail(lock.error());
  if (const int code = rebuild_views(program, where); code != kSuccess) return code;
  const auto given = machine::give_to_owner(where);
  return given.ok() ? kSuccess : program.fail(given.error());
}

// A database is its server's to copy; false after saying with what.
bool is_ours_to_copy(const Program& program, const std::string& from, const std::string& to) {
  for (const auto& store : {from, to})
    if (sql::is_shared(store)) {
      program.complain("server_backs_up", {{"store", shown(store)}});
      return false;
    }
  return true;
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
  if (!is_ours_to_copy(program, folder, target)) return kUsage;
  if (!copy_store(program, folder, target)) return kFailure;
  const auto keys = copy_node_files(folder, target, with_keys);
  if (!keys.ok()) return program.fail(keys.error());
  program.say(*keys ? "backed_up_with_keys" : "backed_up", {{"folder", target}});
  return kSuccess;
}

// Verified before it is called restored.
int restore(const Program& program, const std::string& backup, const std::string& target) {
  if (!is_ours_to_copy(program, backup, target)) return kUsage;
  if (!copy_store(program, backup, target)) return kFailure;
  const auto keys = copy_node_files(backup, target, true);
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
  command->add_option("DIR", *folder, program.help("store"))->required();
  program.add_json(*command);

  command = program.add(app, "rebuild", "rebuild", [&program, folder] { return rebuild(program, *folder); });
  command->add_option("DIR", *folder, program.help("store"))->required();

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
