#pragma once
// Statutory clocks: by when a report must have been made, whether it was, and the proof. Rules are data with a document
// number and validity (data/rules/README.md); a clock keeps the rule it was started under.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "domain/grade/types.h"
#include "domain/organisation/types.h"
#include "domain/report/types.h"

namespace anlan::clock {

// Phone and written report within their minutes of the event, follow-ups at most so far apart, figures verified on
// request, the final report.
// What is owed (电话报告, 书面报告, 续报, 核报, 终报).
enum class Leg { kPhone, kWritten, kFollowUp, kVerify, kFinal };
constexpr auto names_of(Leg) {
  using enum Leg;
  using P = std::pair<Leg, std::string_view>;
  return std::array{P{kPhone, "phone"}, P{kWritten, "written"}, P{kFollowUp, "follow_up"}, P{kVerify, "verify"},
                    P{kFinal, "final"}};
}

// What a clock counts from. The last three are never a rule's: such a clock counts from the moment since which its rule
// applied, from which work went on after its end, or at which the incident was taken over.
enum class Basis { kEvent, kLearnt, kPreviousReport, kRequest, kGraded, kResumed, kTakenOver };
constexpr auto names_of(Basis) {
  using enum Basis;
  using P = std::pair<Basis, std::string_view>;
  return std::array{P{kEvent, "event"},         P{kLearnt, "learnt"}, P{kPreviousReport, "previous_report"},
                    P{kRequest, "request"},     P{kGraded, "graded"}, P{kResumed, "resumed"},
                    P{kTakenOver, "taken_over"}};
}

// Met and released are ends; overdue is still owed.
enum class State { kRunning, kMet, kOverdue, kReleased };
constexpr auto names_of(State) {
  using enum State;
  using P = std::pair<State, std::string_view>;
  return std::array{P{kRunning, "running"}, P{kMet, "met"}, P{kOverdue, "overdue"}, P{kReleased, "released"}};
}

// Which act meets a clock. A later kind does not meet an earlier one, except that a final report ends them all.
enum class SatisfiedBy { kPhoneReport, kWrittenReport, kFollowUp, kVerifiedReport, kFinalReport };
constexpr auto names_of(SatisfiedBy) {
  using enum SatisfiedBy;
  using P = std::pair<SatisfiedBy, std::string_view>;
  return std::array{P{kPhoneReport, "phone_report"}, P{kWrittenReport, "written_report"}, P{kFollowUp, "follow_up"},
                    P{kVerifiedReport, "verified_report"}, P{kFinalReport, "final_report"}};
}

// One row of the rules. Valid from the first moment of valid_from until before valid_until.
struct Rule {
  // `id` stays the same for ever, since facts refer to it; `clause` is what the desk is shown as the reason.
  std::string id, document, clause, event;  // event: prefix of the event code, "" for all
  std::optional<Instant> valid_from, valid_until;
  // The mildest grade that the rule is for.
  grade::Grade grade_at_least = grade::Grade::kUngraded;
  // Level of the organisation that owes; the receiver is its superior.
  organisation::Level from_level = organisation::Level::kCity;
  Leg leg = Leg::kPhone;
  Basis starts_at = Basis::kEvent;
  // From the basis to the moment at which it is due; the moment itself is in time.
  std::int64_t minutes = 0;
  SatisfiedBy satisfied_by = SatisfiedBy::kPhoneReport;
};

// A clock reminds when these parts of its time, in per cent, are gone.
inline constexpr std::array kReminders{50, 80, 90};

constexpr Instant moment_of(Instant starts_at, Instant due_at, int percent) {
  return starts_at + (due_at - starts_at) * percent / 100;
}
// When a running clock that has said the reminder `reminded` (0: none) speaks next; at last it falls due.
constexpr Instant next_moment(Instant starts_at, Instant due_at, std::int64_t reminded) {
  for (const int percent : kReminders)
    if (reminded < percent) return moment_of(starts_at, due_at, percent);
  return due_at;
}

// The rule as the clock froze it.
struct FrozenRule {
  // Copies, because a site may edit or drop the rule while the clock runs.
  std::string id, document, clause;
  std::int64_t minutes = 0;
  static constexpr auto fields =
      std::tuple{field("id", &FrozenRule::id), field("document", &FrozenRule::document, 400),
                 field("clause", &FrozenRule::clause, 400), field("minutes", &FrozenRule::minutes)};
};

// The fact that met a clock: the proof.
struct Proof {
  std::string stream;
  // In the stream; together they name one fact for ever.
  std::int64_t version = 0;
  static constexpr auto fields = std::tuple{field("stream", &Proof::stream), field("version", &Proof::version)};
};

}  // namespace anlan::clock
