#pragma once
// Codes and ids in a query that no table has: a misspelt filter must not be answered as if nothing were found.

#include "edge/http/page.h"

namespace anlan::edge {

// Looks at `type` (of an event), `division`, `under` (a division too) and `organisation`; empty ones are absent. By the
// codes that commands are refused with.
std::optional<Refusal> unknown_code(const Page&);

}  // namespace anlan::edge
