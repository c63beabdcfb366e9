#pragma once
// Whose a node is.

#include "command/reference.h"
#include "state/directory.h"

namespace anlan::command {

// Whether an organisation works on this node for the very division that the node serves.
bool owns_node(const state::Directory&, const Reference&, const std::string& organisation);
// Whether who acts may do with the node's channels what they like: of the organisation that owns it, or who looks after
// its system. Others have their own warnings sent by them.
bool runs_channels(const state::Directory&, const Reference&, const account::Actor&);

}  // namespace anlan::command
