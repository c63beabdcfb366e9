#include "main/cli/store_move.h"

#include "main/cli/node_files.h"
#include "main/cli/report.h"
#include "platform/machine/files.h"
#include "platform/machine/process.h"
#include "platform/sql/new_store.h"

namespace anlan::cli {

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

void clear(const Program& program, const std::string& to) {
  if (sql::is_shared(to)) {
    program.complain("copy_left", {{"target", shown(to)}});
    return;
  }
  for (const auto& name : machine::files_in(to))
    if (const auto removed = machine::remove_file(to + "/" + name); !removed.ok()) program.fail(removed.error());
}

int give_up(const Program& program, const Move& move, const sql::Error& error) {
  try {
    if (!sql::is_new(move.to)) clear(program, move.to);
  } catch (const sql::Error&) {  // the target itself is gone, which is what was told
  }
  return program.fail({error.what()});
}

// Files beside the store go from directory to directory alone: a database has no place for them.
Result<bool> finish(const Move& move) {
  if (sql::is_shared(move.to)) return false;
  auto keys = sql::is_shared(move.from) ? Result<bool>(false) : copy_node_files(move.from, move.to, move.with_keys);
  if (!keys.ok()) return keys;
  if (auto given = machine::give_to_owner(move.to); !given.ok()) return given.error();
  return keys;
}

}  // namespace anlan::cli
