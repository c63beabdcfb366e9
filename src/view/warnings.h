#pragma once
// Warnings by state and time. What each says is read from its stream.

#include <optional>
#include <string>
#include <vector>

#include "domain/warning/types.h"
#include "journal/journal.h"

namespace anlan::view {

// A row for each warning with the times by which it is found, and for each message the warning that it is of.
class Warnings final : public journal::Projection {
 public:
  std::string_view name() const override { return "warnings"; }
  int revision() const override { return 2; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// Ids of those that the organisation may know of, its own drafts among them, the newest first; without a state: all.
std::vector<std::string> warnings_for(sql::Connection&, const std::string& organisation, const std::string& world,
                                      std::optional<warning::State>, std::int64_t limit);

// Ids of those that are in force at `now` in that world, whoever issued them, the last issued first. One whose time is
// over is not, even where its issuer's word of that has not come.
std::vector<std::string> warnings_in_force(sql::Connection&, const std::string& world, Instant now, std::int64_t limit);

// Ids of those that were in force and have ended since that moment, the last first.
std::vector<std::string> warnings_ended(sql::Connection&, const std::string& world, Instant since, std::int64_t limit);

// Those of every world that this node has to tell people of: in force at `now`, or over since that moment.
struct WarningToTell {
  std::string id, world;
};
std::vector<WarningToTell> warnings_to_tell(sql::Connection&, Instant since, Instant now);

// Id of the warning that the message to the world outside is of; empty where there is none.
std::string warning_of_message(sql::Connection&, const std::string& identifier);

// Those of this node whose time is over, which is not noted yet.
struct OverdueWarning {
  std::string id, world;
};
std::vector<OverdueWarning> overdue_warnings(sql::Connection&, Instant now);
// When the time of the next one of this node is over; nothing where it has none in force.
std::optional<Instant> next_expiry(sql::Connection&);

}  // namespace anlan::view
