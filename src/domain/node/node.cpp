#include "domain/node/node.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::node {

namespace {

// The node and those above it, in order; empty where it is unknown.
std::vector<std::string> line_up(const Nodes& nodes, const std::string& node) {
  std::vector<std::string> line;
  for (const Node* at = nodes.find(node); at; at = at->parent ? nodes.find(*at->parent) : nullptr)
    line.push_back(at->id);
  return line;
}

// The first of the node and those above it that has as many nodes below it as it may have; the top may have any.
std::optional<std::string> full_above(const Nodes& nodes, const std::string& node, std::size_t most) {
  for (const std::string& upper : line_up(nodes, node)) {
    if (!nodes.find(upper)->parent) continue;
    const auto below =
        std::ranges::count_if(nodes.all, [&](const auto& one) { return nodes.stands_above(upper, one.first); });
    if (static_cast<std::size_t>(below) >= most) return upper;
  }
  return std::nullopt;
}

}  // namespace

const Node* Nodes::find(const std::string& id) const {
  const auto found = all.find(id);
  return found == all.end() ? nullptr : &found->second;
}

bool Nodes::stands_above(const std::string& upper, const std::string& node) const {
  const auto line = line_up(*this, node);
  return node != upper && std::ranges::find(line, upper) != line.end();
}

// Up to where both lines meet, and down to the other.
bool Nodes::lies_behind(const std::string& self, const std::string& neighbour, const std::string& to) const {
  if (self == to) return false;
  const auto up = line_up(*this, self), down = line_up(*this, to);
  const auto meeting = std::ranges::find_first_of(up, down);
  if (meeting == up.end()) return false;
  std::vector<std::string> way(up.begin(), meeting + 1);
  way.insert(way.end(), down.begin(), std::ranges::find(down, *meeting));
  return neighbour != self && std::ranges::find(way, neighbour) != way.end();
}

void apply(Nodes& nodes, const std::string& id, const Fact& fact) {
  if (const auto* f = std::get_if<Registered>(&fact)) nodes.all[id] = {id, f->name, f->parent, f->public_key, {}};
  if (const auto* f = std::get_if<Revoked>(&fact)) nodes.all[id].last_sequence = f->last_sequence;
}

bool fits(const Nodes& nodes, const std::string& id, const Fact& fact, const std::string& by, bool first) {
  const auto* f = std::get_if<Registered>(&fact);
  if (!first || !f) return !first && !f;
  if (f->id != id || nodes.find(id)) return false;
  if (!f->parent) return by == id;
  return by != id && *f->parent != id && (*f->parent == by || nodes.stands_above(by, *f->parent)) &&
         !full_above(nodes, *f->parent, kMostBelowFromAfar);
}

Facts decide(const Nodes& nodes, const Register& c, const std::string& id) {
  if (nodes.find(id)) return refuse(RefusalKind::kConflict, "node.exists");
  if (!is_id(id)) return refuse(RefusalKind::kRule, "node.bad_id", "id");
  if (blank(c.name)) return refuse(RefusalKind::kRule, "text.empty", "name");
  if (c.parent && !nodes.find(*c.parent)) return refuse(RefusalKind::kRule, "node.unknown", "parent");
  if (!c.parent && std::ranges::any_of(nodes.all, [](const auto& one) { return !one.second.parent; }))
    return refuse(RefusalKind::kRule, "node.second_top", "parent");
  if (const auto full = c.parent ? full_above(nodes, *c.parent, kMostBelow) : std::nullopt)
    return refuse(RefusalKind::kRule, "node.too_many_below", "parent", {{"node", *full}});
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
