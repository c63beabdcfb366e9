#include "domain/node/node.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::node {

const Node* Nodes::find(const std::string& id) const {
  const auto found = all.find(id);
  return found == all.end() ? nullptr : &found->second;
}

// Up from the other node: where the way comes to `self`, it came through the child before.
std::optional<std::string> Nodes::next_hop(const std::string& self, const std::string& to) const {
  if (self == to || !find(to)) return std::nullopt;
  for (const Node* at = find(to); at && at->parent; at = find(*at->parent))
    if (*at->parent == self) return at->id;
  const Node* own = find(self);
  return own ? own->parent : std::nullopt;
}

void apply(Nodes& nodes, const std::string& id, const Fact& fact) {
  if (const auto* f = std::get_if<Registered>(&fact)) nodes.all[id] = {id, f->name, f->parent, f->public_key, {}};
  if (const auto* f = std::get_if<Revoked>(&fact)) nodes.all[id].last_sequence = f->last_sequence;
}

Facts decide(const Nodes& nodes, const Register& c, const std::string& id) {
  if (nodes.find(id)) return refuse(RefusalKind::kConflict, "node.exists");
  if (!is_id(id)) return refuse(RefusalKind::kRule, "node.bad_id", "id");
  if (blank(c.name)) return refuse(RefusalKind::kRule, "text.empty", "name");
  if (c.parent && !nodes.find(*c.parent)) return refuse(RefusalKind::kRule, "node.unknown", "parent");
  if (!c.parent && std::ranges::any_of(nodes.all, [](const auto& one) { return !one.second.parent; }))
    return refuse(RefusalKind::kRule, "node.second_top", "parent");
  return std::vector<Fact>{Registered{id, c.name, c.parent, c.public_key}};
}

Facts decide(const Nodes& nodes, const Revoke& c, const std::string& id) {
  const Node* n = nodes.find(id);
  if (!n) return refuse(RefusalKind::kNotFound, "node.unknown", "id");
  if (blank(c.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  if (n->last_sequence && *n->last_sequence <= c.last_sequence) return refuse(RefusalKind::kRule, "node.revoked");
  return std::vector<Fact>{Revoked{c.last_sequence, c.reason}};
}

}  // namespace anlan::node
