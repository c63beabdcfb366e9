#pragma once
// The nodes of a city's platform (节点): each keeps the journal of its own organisations, and knows its parent's.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace anlan::node {

struct Node {
  std::string id, name;
  // Whom it dials; absent at the top.
  std::optional<std::string> parent;
  // SM2, PEM: with it what the node has recorded is told from what others say in its name.
  std::string public_key;
  // Its key was revoked: what it has signed beyond this sequence of its facts counts for nothing.
  std::optional<std::int64_t> last_sequence;
};

// All that are known here, as a tree.
struct Nodes {
  std::map<std::string, Node> all;

  // Null where it is unknown. Valid until they change.
  const Node* find(const std::string& id) const;
  // Whether the way over the tree from `self` to `to` leads over `neighbour`, or ends there. A neighbour may also be
  // one further up or down than the next, where nodes speak over a line that goes round those between.
  bool lies_behind(const std::string& self, const std::string& neighbour, const std::string& to) const;
  // Whether `upper` stands above `node`, over whichever levels.
  bool stands_above(const std::string& upper, const std::string& node) const;
};

}  // namespace anlan::node
