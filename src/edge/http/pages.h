#pragma once
// Every GET that answers JSON out of the views (shapes: docs/api.md and the generated OpenAPI).

#include "edge/http/page.h"
#include "federation/watch.h"
#include "view/incident_search.h"

namespace anlan::edge::pages {

// Of the incidents that the viewer's organisation takes part in: all.
inline view::IncidentFilter own_incidents(const Page& page) {
  view::IncidentFilter filter;
  filter.organisation = page.organisation();
  filter.world = page.world;
  return filter;
}

// Lines of what waits that one answer has; who has more open has other worries.
constexpr std::int64_t kMostLines = 200;
// Asked for one line more, whether there is more than a page: without it now.
template <class Line>
bool cut(std::vector<Line>& lines, std::int64_t most = kMostLines) {
  const bool more = std::ssize(lines) > most;
  if (more) lines.resize(static_cast<std::size_t>(most));
  return more;
}

// Duty desk: all of it in one answer, since it is asked for again after every fact that concerns it.
Body board(Page&);
Body shift(Page&);

// Incidents that the viewer's organisation takes part in, filtered by the query.
Body incidents(Page&);
Body incident(Page&);
Body timeline(Page&);
Body similar(Page&);
Body grade_proposal(Page&);

// Reports and what a new one is filled with: prefill words the journal, it stores nothing.
Body report(Page&);
Body prefill(Page&);
Body receivers(Page&);

// Lists of what waits; at most some hundred lines.
Body instructions(Page&);
Body clocks(Page&);
Body candidates(Page&);
Body candidate(Page&);

// Alerts of others, and a warning filled with what one says.
Body alerts(Page&);
Body alert(Page&);
Body alert_draft(Page&);

// Warnings, prepared texts and river reaches.
Body warnings(Page&);
Body warning(Page&);
Body warning_templates(Page&);
Body reaches(Page&);
// Callouts: those that are open, those on a warning; names and telephones of a place, for who calls.
// How far a warning came and what was done about it; the same over a year, with what came of it.
Body warning_figures(Page&);
Body warning_year(Page&);
Body callouts(Page&);
Body callouts_on_warning(Page&);
Body callees(Page&);

// Tables that every console needs; the same for all who are signed in.
Body division_search(Page&);
Body division(Page&);
Body division_children(Page&);
Body event_types(Page&);

// The register of nodes as a tree, a node behind the one above it.
Body nodes(Page&, const std::vector<federation::Standing>&);

// Register and accounts; their routes say which administrators may ask.
Body organisations(Page&);
Body people(Page&);
Body accounts(Page&);
Body keys(Page&);
Body audit(Page&);
Body sealed(Page&);
Body own_sessions(Page&);

}  // namespace anlan::edge::pages
