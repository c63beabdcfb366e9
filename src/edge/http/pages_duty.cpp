// The duty desk: who is on duty, what runs out, what waits.

#include <algorithm>
#include <set>

#include "edge/http/pages.h"
#include "edge/http/render_incident.h"
#include "edge/http/render_instruction.h"
#include "edge/http/render_report.h"
#include "view/candidates.h"
#include "view/handovers.h"
#include "view/incident_search.h"
#include "view/instructions.h"
#include "view/reports.h"

namespace anlan::edge::pages {
namespace {

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

// The lists of the desk that may be longer than what is shown of them: `more` says so.
struct DeskLists {
  explicit DeskLists(const Page& page) {
    const std::string& own = page.organisation();
    const auto& world = page.world;
    constexpr std::int64_t kAsked = kMostLines + 1;
    clocks = view::pending_clocks(page.sql, {own, world, view::Whose::kOwed, {}, {}}, kAsked);
    watched = view::pending_clocks(page.sql, {own, world, view::Whose::kOwedTo, {}, {}}, kAsked);
    candidates = view::candidates_for(page.sql, own, world, candidate::State::kWaiting, kAsked);
    instructions = view::instructions_for(page.sql, own, world, instruction::State::kOpen, kAsked);
    const auto shorten = [this](const char* name, auto& list) {
      if (cut(list)) more.emplace_back(name);
    };
    shorten("clocks", clocks);
    shorten("watched", watched);
    shorten("candidates", candidates);
    shorten("instructions", instructions);
    find_incidents(page);
  }

  std::vector<view::ClockRow> clocks, watched;
  std::vector<view::IncidentRow> incidents;
  std::vector<std::string> candidates, instructions, more;

 private:
  // The latest open ones in which the viewer's organisation takes part, and those older ones whose clocks are shown.
  void find_incidents(const Page& page) {
    auto filter = own_incidents(page);
    filter.state = incident::State::kOpen;
    auto latest = view::find_incidents(page.sql, filter, 0, kMostLines);
    if (latest.more || latest.total > kMostLines) more.emplace_back("open_incidents");
    incidents = std::move(latest.rows);
    std::set<std::string> listed;
    for (const auto& row : incidents) listed.insert(row.id);
    std::vector<std::string> older;
    for (const auto* shown : {&clocks, &watched})
      for (const auto& clock : *shown)
        if (listed.insert(clock.incident).second) older.push_back(clock.incident);
    std::ranges::copy_if(view::incident_rows(page.sql, older), std::back_inserter(incidents),
                         [](const view::IncidentRow& row) { return row.state == incident::State::kOpen; });
  }
};

void write_offers(std::string& out, const Page& page) {
  const auto offers = view::awaiting_answer(page.sql, page.organisation(), page.world);
  const render::Titles titles(page, offers);
  json::write_list(out, offers, [&](std::string& o, const view::OfferRow& offer) {
    json::Object object(o);
    object.member("incident", offer.incident);
    object.member("incident_title", titles.of(offer.incident));
    render::organisation(object.key("from"), page, offer.from);
    object.member("reason", offer.reason);
    object.member("at", offer.offered_at);
  });
}

// What only this desk can move on.
void write_inbox(std::string& out, const Page& page, const DeskLists& lists,
                 const std::vector<view::ReportRow>& returned) {
  json::Object inbox(out);
  write_lines(inbox.key("reports"), page, view::awaiting_receipt(page.sql, page.organisation(), page.world));
  write_lines(inbox.key("returned"), page, returned);
  render::candidates(inbox.key("candidates"), page, lists.candidates);
  render::instructions(inbox.key("instructions"), page, lists.instructions);
  write_offers(inbox.key("handovers"), page);
}

void write_source(std::string& out, const Page& page, const view::SourceRow& row) {
  json::Object source(out);
  source.member("id", row.origin);
  source.member("name", page.texts.get(Locale::kChinese, "inflow." + std::string(name_of(row.origin))));
  source.nullable("last_at", row.last_at);
  source.member("silent", row.last_at && *row.last_at + kSilence < page.now);
}

}  // namespace

// One snapshot for all parts: a clock that is listed belongs to an incident that is listed, while it is open.
Body board(Page& page) {
  std::vector<view::ReportRow> returned, drafts;
  for (auto& row : view::unfinished_reports(page.sql, page.organisation(), page.world))
    (row.state == report::State::kReturned ? returned : drafts).push_back(std::move(row));
  const DeskLists lists(page);
  std::string body;
  {
    json::Object object(body);
    object.member("at", page.now);
    object.member("position", page.position);
    {
      json::Object shift(object.key("shift"));
      write_shift(shift, page);
    }
    render::clocks(object.key("clocks"), page, lists.clocks);
    render::clocks(object.key("watched"), page, lists.watched);
    write_inbox(object.key("inbox"), page, lists, returned);
    json::write_list(object.key("open_incidents"), lists.incidents, render::IncidentLines(page, lists.incidents));
    write_lines(object.key("drafts"), page, drafts);
    json::write_list(object.key("sources"), view::sources(page.sql, page.organisation(), page.world),
                     [&](std::string& o, const view::SourceRow& row) { write_source(o, page, row); });
    object.member("more", lists.more);
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
