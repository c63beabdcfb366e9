// The duty desk: who is on duty, what runs out, what waits.

#include "edge/http/pages.h"
#include "edge/http/render_incident.h"
#include "edge/http/render_instruction.h"
#include "edge/http/render_report.h"
#include "view/candidates.h"
#include "view/incident_search.h"
#include "view/instructions.h"
#include "view/reports.h"

namespace anlan::edge::pages {
namespace {

constexpr std::int64_t kMostLines = 200;
// A source that spoke before and was not heard of for so long is silent.
constexpr std::chrono::hours kSilence{24};

// Null for each place that nobody has taken.
void write_shift(json::Object& object, const Page& page) {
  const auto shift = state::shift_of(page.sql, page.organisation());
  render::person(object.key("chief"), page, shift.chief);
  render::person(object.key("deputy"), page, shift.deputy.value_or(""));
  render::person(object.key("leader"), page, shift.leader);
  object.nullable("since", shift.since);
}

void write_lines(std::string& out, const Page& page, const std::vector<view::ReportRow>& rows) {
  json::write_list(out, rows, [&](std::string& o, const view::ReportRow& row) {
    render::report_line(o, page, *read_report(page, row.id));
  });
}

// Already in the order in which they fall due.
void write_clocks(std::string& out, const Page& page, view::Whose whose) {
  const auto rows = view::pending_clocks(page.sql, page.organisation(), page.world, whose, kMostLines);
  const render::Titles titles(page, rows);
  json::write_list(out, rows, [&](std::string& o, const view::ClockRow& row) {
    render::clock(o, page, row, titles.of(row.incident));
  });
}

// What only this desk can move on.
void write_inbox(std::string& out, const Page& page, const std::vector<view::ReportRow>& returned) {
  json::Object inbox(out);
  write_lines(inbox.key("reports"), page, view::awaiting_receipt(page.sql, page.organisation(), page.world));
  write_lines(inbox.key("returned"), page, returned);
  render::candidates(
      inbox.key("candidates"), page,
      view::candidates_for(page.sql, page.organisation(), page.world, candidate::State::kWaiting, kMostLines));
  render::instructions(
      inbox.key("instructions"), page,
      view::instructions_for(page.sql, page.organisation(), page.world, instruction::State::kOpen, kMostLines));
}

// Open ones in which the viewer's organisation takes part.
void write_incidents(std::string& out, const Page& page) {
  view::IncidentFilter filter;
  filter.organisation = page.organisation();
  filter.world = page.world;
  filter.state = incident::State::kOpen;
  const auto rows = view::find_incidents(page.sql, filter, 0, kMostLines).rows;
  json::write_list(out, rows, render::IncidentLines(page, rows));
}

void write_source(std::string& out, const Page& page, const view::SourceRow& row) {
  json::Object source(out);
  source.member("id", row.origin);
  source.member("name", page.texts.get(Locale::kChinese, "inflow." + std::string(name_of(row.origin))));
  source.nullable("last_at", row.last_at);
  source.member("silent", row.last_at && *row.last_at + kSilence < page.now);
}

}  // namespace

// One snapshot for all parts: a clock that is listed belongs to an incident that is listed.
Body board(Page& page) {
  std::vector<view::ReportRow> returned, drafts;
  for (auto& row : view::unfinished_reports(page.sql, page.organisation(), page.world))
    (row.state == report::State::kReturned ? returned : drafts).push_back(std::move(row));
  std::string body;
  {
    json::Object object(body);
    object.member("at", page.now);
    object.member("position", page.position);
    {
      json::Object shift(object.key("shift"));
      write_shift(shift, page);
    }
    write_clocks(object.key("clocks"), page, view::Whose::kOwed);
    write_clocks(object.key("watched"), page, view::Whose::kOwedTo);
    write_inbox(object.key("inbox"), page, returned);
    write_incidents(object.key("open_incidents"), page);
    write_lines(object.key("drafts"), page, drafts);
    json::write_list(object.key("sources"), view::sources(page.sql, page.organisation()),
                     [&](std::string& o, const view::SourceRow& row) { write_source(o, page, row); });
  }
  return body;
}

Body shift(Page& page) {
  std::string body;
  {
    json::Object object(body);
    write_shift(object, page);
    object.member("at", page.now);
    object.member("position", page.position);
  }
  return body;
}

}  // namespace anlan::edge::pages
