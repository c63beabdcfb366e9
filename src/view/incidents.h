#pragma once
// The incidents as they stand, one row each, and for each organisation the list of those that it takes part in. The
// whole of one incident is replayed from its stream (state/stored.h); finding is in view/incident_search.h.
//
//   incident       (id)                                      its present state; `opened`: the position that began it
//   listing        (organisation, world, learnt_at, incident) what an organisation's list is narrowed by
//   incident_marks (opened)                                  what a search finds it by (view/incident_marks.h)

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/types.h"
#include "journal/journal.h"

namespace anlan::view {

// Follows the incidents' own streams and who joins; must come after Audience, of which parties are asked.
class Incidents final : public journal::Projection {
 public:
  std::string_view name() const override { return "incidents"; }
  int revision() const override { return 5; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// The present state, in the terms of incident/types.h; `organisation` owns it, `opened_by` gave it its number.
struct IncidentRow {
  std::string id, world, number, title, type, organisation, opened_by;
  // Of the owner, and to whom it has been released where that one has not begun yet.
  std::int64_t epoch = 1;
  std::optional<std::string> released_to;
  grade::Grade grade = grade::Grade::kUngraded;
  bool grade_confirmed = false;
  incident::State state = incident::State::kOpen;
  incident::Place place;
  std::optional<Instant> occurred_at;
  Instant learnt_at, updated_at;
  grade::Figures figures;
  std::int64_t version = 0;
};

// Whoever asks: scope is the caller's business.
std::optional<IncidentRow> incident_row(sql::Connection&, const std::string& id);
// In the order of the ids; unknown ones are left out.
std::vector<IncidentRow> incident_rows(sql::Connection&, const std::vector<std::string>& ids);
// By id, of those that the organisation takes part in.
std::map<std::string, std::string> titles(sql::Connection&, const std::string& organisation,
                                          const std::vector<std::string>& incidents);
// Ids of those that bear this number: each organisation counts its own. At most 100.
std::vector<std::string> incidents_numbered(sql::Connection&, const std::string& number);

}  // namespace anlan::view
