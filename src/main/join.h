#pragma once
// A new node becomes the child of another one: it is registered there, and fetches the register.

#include "main/configuration.h"
#include "main/line_files.h"
#include "main/stopped_node.h"

namespace anlan {

// Why not: "cli.said.CODE" with what the machine says ({what}) and the parent ({node}); the parent's own refusal goes
// before it where it has one, and this release words for it.
struct NotJoined {
  std::string code, what;
  std::optional<Refusal> rule = {};
};

// With the code that the parent made. On a node without accounts, which holds nothing that others could miss; what was
// broken off can be done again with the same code. Afterwards the node knows its organisations, and dials when it
// serves.
Result<Done, NotJoined> join(const Configuration&, const edge::peer::Code&, StoppedNode&, const crypto::NodeKeys&);

}  // namespace anlan
