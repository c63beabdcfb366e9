#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render_incident.h"
#include "edge/http/sentence.h"
#include "view/audience.h"
#include "view/incident_search.h"

namespace anlan::edge::pages {
namespace {

// Lines of a page of the list; the largest size bounds what one question may cost.
constexpr std::int64_t kUsualSize = 50, kLargestSize = 200, kLastPage = 1'000'000;
// What counts as perhaps the same event: 5 km or the same town, within two hours.
constexpr double kNear_m = 5000;
constexpr std::chrono::hours kSoon{2};

// 12D00 → 12D: a class stands for its members.
std::string without_zeros(const std::string& code) {
  const std::size_t end = code.find_last_not_of('0');
  return end == std::string::npos ? code : code.substr(0, end + 1);
}

// What all codes inside of a class of events begin with; a code without members stands for itself.
// So that choosing a class finds its members.
std::string event_prefix(const Page& page, const std::string& code) {
  return page.reference.event_types.children(code).empty() ? code : without_zeros(code);
}

// The same for divisions: 370700 → 3707, 370000 → 37.
std::string division_prefix(std::string code) {
  while (code.size() >= 4 && code.size() <= 6 && code.ends_with("00")) code.resize(code.size() - 2);
  return code;
}

// What a new report says of an incident, to be compared with those that are known.
struct Likeness {
  std::string division;
  std::optional<LngLat> point;
  Instant at;
};

// In the same town, or in the same county where one of them names no town.
bool same_town(const std::string& a, const std::string& b) {
  constexpr std::size_t kCounty = 6, kTown = 9;
  const std::size_t length = std::min(a.size(), b.size()) >= kTown ? kTown : kCounty;
  return a.size() >= length && a.substr(0, length) == b.substr(0, length);
}

// Of the event or of learning of it, whichever is nearer: a caller may know only one.
std::int64_t minutes_apart(const view::IncidentRow& row, Instant at) {
  const auto apart = [&](Instant t) { return std::chrono::floor<Minutes>(std::chrono::abs(t - at)).count(); };
  return std::min(apart(row.learnt_at), row.occurred_at ? apart(*row.occurred_at) : apart(row.learnt_at));
}

// Metres; nothing unless both have a point.
std::optional<double> distance(const view::IncidentRow& row, const Likeness& wanted) {
  if (!row.place.point || !wanted.point) return std::nullopt;
  return std::round(distance_m(*row.place.point, *wanted.point));
}

// Points decide where both are known, else the town.
bool alike(const view::IncidentRow& row, const Likeness& wanted) {
  if (row.state == incident::State::kMerged || minutes_apart(row, wanted.at) > Minutes(kSoon).count()) return false;
  if (const auto metres = distance(row, wanted)) return *metres <= kNear_m;
  return wanted.division.empty() || same_town(row.place.division, wanted.division);
}

// Of the class that the code is of, if it is of one.
std::string class_prefix(const std::string& type) {
  return event_type::same_class(type, type) ? type.substr(0, 3) : type;
}

}  // namespace

// A page beyond the last is empty and no fault.
Body incidents(Page& page) {
  Asked asked(page);
  auto filter = own_incidents(page);
  filter.text = asked.sought("q");
  filter.type = event_prefix(page, asked.event_type("type"));
  filter.division = division_prefix(asked.division("division"));
  filter.state = asked.word<incident::State>("state");
  filter.grade = asked.word<grade::Grade>("grade");
  filter.from = asked.moment("from");
  filter.to = asked.moment("to");
  const std::int64_t number = asked.number("page", 1, kLastPage).value_or(1);
  const std::int64_t size = asked.number("size", 1, kLargestSize).value_or(kUsualSize);
  if (asked.fault()) return *asked.fault();

  const auto found = view::find_incidents(page.sql, filter, (number - 1) * size, size);
  std::string body;
  {
    json::Object object(body);
    json::write_list(object.key("items"), found.rows, render::IncidentLines(page, found.rows));
    object.member("total", found.total);
    object.member("more", found.more);
    object.member("page", number);
    object.member("size", size);
    object.member("at", page.now);
    object.member("position", page.position);
  }
  return body;
}

Body incident(Page& page) {
  const auto history = read_incident(page, page.arguments.at(0));
  if (!history.ok()) return history.error();
  const auto row = view::incident_row(page.sql, history->incident.id);
  if (!row) return refuse(RefusalKind::kNotFound, "incident.unknown");
  std::string body;
  render::whole_incident(body, page, *history, *row);
  return body;
}

// Sentences are made when they are asked for, in both languages, from the facts alone.
Body timeline(Page& page) {
  const auto history = read_incident(page, page.arguments.at(0));
  if (!history.ok()) return history.error();
  Sentences sentences(page);
  return render::items(page, view::story(page.sql, history->incident.id, page.organisation()),
                       [&](std::string& out, const journal::Fact& fact) {
                         const std::string organisation = render::organisation_of(page, fact);
                         json::Object item(out);
                         item.member("position", fact.position);
                         item.member("type", fact.type);
                         item.member("occurred_at", fact.occurred_at);
                         item.member("recorded_at", fact.recorded_at);
                         item.member("actor", fact.actor);
                         item.member("actor_name", organisation.empty()
                                                       ? render::account_name(page, fact.by())
                                                       : render::person_behind(page, fact.by()).value_or(""));
                         item.member("organisation_short", page.directory.organisations.short_name(organisation));
                         item.member("stream", fact.stream);
                         item.raw("body", fact.body);
                         item.member("text_zh", sentences.of(Locale::kChinese, fact));
                         item.member("text_en", sentences.of(Locale::kEnglish, fact));
                       });
}

// A hint before saving, among what the viewer may see; it decides nothing.
Body similar(Page& page) {
  Asked asked(page);
  const auto lng = asked.real("lng"), lat = asked.real("lat");
  const std::string type = asked.event_type("type");
  Likeness wanted{asked.division("division"), std::nullopt, asked.moment("at").value_or(page.now)};
  if (asked.fault()) return *asked.fault();
  if (lng && lat) wanted.point = LngLat{*lng, *lat};

  // Nothing is learnt of before it occurs; what was learnt of about then must not be lost among what came after.
  auto filter = own_incidents(page);
  filter.type = class_prefix(type);
  filter.from = wanted.at + kSoon;
  auto rows = view::find_incidents(page.sql, filter, 0, kLargestSize).rows;
  filter.from = wanted.at - kSoon;
  filter.to = wanted.at + kSoon;
  std::ranges::move(view::find_incidents(page.sql, filter, 0, kLargestSize).rows, std::back_inserter(rows));
  std::erase_if(rows, [&](const view::IncidentRow& row) { return !alike(row, wanted); });
  const render::IncidentLines lines(page, rows);
  return render::items(page, rows, [&](std::string& out, const view::IncidentRow& row) {
    json::Object item(out);
    lines.members(item, row);
    item.nullable("distance_m", distance(row, wanted));
    item.member("minutes_apart", minutes_apart(row, wanted.at));
  });
}

// What the desk would be told if it took the incident down now.
Body grade_proposal(Page& page) {
  Asked asked(page);
  grade::Figures figures;
  each_field<grade::Figures>([&](const auto& f) {
    auto& figure = figures.*f.member;
    if constexpr (std::is_same_v<std::decay_t<decltype(figure)>, std::optional<double>>)
      figure = asked.real(f.name);
    else
      figure = asked.number(f.name, 0, f.limit);
  });
  const std::string type = asked.event_type("type");
  if (asked.fault()) return *asked.fault();
  auto proposal = page.reference.propose(type, figures, page.now);
  // What no table is for is not graded by the law.
  if (!proposal) proposal = incident::GradeProposal{grade::Grade::kUngraded, {}, {}, {}};
  std::string body;
  render::grade_proposal(body, page, proposal);
  return body;
}

}  // namespace anlan::edge::pages
