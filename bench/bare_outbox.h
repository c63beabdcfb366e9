#pragma once
// What bare SQLite can do of what an outbox does: the figure that it is set beside.

#include <string>

namespace anlan::bench {

// Messages a second: the rows that an outbox writes for so many of one text, into a table of a new file in `directory`
// with the same columns and the one index that they are in, in transactions of as many as an outbox takes at once (WAL,
// synchronous=FULL). Removes the file.
double bare_outbox(const std::string& directory, std::size_t messages);

}  // namespace anlan::bench
