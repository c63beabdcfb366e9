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
enum class Leg { kPhone, kWritten, kFollowUp, kVerify, kFinal };
constexpr auto names_of(Leg) {
  using enum Leg;
  using P = std::pair<Leg, std::string_view>;
  return std::array{P{kPhone, "phone"}, P{kWritten, "written"}, P{kFollowUp, "follow_up"}, P{kVerify, "verify"},
                    P{kFinal, "final"}};
}

// What a clock counts from.
enum class Basis { kEvent, kLearnt, kPreviousReport, kRequest };
constexpr auto names_of(Basis) {
  using enum Basis;
  using P = std::pair<Basis, std::string_view>;
  return std::array{P{kEvent, "event"}, P{kLearnt, "learnt"}, P{kPreviousReport, "previous_report"},
                    P{kRequest, "request"}};
}

enum class State { kRunning, kMet, kOverdue, kReleased };
constexpr auto names_of(State) {
  using enum State;
  using P = std::pair<State, std::string_view>;
  return std::array{P{kRunning, "running"}, P{kMet, "met"}, P{kOverdue, "overdue"}, P{kReleased, "released"}};
}

enum class SatisfiedBy { kPhoneReport, kWrittenReport, kFollowUp, kVerifiedReport, kFinalReport };
constexpr auto names_of(SatisfiedBy) {
  using enum SatisfiedBy;
  using P = std::pair<SatisfiedBy, std::string_view>;
  return std::array{P{kPhoneReport, "phone_report"}, P{kWrittenReport, "written_report"}, P{kFollowUp, "follow_up"},
                    P{kVerifiedReport, "verified_report"}, P{kFinalReport, "final_report"}};
}

// One row of the rules. Valid from the first moment of valid_from until before valid_until.
struct Rule {
  std::string id, document, clause, event;  // event: prefix of the event code, "" for all
  std::optional<Instant> valid_from, valid_until;
  grade::Grade grade_at_least = grade::Grade::kUngraded;
  organisation::Level from_level = organisation::Level::kCity;
  Leg leg = Leg::kPhone;
  Basis starts_at = Basis::kEvent;
  std::int64_t minutes = 0;
  SatisfiedBy satisfied_by = SatisfiedBy::kPhoneReport;
};

// The rule as the clock froze it.
struct FrozenRule {
  std::string id, document, clause;
  std::int64_t minutes = 0;
  static constexpr auto fields =
      std::tuple{field("id", &FrozenRule::id), field("document", &FrozenRule::document, 400),
                 field("clause", &FrozenRule::clause, 400), field("minutes", &FrozenRule::minutes)};
};

// The fact that met a clock: the proof.
struct Proof {
  std::string stream;
  std::int64_t version = 0;
  static constexpr auto fields = std::tuple{field("stream", &Proof::stream), field("version", &Proof::version)};
};

}  // namespace anlan::clock
