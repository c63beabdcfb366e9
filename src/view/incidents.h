#pragma once
// The list of incidents as it stands: one row each, for finding and counting. The whole of one incident is replayed
// from its stream (state/stored.h).

#include <optional>
#include <string>
#include <vector>

#include "domain/incident/types.h"
#include "journal/journal.h"

namespace anlan::view {

// Follows the incidents' own streams; parties are asked of Audience.
class Incidents final : public journal::Projection {
 public:
  std::string_view name() const override { return "incidents"; }
  int revision() const override { return 3; }
  void create(sql::Connection&) override;
  void drop(sql::Connection&) override;
  void apply(sql::Connection&, const journal::Fact&) override;
};

// The present state, in the terms of incident/types.h; `organisation` owns it.
struct IncidentRow {
  std::string id, world, number, title, type, organisation;
  grade::Grade grade = grade::Grade::kUngraded;
  bool grade_confirmed = false;
  incident::State state = incident::State::kOpen;
  incident::Place place;
  std::optional<Instant> occurred_at;
  Instant learnt_at, updated_at;
  grade::Figures figures;
  std::int64_t version = 0;
};

// Empty members do not restrict. `text` is looked for in number, title, address, unit and summary.
// All conditions must hold.
struct IncidentFilter {
  std::string organisation;                 // only what this organisation takes part in
  std::string world, text, type, division;  // type and division: prefixes of codes
  std::optional<incident::State> state;
  std::optional<grade::Grade> grade;
  std::optional<Instant> from, to;  // of learnt_at
};

// `total` counts what fits the filter on all pages.
struct IncidentPage {
  std::vector<IncidentRow> rows;  // latest first
  std::int64_t total = 0;
};
IncidentPage find_incidents(sql::Connection&, const IncidentFilter&, std::int64_t offset, std::int64_t limit);

// Whoever asks: scope is the caller's business.
std::optional<IncidentRow> incident_row(sql::Connection&, const std::string& id);
// The id of the one that bears this number; nothing where none does.
std::optional<std::string> incident_numbered(sql::Connection&, const std::string& number);

}  // namespace anlan::view
