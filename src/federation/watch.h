#pragma once
// What a node knows of how the nodes around it are: of its neighbours by their contact, of others by what these tell.

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "federation/backlog.h"
#include "federation/condition.h"
#include "federation/health.h"
#include "journal/node_health.h"

namespace anlan::federation {

// From here to a node.
enum class Relation { kSelf, kParent, kChild, kBelow, kOther };
constexpr auto names_of(Relation) {
  using enum Relation;
  using P = std::pair<Relation, std::string_view>;
  return std::array{P{kSelf, "self"}, P{kParent, "parent"}, P{kChild, "child"}, P{kBelow, "below"}, P{kOther, "other"}};
}

// One node of the register as this node knows it, by this node's clock.
struct Standing {
  Relation relation = Relation::kOther;
  Told told;
  std::string told_by, address;  // empty where nobody told of it
  std::vector<Condition> conditions;
  std::optional<Instant> since;  // of the first of them

  // How far its clock is ahead of that of the node above it; the parent's, ahead of this node's.
  std::optional<Milliseconds> clock_ahead() const;
};

// What is looked at for one answer.
struct Look {
  sql::Connection& sql;
  const state::Directory& directory;
  // Null where what waits is not to be counted.
  const std::vector<view::ScopeRule>* rules;
  Instant now;
};

// What a node says of itself but for what its journal tells.
using OwnStatement = std::function<Statement()>;

// Thread safe.
class Watch {
 public:
  Watch(std::string self, OwnStatement own, const Limits& limits)
      : self_(std::move(self)), own_(std::move(own)), release_(own_().release), limits_(limits) {}

  const Limits& limits() const { return limits_; }

  // A neighbour was in contact; how far it has read, where that is known.
  void heard(const std::string& neighbour, const std::string& address, std::optional<journal::Place> read, Instant now);
  // What it said of itself, and of those nodes that lie behind it. False where it speaks as another one.
  bool told(const std::string& neighbour, Health, const state::Directory&, Instant now);

  // What is to be written into the store: of mere contact not every time. Nothing while what was taken before is being
  // written, which kept() ends.
  std::vector<journal::NodeHealth> take_unkept(Instant now);
  void kept();

  // Of all registered nodes, this one first where it is not registered, in the order of their ids.
  std::vector<Standing> standings(const Look&);
  // Of this node alone, as it is told to those below it.
  Health own_health(const Look&);

 private:
  struct Known {
    journal::NodeHealth health;
    bool unkept = false, urgent = false;
    Instant kept_at;
  };

  // What the store and this process know together.
  struct All {
    std::map<std::string, journal::NodeHealth> nodes;
    std::map<std::string, Instant> refused;  // neighbours, and when something of theirs was last refused

    const journal::NodeHealth& of(const std::string& node) const;
  };

  void add_below(const std::string& neighbour, std::vector<Told> below, const state::Directory&);
  All all_known(sql::Connection&) const;
  Standing standing_of(const Look&, const node::Node&, const All&);
  Told own_standing(const Look&, const All&);
  // A batch that is refused comes again at once: what stands was refused until contact ended.
  bool stands_refused(const std::string& neighbour, const All&) const;
  void judge(const Look&, const node::Node&, const All&, Standing&) const;
  // Of contact with a node, the moment up to which is known what there was of it.
  Instant asked_at(const std::string& node, const All&, Instant now) const;
  bool reaches(const state::Directory&, const node::Node&, const All&, Instant now) const;

  const std::string self_;
  const OwnStatement own_;
  const std::string release_;
  const Limits limits_;
  Backlogs backlogs_;
  mutable std::mutex mutex_;
  std::map<std::string, Known> known_;
  bool keeping_ = false;
};

// What a node sends to the one above it.
Health health_of(const std::vector<Standing>&, Instant now);
// What in it is worth telling at once: the conditions.
std::string words_of(const std::vector<Standing>&);

}  // namespace anlan::federation
