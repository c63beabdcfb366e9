#pragma once
// Finding incidents in the list of an organisation, so that an answer costs about as much with a million of them as
// with a hundred (docs/decisions/0017-walk-or-marks.md).

#include <optional>
#include <string>
#include <vector>

#include "view/incidents.h"

namespace anlan::view {

// Whose list, and in which world: who has none, finds none. Other empty members do not restrict; all conditions must
// hold.
struct IncidentFilter {
  std::string organisation, world;
  std::string type, division;  // what their codes begin with
  // Words parted by blanks, each of which stands in number, title, address, unit or summary, whatever its width and
  // capitals.
  std::string text;
  std::optional<incident::State> state;
  std::optional<grade::Grade> grade;
  std::optional<Instant> from, to;  // of learnt_at; `to` itself is outside
  std::string owner;                // the organisation that owns it
};

// `total` counts what fits the filter on all pages; where there is `more`, it is what was counted before it was enough.
struct IncidentPage {
  std::vector<IncidentRow> rows;  // latest first
  std::int64_t total = 0;
  bool more = false;
};
IncidentPage find_incidents(sql::Connection&, const IncidentFilter&, std::int64_t offset, std::int64_t limit);

}  // namespace anlan::view
