#pragma once
// What facts there are, for the audit: a thousand facts are a block, and of each whole block it is noted who acted in
// it, what kinds of facts it has and of which time they are. A search reads only blocks that may have what it wants,
// and the newest facts, which are no whole block yet. So the trail costs the writer next to nothing.
//
//   trail_span (block)        earliest and latest recording in it
//   trail      (block, mark)  "a" and an actor, "t" and a type

#include <optional>
#include <string>
#include <vector>

#include "journal/journal.h"

namespace anlan::view {

class Trail final : public journal::Projection {
 public:
  std::string_view name() const override { return "trail"; }
  int revision() const override { return 1; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Facts in a block.
constexpr journal::Position kTrailBlock = 1000;

// What is looked for in the journal; empty members do not restrict. `type`: a whole one or its first word.
struct TrailSearch {
  std::string actor, type;
  std::optional<Instant> from, to;  // of the recording; `to` itself is outside
  std::optional<journal::Position> before;
};
// `before`: where to go on; absent where nothing older can fit. There may be more though `facts` are fewer than asked
// for, or none: a search looks at some blocks only, so that it never takes long.
struct TrailPage {
  std::vector<journal::Fact> facts;  // the last first
  std::optional<journal::Position> before;
};
TrailPage look_back(sql::Connection&, const TrailSearch&, std::int64_t limit);

}  // namespace anlan::view
