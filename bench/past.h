#pragma once
// A node's past: incidents with notes, as many facts as are asked for.

#include "command/executor.h"

namespace anlan::bench {

// In large commits, by the demo city's desk. Ends the program on failure.
void write_past(command::Executor&, std::int64_t facts);

// As many incidents of all kinds, taken down by the city; all but the last hundred are closed, on these there are
// instructions. Ends the program on failure.
void write_incidents(command::Executor&, std::int64_t incidents);

}  // namespace anlan::bench
