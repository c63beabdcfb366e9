#include "scenario/platform.h"

#include <algorithm>

#include "main/load.h"
#include "scenario/script.h"

namespace anlan::scenario {
namespace {

// As in node_fixture.h.
const std::vector<std::pair<std::string, std::string>> kSuperiors{
    {"city", ""}, {"shouguang", "city"}, {"anqiu", "city"}, {"yangkou", "shouguang"}};

std::string superior_of(const std::string& organisation) {
  return std::ranges::find(kSuperiors, organisation, &std::pair<std::string, std::string>::first)->second;
}

// The node on which the organisation works.
std::string node_of(const Topology& topology, std::string organisation) {
  while (organisation != "city" && std::ranges::find(topology, organisation) == topology.end())
    organisation = superior_of(organisation);
  return organisation;
}

void must(const command::Outcome& outcome) {
  if (!outcome.ok()) throw Wrong("the platform cannot be set up: " + outcome.error().code);
}

}  // namespace

const std::vector<view::ScopeRule>& shipped_scope() {
  static const auto rules = [] {
    Mistakes mistakes;
    auto loaded = load_scope(std::string(ANLAN_SOURCE_DIR) + "/data/rules/scope.toml", mistakes);
    if (!mistakes.empty()) throw Wrong("data/rules/scope.toml: " + mistakes.front().code);
    return loaded;
  }();
  return rules;
}

Platform::Platform(const Topology& topology, std::vector<clock::Rule> clock_rules) {
  std::map<std::string, std::vector<std::string>> here;
  for (const auto& [organisation, superior] : kSuperiors) here[node_of(topology, organisation)].push_back(organisation);
  add("city", "", clock_rules, here["city"]);
  for (const auto& [organisation, superior] : kSuperiors)
    if (organisation != "city" && here.contains(organisation))
      add(organisation, node_of(topology, superior), clock_rules, here[organisation]);
}

void Platform::add(const std::string& organisation, const std::string& parent, std::vector<clock::Rule> clock_rules,
                   const std::vector<std::string>& here) {
  auto one = std::make_unique<One>();
  one->parent = parent;
  one->views = view::all_views();
  command::Reference reference = command::demo_reference();
  reference.node = organisation;
  reference.clock_rules = std::move(clock_rules);
  one->node = std::make_unique<command::TestNode>(view::pointers(one->views), std::move(reference), here);
  nodes_.push_back(std::move(one));
  node::Register self;
  self.name = organisation;
  if (!parent.empty()) self.parent = parent;
  must(top().ask("system", self, organisation));
  if (parent.empty()) return;
  for (const std::string& guest : here) must(top().ask("system", organisation::PlaceOrganisation{organisation}, guest));
  settle();
  for (const std::string& guest : here) nodes_.back()->node->add_people(guest);
  settle();
}

Platform::One& Platform::named(const std::string& node) {
  return **std::ranges::find_if(nodes_, [&](const auto& one) { return one->node->reference().node == node; });
}

command::TestNode& Platform::at(const std::string& organisation) {
  return *named(top().directory().organisations.organisation(organisation)->node).node;
}

std::vector<command::TestNode*> Platform::all() {
  std::vector<command::TestNode*> nodes;
  for (const auto& one : nodes_) nodes.push_back(one->node.get());
  return nodes;
}

void Platform::set(Instant now) {
  for (const auto& one : nodes_) one->node->clock.at = now;
}

void Platform::cut(const std::string& organisation) { cut_.insert(organisation); }
void Platform::heal(const std::string& organisation) {
  cut_.erase(organisation);
  settle();
}

void Platform::detour(const std::string& organisation, const std::string& higher) {
  detours_[organisation] = higher;
  settle();
}

void Platform::settle() {
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto& one : nodes_) {
      if (one->parent.empty() || cut_.contains(one->node->reference().node)) continue;
      moved = exchange(*one, named(one->parent)) || moved;
    }
    for (const auto& [below, above] : detours_) moved = exchange(named(below), named(above)) || moved;
  }
}

bool Platform::exchange(One& below, One& above) {
  const bool up = carry(below, above), down = carry(above, below);
  return up || down;
}

// A few facts at a time, so that what is taken in lies between what is sent.
bool Platform::carry(One& from, One& to) {
  const std::string sender = from.node->reference().node, receiver = to.node->reference().node;
  bool moved = false;
  for (bool more = true; more;) {
    const auto after = journal::received(to.node->sql(), sender);
    auto piece = view::outgoing(from.node->sql(), from.node->directory(), shipped_scope(), sender, receiver, after, 7);
    more = piece.more;
    if (piece.upto == after) return moved;
    moved = moved || !piece.facts.empty();
    const auto taken = to.node->take_in({sender, after, piece.upto, std::move(piece.facts)});
    if (taken.receipt != command::Receipt::kTaken)
      throw Wrong(receiver + " takes nothing of " + sender + ": " + taken.what);
  }
  return moved;
}

}  // namespace anlan::scenario
