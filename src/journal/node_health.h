#pragma once
// What this node last heard of the others: when they were in contact, and how they said they were. No history, and no
// fact of anybody: kept so that a restart and the other processes on the store know it too.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "journal/inbox.h"

namespace anlan::journal {

struct NodeHealth {
  std::string node;
  std::string told_by;                // the neighbour who said it; the node itself where it is one
  std::string address;                // from where it was in contact; of neighbours
  std::optional<Instant> contact_at;  // with `told_by` or, of others, with the node above it
  Place read;                         // how far a neighbour has read what is here for it
  std::string document;               // what was said, as JSON
};

// Inside a writing transaction, over what is known of the node: an address, a place and a document that are empty leave
// those before.
void keep_node_health(sql::Connection&, const NodeHealth&);
// In order of the nodes' ids.
std::vector<NodeHealth> node_healths(sql::Connection&);

}  // namespace anlan::journal
