#pragma once
// Statutory clocks as they stand, and the moments at which they next speak.

#include <optional>
#include <string>
#include <vector>

#include "domain/clock/types.h"
#include "journal/journal.h"

namespace anlan::view {

// Keeps one row for each clock, and the moment at which it next speaks, so that a tick need not load all of them.
class Clocks final : public journal::Projection {
 public:
  std::string_view name() const override { return "clocks"; }
  int revision() const override { return 5; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// A clock as pages show it; times as in clock::Started, clock::Met.
struct ClockRow {
  std::string id, incident, organisation, world;
  // The organisation that the report is owed to; absent at the top.
  std::optional<std::string> receiver;
  clock::Leg leg = clock::Leg::kPhone;
  clock::FrozenRule rule;
  clock::Basis basis = clock::Basis::kEvent;
  bool assumed = false;
  Instant starts_at, due_at;
  clock::State state = clock::State::kRunning;
  // 0, 50, 80, 90 as reminders were said; 100 once it lapsed.
  std::int64_t reminded = 0;
  // `noted_at`: when the node was told, which may be later.
  std::optional<Instant> met_at, noted_at;
  std::optional<std::string> met_by, reason;
  std::optional<std::string> released;  // why, as in clock::Released
  // Position of the fact that met it: the link from a score to its evidence. Seconds; 0 in time.
  std::optional<std::int64_t> met_position, late_s;
};

enum class Whose { kOwed, kOwedTo };  // by the organisation, or to it by others

struct PendingFilter {
  std::string organisation, world;
  Whose whose = Whose::kOwed;
  std::optional<clock::State> state;  // running or overdue; absent: both
  std::string owed_by;                // of what is owed to the organisation; empty: by all
};
// Running and overdue ones, the next due first, at most `limit`.
std::vector<ClockRow> pending_clocks(sql::Connection&, const PendingFilter&, std::int64_t limit);
// Of each incident the one that the organisation has to meet next, where there is one.
std::vector<ClockRow> next_clocks(sql::Connection&, const std::string& organisation,
                                  const std::vector<std::string>& incidents);
// All of an incident that the organisation owes or is owed, in the order of their start.
std::vector<ClockRow> clocks_of(sql::Connection&, const std::string& incident, const std::string& organisation);
// What has become of those on the latest `incidents` of the organisation's list that pend no longer.
std::vector<ClockRow> settled_clocks(sql::Connection&, const std::string& organisation, const std::string& world,
                                     std::int64_t incidents);
// By the clock's own id, of the organisation that owes.
std::optional<ClockRow> clock_row(sql::Connection&, const std::string& id, const std::string& organisation);

// Streams ("INCIDENT/ORGANISATION" with their world) of clocks that speak at `now` or before.
struct Speaking {
  std::string id, world;
};
// Each stream once, however many of its clocks speak; of all worlds.
std::vector<Speaking> speaking_clocks(sql::Connection&, Instant now);
// When the next one speaks.
// Nothing where none pends.
std::optional<Instant> next_clock(sql::Connection&);

}  // namespace anlan::view
