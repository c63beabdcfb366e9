#pragma once
// The tables that decisions look things up in: data, loaded at start, unchanging while the node runs.

#include <vector>

#include "domain/account/types.h"
#include "domain/alert/rules.h"
#include "domain/clock/types.h"
#include "domain/division/division.h"
#include "domain/event_type/event_type.h"
#include "domain/grade/grade.h"
#include "domain/incident/types.h"
#include "domain/warning/rules.h"

namespace anlan::command {

// Read by any number of threads without locks. A change of a data file takes effect at the next start, and never on
// facts: they froze what they were decided on.
struct Reference {
  division::Divisions divisions;
  event_type::EventTypes event_types;
  // All of them, those that have ended too: the moment chooses.
  std::vector<grade::Rule> grade_rules;
  std::vector<clock::Rule> clock_rules;
  warning::Rules warning_rules;
  alert::Events alert_events;
  account::PasswordPolicy passwords;
  std::string node;      // id of this node in its facts
  std::string division;  // the city (county, town) that it serves

  // The grade that the tables give, with the indicator and the document that decide; nullopt where no table applies.
  std::optional<incident::GradeProposal> propose(std::string_view event_type, const grade::Figures&, Instant at) const;
};

}  // namespace anlan::command
