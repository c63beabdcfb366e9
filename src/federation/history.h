#pragma once
// What a neighbour holds of a node's history, given back to it after its store was lost (journal/history.h). On a line:
// batches of parts, without a place.

#include <string>
#include <vector>

#include "federation/exchange.h"

namespace anlan::federation {

// Some of what is held here of the node's own blocks behind `after`, of those that reach beyond it; empty where there
// is nothing more.
std::string history_of(sql::Connection&, const std::string& self, const std::string& node, std::int64_t after);

// What came from the neighbour, proved to be of this node; in order.
Result<std::vector<journal::Part>, Refused> history_in(std::string_view bytes, const std::string& neighbour,
                                                       const std::string& self, const std::string& own_public_key);

// On the writer's thread: keeps what came, proved above; no parts say that this was all. A block that is not here is
// what shows that the neighbour knows more than the store holds, since this node alone can have signed it: that is
// noted.
void keep_history(sql::Connection&, const std::string& neighbour, std::string_view bytes,
                  const std::vector<journal::Part>&, Instant now);

// Whether the neighbour says that it knows more of this node than its store holds: it has read beyond the last
// position, or has signed for a block that is not here. It proves nothing by that.
bool knows_more(sql::Connection&, const std::string& self, journal::Place read_to,
                const std::optional<journal::Witness>&);

// Where to go on gathering from the neighbour; nullopt where it has given back all that it holds.
std::optional<std::int64_t> missing_from(sql::Connection&, const std::string& self, const std::string& neighbour);

}  // namespace anlan::federation
