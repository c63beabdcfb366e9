#pragma once
// Stream "clocks/INCIDENT/ORGANISATION": every clock that one organisation has on one incident.

#include <variant>

#include "domain/clock/types.h"

namespace anlan::clock {

// Everything that judges it later stands in this fact: nothing need be looked up in rules that have changed since.
struct Started {
  static constexpr std::string_view kType = "clock.started";
  // `organisation` owes.
  std::string clock, incident, organisation;
  std::optional<std::string> to;  // the organisation that the report is owed to
  // One clock a leg at a time; follow-ups start one after the other.
  Leg leg = Leg::kPhone;
  // Document, clause and minutes as they were valid when it started.
  FrozenRule rule;
  Basis basis = Basis::kEvent;
  bool assumed = false;  // the event's own time is unknown: counted from learning of it
  // The act that meets it.
  SatisfiedBy satisfied_by = SatisfiedBy::kPhoneReport;
  // `starts_at` may lie before the fact was recorded: the event was before the call.
  Instant starts_at, due_at;
  static constexpr auto fields = std::tuple{field("clock", &Started::clock),
                                            field("incident", &Started::incident),
                                            field("organisation", &Started::organisation),
                                            field("to", &Started::to),
                                            field("leg", &Started::leg),
                                            field("rule", &Started::rule),
                                            field("basis", &Started::basis),
                                            field("assumed", &Started::assumed),
                                            field("satisfied_by", &Started::satisfied_by),
                                            field("starts_at", &Started::starts_at),
                                            field("due_at", &Started::due_at)};
};

// 50, 80 or 90 per cent of the time are gone.
// Says each step once; a report in between ends the series.
struct Reminded {
  static constexpr std::string_view kType = "clock.reminded";
  std::string clock;
  std::int64_t percent = 0;
  static constexpr auto fields = std::tuple{field("clock", &Reminded::clock), field("percent", &Reminded::percent)};
};

// Escalated to the leader on duty, where one is named.
// Recorded when the node noticed, which is later than due_at where the node was down.
struct Overdue {
  static constexpr std::string_view kType = "clock.overdue";
  std::string clock;
  std::optional<std::string> leader;
  static constexpr auto fields = std::tuple{field("clock", &Overdue::clock), field("leader", &Overdue::leader)};
};

// `at`: when the obligation was fulfilled. late_s 0: in time.
struct Met {
  static constexpr std::string_view kType = "clock.met";
  std::string clock, by;  // account
  Instant at;
  std::int64_t late_s = 0;
  Proof proof;
  static constexpr auto fields = std::tuple{field("clock", &Met::clock), field("by", &Met::by), field("at", &Met::at),
                                            field("late_s", &Met::late_s), field("proof", &Met::proof)};
};

// Nothing is owed any more by this clock: the incident ended, the final report went out, or another clock of the leg
// has taken its place.
struct Released {
  static constexpr std::string_view kType = "clock.released";
  std::string clock, why;  // why: final_report | closed | merged | corrected | graded | handed_over
  static constexpr auto fields = std::tuple{field("clock", &Released::clock), field("why", &Released::why)};
};

// Why it was late, in the words of the desk; several explanations follow one another, the last one shows.
struct Explained {
  static constexpr std::string_view kType = "clock.explained";
  std::string clock, reason;
  static constexpr auto fields =
      std::tuple{field("clock", &Explained::clock), field("reason", &Explained::reason, 500)};
};

using Fact = std::variant<Started, Reminded, Overdue, Met, Released, Explained>;

}  // namespace anlan::clock
