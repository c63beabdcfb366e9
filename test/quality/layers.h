#pragma once
// Who may include whom under src/ (docs/architecture.md, "Folders"), and who may touch the machine.

#include "quality/tree.h"

namespace anlan::quality {

// Includes that the table of folders does not allow; folders that it does not name; domain/DEPENDS with circles, with
// nouns that are not there, or read by a noun that it does not list; journal::Writer outside the command path.
Findings check_layers(const Tree&);

// Libraries in base and domain, which are standard C++ only; clocks, random sources, disk and sockets outside platform.
// Tests may read and write files.
Findings check_ports(const Tree&);

}  // namespace anlan::quality
