#pragma once
// The part of verifying that looks at blocks and at what neighbours have seen of them.

#include "journal/verify.h"

namespace anlan::journal {

// The store's own node: whose fact stands at the first position. Empty where none can be read.
std::string own_node(sql::Connection&);

// After the facts; each block is recomputed from what the journal holds of it.
void check_blocks(sql::Connection&, Report&);

}  // namespace anlan::journal
