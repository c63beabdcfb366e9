#pragma once
// What other nouns' commands do to accounts.

#include "command/unit.h"

namespace anlan::command {

// Gathers facts of an account; what proves the sessions that they end is dropped.
void record(Unit&, const std::string& account, const std::vector<account::Fact>&);

}  // namespace anlan::command
