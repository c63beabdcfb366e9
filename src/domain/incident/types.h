#pragma once
// An incident as it is known: what, where, when, how bad. Terms: docs/glossary.md.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/time.h"
#include "domain/grade/types.h"

namespace anlan::incident {

// 处置中, 已办结, 已合并.
enum class State { kOpen, kClosed, kMerged };
constexpr auto names_of(State) {
  using P = std::pair<State, std::string_view>;
  return std::array{P{State::kOpen, "open"}, P{State::kClosed, "closed"}, P{State::kMerged, "merged"}};
}

// How the desk learnt of it (信息来源).
enum class SourceKind { kPhone, kVisit, kReport, kMedia, kCandidate };
constexpr auto names_of(SourceKind) {
  using enum SourceKind;
  using P = std::pair<SourceKind, std::string_view>;
  return std::array{P{kPhone, "phone"}, P{kVisit, "visit"}, P{kReport, "report"}, P{kMedia, "media"},
                    P{kCandidate, "candidate"}};
}

// What an organisation says to an incident that it is offered (接受, 不接受).
enum class Answer { kAccepted, kRejected };
constexpr auto names_of(Answer) {
  using P = std::pair<Answer, std::string_view>;
  return std::array{P{Answer::kAccepted, "accepted"}, P{Answer::kRejected, "rejected"}};
}

struct Place {
  // Needed: an incident without a place cannot be reported (突发事件信息报告要素: 时间、地点).
  std::string division;  // code of a county, town or village
  std::optional<std::string> address;
  // CGCS2000; a division's own point where the desk set none.
  std::optional<LngLat> point;
  bool operator==(const Place&) const = default;
  static constexpr auto fields = std::tuple{field("division", &Place::division, 12),
                                            field("address", &Place::address, 100), field("point", &Place::point)};
};

// A sealed entry: personal data lies outside the fact under a key of its own. `sm3` in hex covers the ciphertext.
struct SealedReference {
  std::string sealed, sm3;
  static constexpr auto fields =
      std::tuple{field("sealed", &SealedReference::sealed), field("sm3", &SealedReference::sm3)};
};

// One statement of figures; statements of several sources stand side by side, the adopted one is the headline.
// Statements of several sources stand side by side (口径不一), each with its moment.
struct FigureStatement {
  grade::Figures figures;
  // Empty only for what was stated with the call itself.
  std::string source;
  // As of when the source says so; recorded_at of the fact is when the desk noted it.
  Instant at;
  bool adopted = false;
  static constexpr auto fields =
      std::tuple{field("figures", &FigureStatement::figures), field("source", &FigureStatement::source, 60),
                 field("at", &FigureStatement::at), field("adopted", &FigureStatement::adopted)};
};

// What the tables propose, and why.
// Kept with the fact, because tables change and the reason of then must stay readable.
struct GradeProposal {
  grade::Grade grade = grade::Grade::kOrdinary;
  std::string indicator, rule, document;
  static constexpr auto fields =
      std::tuple{field("grade", &GradeProposal::grade), field("indicator", &GradeProposal::indicator),
                 field("rule", &GradeProposal::rule), field("document", &GradeProposal::document)};
};

// A telephone report upward or sideways: itself the proof that the leg was met.
struct PhoneReport {
  std::string to;  // organisation
  // Name of who took the call, as the caller noted it.
  std::string answered_by;
  std::optional<std::string> said;
  Instant at;
  static constexpr auto fields =
      std::tuple{field("to", &PhoneReport::to, 40), field("answered_by", &PhoneReport::answered_by, 40),
                 field("said", &PhoneReport::said, 500), field("at", &PhoneReport::at)};
};

}  // namespace anlan::incident
