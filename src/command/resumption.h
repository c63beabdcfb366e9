#pragma once
// A node whose store was brought back from a backup and worked on has two histories: what its neighbours have seen, and
// what it recorded since. Here one is made of both, and nothing of either is left out that anybody still holds.

#include <string>
#include <vector>

#include "base/fields.h"
#include "journal/block_store.h"
#include "journal/streams.h"

namespace anlan::command {

// A number that both histories gave, and the one that the thing recorded since the backup bears now.
struct Renumbered {
  std::string from, to;
  static constexpr auto fields = std::tuple{field("from", &Renumbered::from), field("to", &Renumbered::to)};
};

struct Resumption {
  std::int64_t agreed = 0;            // own facts up to here are the same in both histories
  std::int64_t given_back = 0;        // facts that only neighbours still held
  std::int64_t recorded_again = 0;    // facts since the backup, which come behind those, under new numbers
  std::int64_t first_number = 0;      // of these
  std::vector<Renumbered> papers;     // reports and instructions, by their ids
  std::vector<Renumbered> incidents;  // by their numbers
  // Since the backup, and no longer so behind what the lost history had done: type and stream. Kept on this node alone,
  // as node.set_aside.
  std::vector<std::string> set_aside;
  static constexpr auto fields = std::tuple{field("agreed", &Resumption::agreed),
                                            field("given_back", &Resumption::given_back),
                                            field("recorded_again", &Resumption::recorded_again),
                                            field("first_number", &Resumption::first_number),
                                            field("papers", &Resumption::papers),
                                            field("incidents", &Resumption::incidents),
                                            field("set_aside", &Resumption::set_aside)};
};

// The nodes whose releases have not come again yet, of incidents that the lost history had taken over: neighbours take
// over nothing before they have heard of its release, so it must lie before that in the new store. Other things that it
// had answered may come later.
std::vector<std::string> awaited(journal::sql_connection& source, const std::string& node,
                                 const std::vector<journal::Part>& given_back);

// Writes the facts of `source`, a store of `node`, and those that neighbours have given back (proved to be the node's)
// into `target`, an empty journal, with the blocks of what is proved, in one transaction. Positions and own numbers
// begin behind all that anybody can have heard of. The first fact under a new number says so (node.resumed). Throws
// sql::Error, also where what neighbours gave back does not fit together.
Resumption resume(journal::sql_connection& source, journal::sql_connection& target, const std::string& node,
                  std::vector<journal::Part> given_back, Instant now);

// For a neighbour that took facts of the second history before anybody knew of the first: writes what `source`, a store
// of `self`, holds into `target` but for the facts of `other` behind `after`, which is where the two began to differ.
// They come again from there under their new numbers. Positions begin behind all that anybody can have heard of.
void leave_out(journal::sql_connection& source, journal::sql_connection& target, const std::string& self,
               const std::string& other, std::int64_t after);

}  // namespace anlan::command
