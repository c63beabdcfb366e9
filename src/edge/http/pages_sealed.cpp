// Sealed entries of personal data, for whoever erases them: which there are, and nothing of what they hold.

#include "codec/fact.h"
#include "domain/personal_data/facts.h"
#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render.h"
#include "state/stored.h"
#include "view/incidents.h"

namespace anlan::edge::pages {
namespace {

// Whose data it is to the thing that it belongs to, and the number of the incident, empty where it is none.
struct Entry {
  std::string id;
  std::string_view whose;
  Instant recorded_at;
  std::string number;
};

std::optional<Instant> erased_at(const Page& page, const std::string& sealed) {
  for (const auto& fact : journal::read_stream(page.sql, "sealed/" + sealed))
    if (fact.type == personal_data::Erased::kType) return fact.recorded_at;
  return std::nullopt;
}

void add_reporter(const Page& page, const std::string& candidate, const std::string& number,
                  std::vector<Entry>& found) {
  const auto c = state::replay<candidate::Candidate>(page.sql, candidate);
  if (c.sealed) found.push_back({*c.sealed, "reporter", c.received_at, number});
}

// Each organisation counts its own, and says so where another one reads it.
std::string number_of(const Page& page, const view::IncidentRow& row) {
  if (row.opened_by == page.organisation()) return row.number;
  return page.directory.organisations.short_name(row.opened_by) + " " + row.number;
}

// Those that some desk calls "2026-0001", the one that it calls "COUNTY 2026-0001", or the one of that id.
std::vector<view::IncidentRow> called(const Page& page, const std::string& of) {
  auto rows = view::incident_rows(page.sql, view::incidents_numbered(page.sql, of.substr(of.rfind(' ') + 1)));
  if (of.find(' ') != std::string::npos)
    std::erase_if(rows, [&](const auto& row) { return number_of(page, row) != of; });
  if (const auto row = view::incident_row(page.sql, of)) rows.push_back(*row);
  return rows;
}

}  // namespace

// Who asks for erasure knows what they reported, and the desk its number; `of` is that, or the id of an incident or of
// a candidate.
Body sealed(Page& page) {
  const std::string of = Asked(page).text("of");
  if (of.empty()) return refuse(RefusalKind::kMalformed, "field.missing", "of");
  std::vector<Entry> found;
  const auto rows = called(page, of);
  for (const auto& row : rows) {
    const auto i = state::replay<incident::Incident>(page.sql, row.id);
    const std::string number = number_of(page, row);
    if (i.now.informant) found.push_back({i.now.informant->sealed, "informant", row.learnt_at, number});
    if (i.now.candidate) add_reporter(page, *i.now.candidate, number, found);
  }
  if (rows.empty()) add_reporter(page, of, {}, found);
  return render::items(page, found, [&](std::string& out, const Entry& entry) {
    json::Object object(out);
    object.member("id", entry.id);
    object.member("whose", entry.whose);
    object.member("incident_number", entry.number);
    object.member("recorded_at", entry.recorded_at);
    object.nullable("erased_at", erased_at(page, entry.id));
  });
}

}  // namespace anlan::edge::pages
