#pragma once
// What a node has for a neighbour: the facts of its journal that somebody behind the neighbour may or must know.

#include <string>
#include <vector>

#include "journal/inbox.h"
#include "state/directory.h"

namespace anlan::view {

// To which neighbours facts of a stream go.
enum class Reach {
  kNobody,     // they stay
  kConcerned,  // where an organisation works that may see them (view/audience.h)
  kUp,         // to the parent, and where an organisation works that may see them
  kDown,       // to the children
  kEveryone,
};
constexpr auto names_of(Reach) {
  using enum Reach;
  using P = std::pair<Reach, std::string_view>;
  return std::array{P{kNobody, "nobody"}, P{kConcerned, "concerned"}, P{kUp, "up"}, P{kDown, "down"},
                    P{kEveryone, "everyone"}};
}

// Of the streams that begin with `prefix`, which ends in '/'; those that no rule names stay.
struct ScopeRule {
  std::string prefix;
  Reach reach = Reach::kNobody;
  std::vector<std::string> first = {};  // types that go ahead of a long backlog, with all of their incidents' stories
};

// For one neighbour. Facts of all nodes, each at most once but for what a report brings ahead of it.
struct Outgoing {
  std::vector<journal::Fact> facts;  // in the order in which they are to be taken in
  journal::Place upto;               // all that lies behind `after` up to here is among them
  bool more = false;
};

// A piece of what lies behind `after` for `neighbour`, as far as the views have seen. About `limit` facts; looks at
// some thousand of the journal at most, so that it may be empty and go on nevertheless (`more`). Facts that came from
// the neighbour do not go back to it, but for what nodes below it have brought by file past it: over their own line it
// would have come to it too. `self`: this node.
Outgoing outgoing(sql::Connection&, const state::Directory&, const std::vector<ScopeRule>&, const std::string& self,
                  const std::string& neighbour, journal::Place after, std::size_t limit);

// What is to be heard before the rest: of the incidents of which something that goes `first` was recorded behind
// `told`, all that lies behind `after` for the neighbour, and the register that it stands on. The latest news first,
// and as many whole incidents as `limit` facts hold; of older ones nothing. `upto` is `after`: the rest comes in its
// turn, these among it once more, and who has them knows them.
Outgoing going_first(sql::Connection&, const state::Directory&, const std::vector<ScopeRule>&, const std::string& self,
                     const std::string& neighbour, journal::Place after, journal::Position told, std::size_t limit);

}  // namespace anlan::view
