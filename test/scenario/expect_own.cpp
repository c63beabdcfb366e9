// Expectations on an organisation: what it owes, what it sees, what waits for it.

#include <algorithm>

#include "scenario/stage.h"
#include "view/audience.h"
#include "view/candidates.h"
#include "view/clocks.h"
#include "view/handovers.h"
#include "view/incident_search.h"
#include "view/instructions.h"
#include "view/reports.h"

namespace anlan::scenario {
namespace {

const std::string kWorld{command::kReal};

clock::Leg leg(Cursor& c) {
  const std::string word = c.next();
  const auto found = named<clock::Leg>(word);
  if (!found) throw Wrong(word + " is no leg");
  return *found;
}

std::string describe(const std::vector<view::ClockRow>& rows) {
  std::string text;
  for (const auto& row : rows)
    text += std::string(name_of(row.leg)) + " by " + show(row.due_at) + (row.assumed ? " assumed; " : "; ");
  return text.empty() ? "nothing" : text;
}

}  // namespace

const std::vector<Stage::OwnExpectation>& Stage::own_expectations() {
  static const std::vector<OwnExpectation> rows = {{"owes nothing", &Stage::expect_owes_nothing},
                                                   {"owes", &Stage::expect_owes},
                                                   {"calls on", &Stage::expect_calls},
                                                   {"met", &Stage::expect_met},
                                                   {"is overdue with", &Stage::expect_overdue},
                                                   {"was reminded of", &Stage::expect_reminded},
                                                   {"is released from", &Stage::expect_released},
                                                   {"owns", &Stage::expect_owns},
                                                   {"sees", &Stage::expect_sees},
                                                   {"does not see", &Stage::expect_does_not_see},
                                                   {"inbox has not", &Stage::expect_no_inbox},
                                                   {"inbox has", &Stage::expect_inbox}};
  return rows;
}

void Stage::expect_owes_nothing(Cursor&, const std::string& who) {
  const auto rows = view::pending_clocks(platform_.at(who).sql(), {who, kWorld, view::Whose::kOwed, {}, {}}, 1000);
  if (!rows.empty()) throw Wrong("it owes " + describe(rows));
}

// "owes phone by 14:15 and written by 14:35 [assumed]"
void Stage::expect_owes(Cursor& c, const std::string& who) {
  const auto rows = view::pending_clocks(platform_.at(who).sql(), {who, kWorld, view::Whose::kOwed, {}, {}}, 1000);
  do {
    const clock::Leg wanted = leg(c);
    c.need("by");
    const std::string by = c.next();
    const auto due = time_of_day(by, platform_.now());
    const bool assumed = c.take("assumed");
    if (std::ranges::none_of(rows, [&](const view::ClockRow& row) {
          return row.leg == wanted && row.assumed == assumed && due && show(row.due_at) == show(*due);
        }))
      throw Wrong("it owes " + describe(rows));
  } while (c.take("and"));
  if (!c.done()) throw Wrong("nobody understands " + c.next());
}

std::vector<clock::Clock> Stage::clocks(const std::string& who, clock::Leg wanted, const std::string& incident) {
  std::vector<clock::Clock> found;
  for (const auto& clock : platform_.at(who).state<clock::Clocks>(incident + "/" + who).items)
    if (clock.started.leg == wanted) found.push_back(clock);
  return found;
}

void Stage::expect_met(Cursor& c, const std::string& who) {
  const clock::Leg wanted = leg(c);
  Options options(c, {});
  const auto late = options.number("late");
  const auto reason = options.get("reason");
  const auto at = options.get("at");
  const auto by = options.get("by");
  const auto found = clocks(who, wanted, incident(options));
  options.end();
  const auto met = std::ranges::find_if(found, [](const clock::Clock& clock) { return clock.met.has_value(); });
  if (met == found.end()) throw Wrong("it was not met");
  if (met->met->late_s != late.value_or(0) * 60) throw Wrong("late by " + std::to_string(met->met->late_s) + " s");
  if (reason && met->reason != *reason) throw Wrong("the reason is " + met->reason.value_or("none"));
  if (at && show(met->met->at) != show(past(*at))) throw Wrong("met at " + show(met->met->at));
  if (by && met->met->by != *by) throw Wrong("met by " + met->met->by);
}

void Stage::expect_overdue(Cursor& c, const std::string& who) {
  const auto found = clocks(who, leg(c), last_incident());
  if (found.empty() || found.back().state != clock::State::kOverdue) throw Wrong("it is not overdue");
  if (!c.take("escalated to")) return;
  const std::string leader = found.back().leader.value_or("nobody");
  const auto* person = platform_.at(who).directory().organisations.person(leader);
  const std::string post = person ? person->post : leader;
  if (post != c.next()) throw Wrong("escalated to " + post);
}

void Stage::expect_reminded(Cursor& c, const std::string& who) {
  const auto found = clocks(who, leg(c), last_incident());
  c.need("at");
  const std::int64_t percent = c.number();
  if (found.empty() || found.back().reminded != percent)
    throw Wrong("the last reminder was at " + std::to_string(found.empty() ? 0 : found.back().reminded));
}

void Stage::expect_released(Cursor& c, const std::string& who) {
  const auto found = clocks(who, leg(c), last_incident());
  if (found.empty() || found.back().state != clock::State::kReleased) throw Wrong("it is not released");
}

// By the feed, by the lists, and by what the journal's facts say of it: all must agree.
bool Stage::sees(const std::string& who, const std::string& end) {
  bool feed = false;
  auto& sql = platform_.at(who).sql();
  for (const auto& fact : view::visible_after(sql, who, kWorld, 0, journal::head(sql), 100'000))
    feed = feed || fact.stream.ends_with("/" + end);
  if (end.find('.') == std::string::npos) {
    view::IncidentFilter mine;
    mine.organisation = who;
    mine.world = kWorld;
    bool listed = false;
    for (const auto& row : view::find_incidents(sql, mine, 0, 1000).rows) listed = listed || row.id == end;
    const auto offered = view::candidates_for(sql, who, kWorld, {}, 1000);
    listed = listed || std::ranges::find(offered, end) != offered.end();
    if (listed != feed)
      throw Wrong(std::string("the feed shows it: ") + (feed ? "yes" : "no") + ", the list does not agree");
  }
  return feed;
}

void Stage::expect_sees(Cursor& c, const std::string& who) {
  const std::string name = c.next();
  if (!sees(who, id(name))) throw Wrong("it does not see " + name);
}

void Stage::expect_does_not_see(Cursor& c, const std::string& who) {
  const std::string name = c.next();
  if (sees(who, id(name))) throw Wrong("it sees " + name);
}

std::vector<std::string> Stage::inbox(const std::string& who) {
  auto& sql = platform_.at(who).sql();
  std::vector<std::string> found;
  for (const auto& row : view::awaiting_receipt(sql, who, kWorld)) found.push_back(row.id);
  for (const auto& row : view::awaiting_answer(sql, who, kWorld)) found.push_back(row.incident);
  for (const auto& row : view::unfinished_reports(sql, who, kWorld)) found.push_back(row.id);
  for (auto& id : view::candidates_for(sql, who, kWorld, candidate::State::kWaiting, 100)) found.push_back(id);
  for (auto& id : view::instructions_for(sql, who, kWorld, instruction::State::kOpen, 1000)) found.push_back(id);
  return found;
}

void Stage::expect_inbox(Cursor& c, const std::string& who) {
  const auto found = inbox(who);
  const std::string name = c.next();
  if (std::ranges::find(found, id(name)) == found.end()) throw Wrong("it does not wait there");
}

void Stage::expect_no_inbox(Cursor& c, const std::string& who) {
  const auto found = inbox(who);
  const std::string name = c.next();
  if (std::ranges::find(found, id(name)) != found.end()) throw Wrong("it waits there");
}

}  // namespace anlan::scenario
