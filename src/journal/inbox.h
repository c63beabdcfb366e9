#pragma once
// How far a node has read what each of its neighbours has for it, and they what it has for them.

#include <compare>
#include <string>

#include "journal/fact.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// A place in a neighbour's outbox, by positions of the neighbour's own store: a fact lies in it under the position at
// which it came into scope, which is its own or a later one, and then under its own.
struct Place {
  Position since = 0, position = 0;
  auto operator<=>(const Place&) const = default;
};

// The place of the last fact that was taken in from the neighbour; zero before the first.
Place received(sql::Connection&, const std::string& neighbour);
// In the transaction of the facts.
void note_received(sql::Connection&, const std::string& neighbour, Place);

// The place in this node's outbox to which the neighbour last said that it has read; zero where it never did. The
// neighbour itself knows better: it may have read more since, or, restored from a backup, less.
Place read_by(sql::Connection&, const std::string& neighbour);
// In a transaction. Of two sayings the later one counts, in whatever order they come.
void note_read_by(sql::Connection&, const std::string& neighbour, Place, Instant said_at);

}  // namespace anlan::journal
