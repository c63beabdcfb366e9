#pragma once
// The part of verifying that looks at blocks and at what neighbours have seen of them.

#include "journal/verify.h"

namespace anlan::journal {

// The nodes whose own store this is: one, but for a store whose node took another name.
std::set<std::string> own_nodes(sql::Connection&);

// After the facts; each block is recomputed from what the journal holds of it.
void check_blocks(sql::Connection&, Report&);

}  // namespace anlan::journal
