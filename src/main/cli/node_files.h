#pragma once
// What a node has in its directory besides its store.

#include <string>

#include "base/result.h"

namespace anlan::cli {

// Its own divisions and rules, and the alerts of others as they came, into another directory. The keys are no part of
// them unless asked for, since with them a copy is as secret as the node; whether there were any.
Result<bool> copy_node_files(const std::string& from, const std::string& to, bool with_keys);

}  // namespace anlan::cli
