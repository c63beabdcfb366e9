#pragma once
// Who is called on which warning, what is due, and which messages are to go out. What each callout says is read from
// its stream.

#include <string>
#include <vector>

#include "journal/journal.h"

namespace anlan::view {

// Callouts with the moments at which they speak, the calls of this node, and the organisations that have still to be
// looked at for a warning in force.
class Callouts final : public journal::Projection {
 public:
  std::string_view name() const override { return "callouts"; }
  int revision() const override { return 2; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Who was told of a warning in force, or issued it, without a callout for its present version. `calling`: one for an
// earlier version is open.
struct WantedCallout {
  std::string warning, organisation, world;
  bool calling = false;
};
std::vector<WantedCallout> wanted_callouts(sql::Connection&, Instant now);

// Those of this node that have something to say at `now`, or that would wait for a clock which was set back.
struct DueCallout {
  std::string id, world;
};
std::vector<DueCallout> due_callouts(sql::Connection&, Instant now);
// When the next one has.
std::optional<Instant> next_callout(sql::Connection&);

// Ids of the callouts on a warning that the organisation may see and that had somebody to call or something to decide.
std::vector<std::string> callouts_on(sql::Connection&, const std::string& warning, const std::string& organisation);
// The same of all warnings, those that are not closed, the last opened first.
std::vector<std::string> open_callouts(sql::Connection&, const std::string& organisation, const std::string& world,
                                       std::int64_t limit);

// A message that this node owes somebody whom it called. `sequence`: of the fact, by which its link is known.
struct OwedCall {
  std::int64_t sequence = 0;
  std::string callout, world;
  Instant called_at;
};
// Of calls behind the sequence and not before that moment, in their order.
std::vector<OwedCall> owed_calls(sql::Connection&, std::int64_t after, Instant since, std::int64_t limit);
// The callout of the call with that sequence; empty where there is none.
std::string callout_of_call(sql::Connection&, std::int64_t sequence);

}  // namespace anlan::view
