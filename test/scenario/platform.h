#pragma once
// The nodes on which a scenario is played, and the lines between them.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "command/node_fixture.h"
#include "view/outgoing.h"
#include "view/views.h"

namespace anlan::scenario {

// Which organisations have a node of their own; the others are guests on the node of the nearest one above that has.
using Topology = std::vector<std::string>;

class Platform {
 public:
  Platform(const Topology&, std::vector<clock::Rule> clock_rules);

  // Where the organisation works.
  command::TestNode& at(const std::string& organisation);
  // The node of the city, which knows everybody.
  command::TestNode& top() { return *nodes_.front()->node; }
  std::vector<command::TestNode*> all();

  Instant now() const { return nodes_.front()->node->clock.at; }
  void set(Instant);

  // The line between the organisation's node and the one above carries nothing from now on, or carries again. Nothing
  // where it is no node of its own: then there is no line.
  void cut(const std::string& organisation);
  void heal(const std::string& organisation);
  // The organisation's node speaks with that of a higher one directly, round those between, or no longer.
  void detour(const std::string& organisation, const std::string& higher);
  // Lets the lines that are there carry all that is to be carried.
  void settle();

 private:
  struct One {
    std::string parent;  // empty at the top
    std::vector<std::unique_ptr<journal::Projection>> views;
    std::unique_ptr<command::TestNode> node;
  };
  void add(const std::string& organisation, const std::string& parent, std::vector<clock::Rule>,
           const std::vector<std::string>& here);
  One& named(const std::string& node);
  // Both ways; whether anything was carried.
  bool exchange(One& below, One& above);
  bool carry(One& from, One& to);

  std::vector<std::unique_ptr<One>> nodes_;  // parents first
  std::set<std::string> cut_;
  std::map<std::string, std::string> detours_;
};

// What is to be sent of which stream; as shipped.
const std::vector<view::ScopeRule>& shipped_scope();

}  // namespace anlan::scenario
