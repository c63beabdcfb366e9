#pragma once
// A store that is older than what neighbours have seen of its node: restored from a backup, or without its last
// commits. What they still hold of the node's history is gathered beside the journal, until a store is built from both
// (command/resumption.h). docs/journal-format.md, "Histories with two ends".

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "journal/block.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// A neighbour knows more of this node's history than the store does: it has shown a block of it, or it is the parent
// and says so. Inside a transaction; noted once.
void note_ahead(sql::Connection&, const std::string& neighbour, Instant now);
// Whether any does: nothing of this store may leave the node then.
bool is_behind(sql::Connection&);
struct Ahead {
  std::string neighbour;
  Instant noted_at;
};
std::vector<Ahead> ahead(sql::Connection&);

// The last of the node's own facts up to which a neighbour has countersigned what lies here; 0 where none has.
std::int64_t agreed(sql::Connection&, const std::string& node);
// The same of one neighbour: what others have signed may be of another history than it knows.
std::int64_t agreed_with(sql::Connection&, const std::string& node, const std::string& neighbour);

// Keeps what a neighbour gives back of the node's history, as it came; it holds blocks up to `upto`. Of no bytes, up to
// kLastSequence: that was all. Inside a transaction.
void keep_returned(sql::Connection&, const std::string& neighbour, std::int64_t upto, std::string_view bytes);
// Up to where the neighbour has given back; 0 before the first.
std::int64_t returned_upto(sql::Connection&, const std::string& neighbour);
struct Returned {
  std::string neighbour, bytes;
};
// In order of neighbours, and in the order in which it came from each; without the ends.
std::vector<Returned> returned(sql::Connection&);

// Whether every fact of the part is here, be it under another number: of a history that was given up, what had been
// recorded since the backup is recorded again.
bool knows_acts_of(sql::Connection&, const Part&);

// The part of a stored block with all of its facts that are held; nullopt as of part() (block_store.h).
std::optional<Part> held_part(sql::Connection&, const BlockHeader&);

// Own numbers from one to another, of which only those are here that neighbours held. Inside a transaction.
struct Lost {
  std::string node;
  std::int64_t first = 0, last = 0;
  bool covers(const std::string& of, std::int64_t from, std::int64_t to) const {
    return node == of && first <= from && to <= last;
  }
};
void note_lost(sql::Connection&, const Lost&);
std::vector<Lost> lost(sql::Connection&);

}  // namespace anlan::journal
