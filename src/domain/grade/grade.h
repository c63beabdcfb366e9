#pragma once
// The grade that tables of thresholds propose from the figures of an incident (data/rules/grade.toml).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/validity.h"
#include "domain/grade/types.h"

namespace anlan::grade {

// Figures that reach `at_least` make `grade`: 以上 includes the number itself (国务院令第493号 art. 45).
struct Bound {
  std::string indicator;  // is_indicator()
  Grade grade = Grade::kOrdinary;
  double at_least = 0;
};

// One table of one document.
struct Rule {
  std::string id, document, clause;
  Validity valid;
  std::vector<std::string> events;  // prefixes of event codes
  std::vector<Bound> bounds;        // in any order
};

// Kept with the incident, so that "why this grade" can be answered when tables have changed.
struct Proposal {
  Grade grade = Grade::kOrdinary;
  std::string indicator;  // what decided; empty where no figure reached any bound
  std::string rule, document;
};

// The name of a field of Figures, or dead_and_missing.
bool is_indicator(std::string_view);
// Nothing where the figures do not state it; dead_and_missing needs one of the two.
std::optional<double> value_of(const Figures&, std::string_view indicator);

// Of the tables valid on that day, those with the longest prefix of the event code decide; their worst indicator gives
// the grade (ibid. art. 3), kOrdinary where none reaches a bound. Nothing where no table is for this event: the law
// does not grade it.
std::optional<Proposal> propose(const std::vector<Rule>&, std::string_view event_code, const Figures&, Instant at);

}  // namespace anlan::grade
