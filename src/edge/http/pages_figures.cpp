// Figures of warnings, from facts: what went out and arrived, who answered and when, what came of it.

#include <algorithm>
#include <array>
#include <map>

#include "edge/http/asked.h"
#include "edge/http/pages.h"
#include "edge/http/render_warning.h"
#include "edge/http/warned_place.h"
#include "view/incidents.h"
#include "view/warning_year.h"

namespace anlan::edge::pages {
namespace {

// Types are one hazard where they agree so far: 11B03 and 11B05 are both weather.
constexpr std::size_t kHazard = 3;

std::int64_t seconds(Milliseconds span) { return std::chrono::duration_cast<std::chrono::seconds>(span).count(); }

// Each of these messages is to one person; others are to devices, groups and systems.
constexpr std::array<std::string_view, 2> kToPeople{"sms", "mail"};

bool is_to_people(const reach::Count& count) { return std::ranges::find(kToPeople, count.channel) != kToPeople.end(); }

// With whom something is done; who is told only, or needs help, has not acted.
bool is_acting(callout::Act act) {
  using enum callout::Act;
  return act == kMoving || act == kMoved || act == kPatrolling;
}

// Of one warning. `people`, and `people_reached` of them: of the issuer's own contacts. `sent` and `reached`: messages
// to people of all nodes; reached are those that were delivered, as far as gateways say, or taken where they say no
// more.
struct Figures {
  warning::Warning warning;
  std::map<std::string, reach::Count> channels;
  std::map<callout::Act, std::int64_t> acts;  // places by what was said there last
  std::int64_t people = 0, people_reached = 0, sent = 0, reached = 0, places = 0, answered = 0, unanswered = 0,
               acted = 0;
  std::optional<std::int64_t> first_answer_s, lead_s;

  void write(std::string& out, const Page& page) const {
    const auto issued = warning.issued();
    const auto& c = issued.back()->content;
    json::Object object(out);
    object.member("id", warning.id);
    object.member("headline", c.headline);
    render::event_type(object.key("type"), page, c.type);
    object.member("colour", c.colour);
    object.member("issued_at", issued.front()->issued_at);
    object.member("people", people);
    object.member("people_reached", people_reached);
    object.member("sent", sent);
    object.member("reached", reached);
    json::write_list(object.key("channels"), channels,
                     [](std::string& o, const auto& one) { json::write(o, one.second); });
    object.member("places", places);
    object.member("answered", answered);
    object.member("unanswered", unanswered);
    object.member("acted", acted);
    json::write_list(object.key("acts"), callout::names_of(callout::Act{}), [&](std::string& o, const auto& known) {
      const auto found = acts.find(known.first);
      json::Object act(o);
      act.member("act", known.first);
      act.member("places", found == acts.end() ? std::int64_t{0} : found->second);
    });
    object.nullable("first_answer_s", first_answer_s);
    const auto& ended = warning.cancelled;
    const auto& assessed = warning.assessed;
    object.member("over", render::state_of(page, warning) != warning::State::kIssued);
    object.nullable("ending", ended ? std::optional(ended->ending) : std::nullopt);
    object.nullable("lead_s", lead_s);
    object.nullable("occurrence", occurrence());
    object.nullable("observed_at", assessed ? assessed->observed_at : std::nullopt);
    object.nullable("note", assessed ? std::optional(assessed->note) : std::nullopt);
  }
  std::optional<warning::Occurrence> occurrence() const {
    return warning.assessed ? std::optional(warning.assessed->occurrence) : std::nullopt;
  }
};

std::int64_t reached_by(const std::vector<reach::Count>& counts) {
  std::int64_t reached = 0;
  for (const reach::Count& count : counts)
    if (is_to_people(count)) reached += count.accepted + count.delivered;
  return reached;
}

// Of each node the version counts that reached most people, the later one of two. Nothing says who was told of one
// version and not of another, so that more may have been reached, never fewer: nobody counts twice.
void count_messages(const Page& page, Figures& figures) {
  for (const std::string& id :
       view::ids_seen_under(page.sql, page.organisation(), "reach/" + figures.warning.id + "/")) {
    const auto r = state::replay<reach::Reach>(page.sql, id);
    if (r.versions.empty()) continue;
    const auto widest = std::ranges::max_element(r.versions.rbegin(), r.versions.rend(), {},
                                                 [](const auto& version) { return reached_by(version.channels); });
    const std::int64_t reached = reached_by(widest->channels);
    figures.reached += reached;
    if (r.organisation == figures.warning.organisation) figures.people_reached += reached;
    for (const reach::Count& count : widest->channels) {
      auto& sum = figures.channels[count.channel];
      sum.channel = count.channel;
      sum.sent += count.sent;
      sum.accepted += count.accepted;
      sum.delivered += count.delivered;
      sum.failed += count.failed;
      figures.sent += is_to_people(count) ? count.sent : 0;
    }
  }
}

// Of all versions. The first answer of all places counts from when its own organisation began to call.
void count_answers(const Page& page, Figures& figures) {
  std::optional<Instant> first, opened;
  for (const std::string& id :
       view::ids_seen_under(page.sql, page.organisation(), "callout/" + figures.warning.id + "/")) {
    const auto c = state::replay<callout::Callout>(page.sql, id);
    for (const callout::Result& place : callout::results(c)) {
      ++figures.places;
      figures.answered += place.answered ? 1 : 0;
      figures.unanswered += place.unanswered ? 1 : 0;
      if (place.act) {
        ++figures.acts[*place.act];
        figures.acted += is_acting(*place.act) ? 1 : 0;
      }
      if (!place.answered || (first && *first <= place.answered_at)) continue;
      first = place.answered_at;
      opened = place.opened_at;
    }
  }
  if (first) figures.first_answer_s = seconds(*first - *opened);
}

// How long before it came the warning stood, less than nothing where it came first.
Figures figures_of(const Page& page, warning::Warning w) {
  Figures figures;
  figures.warning = std::move(w);
  const auto issued = figures.warning.issued();
  for (const auto* version : issued) figures.people = std::max(figures.people, version->issued->people);
  count_messages(page, figures);
  count_answers(page, figures);
  if (const auto& assessed = figures.warning.assessed; assessed && assessed->observed_at)
    figures.lead_s = seconds(*assessed->observed_at - issued.front()->issued_at);
  return figures;
}

// The lower one of two in the middle; a mean would be what one night's outlier makes of it.
std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + (std::ssize(values) - 1) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

// What everybody was told then; null before it was issued and when it was over.
const warning::Version* in_force_at(const warning::Warning& w, Instant at) {
  const warning::Version* found = nullptr;
  for (const auto* version : w.issued())
    if (version->issued_at <= at) found = version;
  return !found || at >= found->content.expires || (w.over() && at >= w.ended_at) ? nullptr : found;
}

// Whether a warning of the same hazard stood there then.
bool was_warned(const Page& page, const std::vector<Figures>& all, const view::ObservedIncident& incident) {
  const auto* place = page.reference.divisions.find(incident.division);
  return std::ranges::any_of(all, [&](const Figures& f) {
    const auto* then = in_force_at(f.warning, incident.learnt_at);
    return then && then->content.type.substr(0, kHazard) == incident.type.substr(0, kHazard) &&
           (!place || warned(then->content.area, page.reference, *place) != Warned::kNo);
  });
}

// Incidents of hazards of which warnings are prepared, where none stood.
std::vector<std::string> missed(const Page& page, const std::vector<Figures>& all, Instant from, Instant to) {
  const auto is_warned_of = [&](const std::string& type) {
    return std::ranges::any_of(page.reference.warning_rules.templates, [&](const warning::Template& t) {
      return t.event.substr(0, kHazard) == type.substr(0, kHazard);
    });
  };
  std::vector<std::string> ids;
  for (const auto& incident : view::incidents_observed(page.sql, page.organisation(), page.world, from, to))
    if (is_warned_of(incident.type) && !was_warned(page, all, incident)) ids.push_back(incident.id);
  return ids;
}

// How many, and the last of them, so that whoever reads the number can look at what it stands for.
void write_misses(json::Object& object, const Page& page, std::vector<std::string> ids) {
  object.member("missed", std::ssize(ids));
  if (std::ssize(ids) > kMostLines) ids.erase(ids.begin(), ids.end() - kMostLines);
  json::write_list(object.key("misses"), view::incident_rows(page.sql, ids),
                   [&](std::string& out, const view::IncidentRow& row) {
                     json::Object one(out);
                     one.member("id", row.id);
                     one.member("number", row.number);
                     one.member("title", row.title);
                     render::event_type(one.key("type"), page, row.type);
                     one.member("division_name", render::division_name(page, row.place.division));
                     one.member("learnt_at", row.learnt_at);
                   });
}

template <class Value>
std::int64_t sum(const std::vector<Figures>& all, Value value) {
  std::int64_t total = 0;
  for (const Figures& f : all) total += static_cast<std::int64_t>(value(f));
  return total;
}

template <class Value>
std::optional<std::int64_t> median(const std::vector<Figures>& all, Value value) {
  std::vector<std::int64_t> values;
  for (const Figures& f : all)
    if (const auto one = value(f)) values.push_back(*one);
  return median(std::move(values));
}

// Warnings that nobody has assessed are told as such: a year is no better for being left unlooked at.
void write_sums(json::Object& object, const std::vector<Figures>& all) {
  const auto occurred = [&](std::optional<warning::Occurrence> wanted) {
    return sum(all, [&](const Figures& f) { return f.occurrence() == wanted; });
  };
  using enum warning::Occurrence;
  object.member("issued", std::ssize(all));
  object.member("came", occurred(kCame));
  object.member("partly", occurred(kPartly));
  object.member("did_not", occurred(kDidNot));
  object.member("unassessed", occurred(std::nullopt));
  object.member("mistaken", sum(all, [](const Figures& f) {
                  return f.warning.cancelled && f.warning.cancelled->ending == warning::Ending::kMistaken;
                }));
  object.member("people", sum(all, [](const Figures& f) { return f.people; }));
  object.member("people_reached", sum(all, [](const Figures& f) { return f.people_reached; }));
  object.member("sent", sum(all, [](const Figures& f) { return f.sent; }));
  object.member("reached", sum(all, [](const Figures& f) { return f.reached; }));
  object.member("places", sum(all, [](const Figures& f) { return f.places; }));
  object.member("answered", sum(all, [](const Figures& f) { return f.answered; }));
  object.member("acted", sum(all, [](const Figures& f) { return f.acted; }));
  object.nullable("first_answer_median_s", median(all, [](const Figures& f) { return f.first_answer_s; }));
  object.nullable("lead_median_s", median(all, [](const Figures& f) { return f.lead_s; }));
}

}  // namespace

Body warning_figures(Page& page) {
  auto found = read_warning(page, page.arguments.at(0));
  if (!found.ok()) return found.error();
  if (found->issued().empty()) return refuse(RefusalKind::kNotFound, "warning.not_issued");
  std::string out;
  figures_of(page, std::move(*found)).write(out, page);
  return out;
}

Body warning_year(Page& page) {
  Asked asked(page);
  const auto year = static_cast<int>(asked.number("year", 2000, 2100).value_or(china_time(page.now).year));
  if (asked.fault()) return *asked.fault();
  const Instant from = from_china_time(year, 1, 1), to = from_china_time(year + 1, 1, 1);
  std::vector<Figures> all;
  for (auto& w : state::replay_all<warning::Warning>(
           page.sql, view::warnings_issued_by(page.sql, page.organisation(), page.world, from, to)))
    all.push_back(figures_of(page, std::move(w)));
  std::string out;
  {
    json::Object object(out);
    object.member("year", std::int64_t{year});
    json::write_list(object.key("items"), all, [&](std::string& o, const Figures& f) { f.write(o, page); });
    write_sums(object, all);
    write_misses(object, page, missed(page, all, from, to));
    object.member("at", page.now);
    object.member("position", page.position);
  }
  return out;
}

}  // namespace anlan::edge::pages
