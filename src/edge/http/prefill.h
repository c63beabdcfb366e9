#pragma once
// A report written in advance from what the journal knows, for the desk to correct and complete.

#include <string>

#include "domain/report/types.h"
#include "edge/http/render_incident.h"

namespace anlan::edge {

// To whom an organisation reports: its superior first, then those above it.
std::vector<const organisation::Organisation*> receivers_of(const Page&, const std::string& organisation);

// Whether there is a superior, and no final report to it stands.
bool has_more_to_report(const Page&, const incident::Incident&);

// A report as far as the incident tells it, for the desk to read over and to complete; nothing is recorded by it.
struct Prefilled {
  report::Kind kind = report::Kind::kFirst;
  std::int64_t ordinal = 0;  // of a follow-up
  std::string to, title;
  report::Content content;
};

// Without a kind: the first report where none was sent to `to`, else a follow-up. A follow-up tells what has happened
// since the last report that was sent to `to`; the others tell everything. Texts are cut at what a report may hold,
// the oldest first. Refused where the final report stands (report.after_final).
Outcome<Prefilled> prefill(const Page&, const History&, std::optional<report::Kind>, const std::string& to);

}  // namespace anlan::edge
