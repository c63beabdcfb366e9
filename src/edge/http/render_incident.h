#pragma once
// Incidents as lists and the incident's own page show them, and the incident read back with who said what when.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "edge/http/render.h"
#include "state/stored.h"
#include "view/incidents.h"

namespace anlan::edge {

// Who recorded something, for which organisation, and when.
struct Record {
  Instant at;
  std::string actor, organisation;
};
struct Note {
  Record record;
  std::string text;
};

// An incident with the records of what stands in its lists: statement_records beside incident.statements, phone_records
// beside parties.calls.
struct History {
  incident::Incident incident;
  incident::Parties parties;
  std::vector<Record> statement_records, phone_records;
  std::vector<bool> proposed_headline;  // beside the statements: was it meant to be adopted when it was made?
  std::vector<Note> notes;

  // Source of a statement as people read it: that of the taking down is how the desk learnt of it.
  std::string source(const Page&, std::size_t statement) const;
};

// kNotFound where the viewer's organisation takes no part in it, or it is of another world. `upto`: as it was at that
// moment.
Outcome<History> read_incident(const Page&, const std::string& id, Instant upto = Instant::max());

namespace render {

// Lines of incidents, each with the next clock that the viewer's organisation has to meet on it.
class IncidentLines {
 public:
  IncidentLines(const Page&, const std::vector<view::IncidentRow>&);
  // The members of a line, inside an object already begun.
  void members(json::Object&, const view::IncidentRow&) const;
  void operator()(std::string& out, const view::IncidentRow&) const;

 private:
  const Page& page_;
  std::map<std::string, view::ClockRow> next_;  // by incident
};

void figures(std::string& out, const grade::Figures&);
// null where there is none; the rule is named by its clause.
void grade_proposal(std::string& out, const Page&, const std::optional<incident::GradeProposal>&);
void whole_incident(std::string& out, const Page&, const History&, const view::IncidentRow&);

}  // namespace render
}  // namespace anlan::edge
