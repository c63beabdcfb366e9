#pragma once
// A node's store made anew in another place, from one that stays as it is.

#include <string>

#include "base/result.h"
#include "main/cli/program.h"

namespace anlan::cli {

// What was given: each a directory or the address of a database.
struct Move {
  std::string from, to;
  bool with_keys = false;
};

// Whether there is a node, and a place that may take it; told where not. Throws sql::Error.
bool is_possible(const Program&, const Move&);
// Takes away the files of half a store; what is left in a database its owner must take away, which is told.
void clear(const Program&, const std::string& to);
// After an error of either engine, which is told: it may have come before anything was written.
int give_up(const Program&, const Move&, const sql::Error&);
// The files beside the store, with the keys where they are asked for; whether there were any.
Result<bool> finish(const Move&);

}  // namespace anlan::cli
