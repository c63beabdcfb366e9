#include "domain/incident/incident.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace anlan::incident {
namespace {

Refusal rule(std::string code, std::string field = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field));
}

// Only the owner works on its incident, and only while it is open.
std::optional<Refusal> workable(const Incident& i, const account::Actor& actor) {
  if (!i.exists()) return refuse(RefusalKind::kNotFound, "incident.unknown");
  if (auto no = check_open(i.state)) return no;
  return check_owner(i, actor);
}

// What each fact makes of the incident.
struct Applier {
  Incident& i;
  Instant at;

  void operator()(const Opened& f) {
    i.now = f;
    i.owner = f.organisation;
    if (f.figures != grade::Figures{}) i.statements.push_back({f.figures, "", f.learnt_at, true});
  }
  void operator()(const Corrected& f) {
    if (f.title) i.now.title = *f.title;
    if (f.type) i.now.type = *f.type;
    if (f.unit) i.now.unit = f.unit;
    if (f.summary) i.now.summary = *f.summary;
    if (f.measures) i.now.measures = f.measures;
    if (f.place) i.now.place = *f.place;
    if (f.occurred_at) i.now.occurred_at = f.occurred_at;
    if (f.learnt_at) i.now.learnt_at = *f.learnt_at;
    if (f.grade) i.now.proposal = f.proposal;
    if (f.grade && !i.now.grade_confirmed) i.now.grade = *f.grade;
  }
  void operator()(const FiguresStated& f) {
    if (f.statement.adopted) {
      for (auto& s : i.statements) s.adopted = false;
      i.now.figures = overlaid(i.now.figures, f.statement.figures);
      i.now.proposal = f.proposal;
      if (!i.now.grade_confirmed && f.proposal) i.now.grade = f.proposal->grade;
    }
    i.statements.push_back(f.statement);
  }
  void operator()(const Graded& f) {
    i.now.grade = f.grade;
    i.now.grade_confirmed = true;
    i.grade_reason = f.reason;
  }
  void operator()(const Closed&) {
    i.state = State::kClosed;
    i.offer.reset();
  }
  void operator()(const Reopened&) {
    i.state = State::kOpen;
    i.reopened_at = at;
  }
  void operator()(const Merged& f) {
    i.state = State::kMerged;
    i.offer.reset();
    i.merged_into = f.into;
  }
  void operator()(const Absorbed& f) { i.absorbed.push_back(f.ended); }
  void operator()(const Offered& f) {
    i.offer = Offer{f.to, f.epoch, f.offer, f.reason, at};
    i.offers = f.offer;
  }
  void operator()(const OfferWithdrawn&) { i.offer.reset(); }
  void operator()(const Released& f) {
    i.offer.reset();
    i.released = f;
  }
  void operator()(const TakenOver& f) {
    i.owner = f.organisation;
    i.epoch = f.epoch;
    i.offer.reset();
    i.released.reset();
    i.version = f.from;
  }
};

// People tell times by the minute: 14:02 is not before 14:02:30.
std::optional<Refusal> not_before(std::optional<Instant> at, Instant earliest, std::string field) {
  if (at && *at < std::chrono::floor<Minutes>(earliest))
    return refuse(RefusalKind::kRule, "time.too_early", std::move(field),
                  {{"at", to_rfc3339(*at)}, {"earliest", to_rfc3339(earliest)}});
  return std::nullopt;
}

std::optional<Refusal> credible(std::optional<Instant> occurred_at, Instant now) {
  if (auto no = not_in_future(occurred_at, now, "occurred_at")) return no;
  return not_before(occurred_at, now - kOldestEvent, "occurred_at");
}

// A warning may reach the desk before the event that it warns of.
Instant learning(const TakeDown& c, const Findings& found, Instant now) {
  if (c.learnt_at) return *c.learnt_at;
  if (!found.received_at) return now;
  return std::max(*found.received_at, c.occurred_at.value_or(*found.received_at));
}

// The new value, where it is another one.
template <class T>
std::optional<T> changed(const std::optional<T>& to, const std::optional<T>& from) {
  return to && to != from ? to : std::nullopt;
}
template <class T>
std::optional<T> changed(const std::optional<T>& to, const T& from) {
  return changed(to, std::optional(from));
}

Place corrected_place(Place place, const Correct& c) {
  if (c.division && *c.division != place.division) {
    place.division = *c.division;
    place.point.reset();  // it lay in the other division
  }
  if (c.address) place.address = c.address;
  if (c.point) place.point = c.point;
  return place;
}

// The event, then learning of it, then reporting it; only what is corrected is judged.
std::optional<Refusal> check_times(const Incident& i, const Correct& c, const Findings& found, Instant now) {
  if (auto no = credible(c.occurred_at, now)) return no;
  if (auto no = not_in_future(c.learnt_at, now, "learnt_at")) return no;
  if (!c.learnt_at && !c.occurred_at) return std::nullopt;
  const auto occurred_at = c.occurred_at ? c.occurred_at : i.now.occurred_at;
  if (auto no = not_before(c.learnt_at.value_or(i.now.learnt_at), occurred_at.value_or(now - kOldestEvent),
                           c.learnt_at ? "learnt_at" : "occurred_at"))
    return no;
  if (c.learnt_at && found.first_report && std::chrono::floor<Minutes>(*c.learnt_at) > *found.first_report)
    return refuse(RefusalKind::kRule, "time.after_report", "learnt_at",
                  {{"at", to_rfc3339(*c.learnt_at)}, {"latest", to_rfc3339(*found.first_report)}});
  return std::nullopt;
}

// The title after the correction.
std::string corrected_title(const Incident& i, const Correct& c, const Findings& found) {
  if (c.title) return *c.title;
  if (i.now.title != found.composed_title) return i.now.title;
  return composed_title(c.unit ? c.unit : i.now.unit, found.division_name, found.type_name);
}

}  // namespace

grade::Figures overlaid(const grade::Figures& base, const grade::Figures& statement) {
  grade::Figures result = base;
  each_field<grade::Figures>([&](const auto& f) {
    if (statement.*f.member) result.*f.member = statement.*f.member;
  });
  return result;
}

std::string composed_title(const std::optional<std::string>& unit, const std::string& division_name,
                           const std::string& type_name) {
  return (unit && !blank(*unit) ? *unit : division_name) + type_name;
}

std::optional<Refusal> check_open(State state, bool owes) {
  if (state == State::kMerged) return rule("incident.merged");
  if (state == State::kClosed && !owes) return rule("incident.closed");
  return std::nullopt;
}

// An absent time is no fault: unknown is a proper answer.
std::optional<Refusal> not_in_future(std::optional<Instant> at, Instant now, std::string field) {
  if (at && *at > now + kFutureTolerance)
    return refuse(RefusalKind::kRule, "time.future", std::move(field),
                  {{"at", to_rfc3339(*at)}, {"now", to_rfc3339(now)}});
  return std::nullopt;
}

std::optional<Refusal> check_owner(const Incident& i, const account::Actor& actor) {
  if (i.owner != actor.organisation) return refuse(RefusalKind::kForbidden, "incident.not_owner");
  if (i.released) return rule("incident.in_handover");
  return std::nullopt;
}

void apply(Incident& i, const Fact& fact, Instant at) {
  std::visit(Applier{i, at}, fact);
  ++i.version;
}

bool fits(const Incident& i, const std::string& id, const Fact& fact, bool first) {
  if (std::holds_alternative<TakenOver>(fact)) return first;  // command/delivery asks whether it may
  const auto* opened = std::get_if<Opened>(&fact);
  if (first || opened) return first && opened && !opened->number.empty() && !opened->organisation.empty();
  if (const auto* merged = std::get_if<Merged>(&fact)) return !i.merged_into && merged->into != id;
  const auto* absorbed = std::get_if<Absorbed>(&fact);
  return !absorbed || absorbed->ended != id;
}

std::vector<std::string> all_absorbed(const Incident& i,
                                      const std::function<std::vector<std::string>(const std::string&)>& absorbed_by) {
  std::vector<std::string> all;
  std::set<std::string> seen{i.id};
  const auto add = [&](const std::vector<std::string>& ids) {
    for (const std::string& id : ids)
      if (seen.insert(id).second) all.push_back(id);
  };
  add(i.absorbed);
  for (std::size_t next = 0; next < all.size(); ++next) add(absorbed_by(all[next]));
  return all;
}

const Party* Parties::find(const std::string& organisation) const {
  const auto found = std::ranges::find(members, organisation, &Party::organisation);
  return found == members.end() ? nullptr : &*found;
}

void apply(Parties& p, const PartyFact& fact, Instant at, const std::string& by) {
  if (const auto* joined = std::get_if<Joined>(&fact))
    p.members.push_back({joined->organisation, joined->learnt_at.value_or(at)});
  if (const auto* phoned = std::get_if<Phoned>(&fact)) p.calls.push_back({phoned->from, phoned->report});
  if (const auto* f = std::get_if<OfferAccepted>(&fact))
    p.answers.push_back({by, f->epoch, f->offer, Answer::kAccepted, {}});
  if (const auto* f = std::get_if<OfferRejected>(&fact))
    p.answers.push_back({by, f->epoch, f->offer, Answer::kRejected, f->reason});
  if (const auto* f = std::get_if<Claimed>(&fact)) p.claims.push_back({by, f->epoch, f->reason});
}

bool fits(const std::string& incident, const std::string& organisation, const PartyFact& fact, bool first) {
  const auto* joined = std::get_if<Joined>(&fact);
  if (first || joined) return first && joined && joined->incident == incident && joined->organisation == organisation;
  if (const auto* referred = std::get_if<Referred>(&fact)) return referred->ended != incident;
  const auto* phoned = std::get_if<Phoned>(&fact);
  return !phoned || (phoned->from == organisation && phoned->report.to != organisation);
}

Instant learnt_at(const Incident& i, const Parties& parties, const std::string& organisation) {
  if (i.now.organisation == organisation) return i.now.learnt_at;
  const Party* party = parties.find(organisation);
  ANLAN_ASSERT(party);
  return party->since;
}

grade::Figures figures_of(const TakeDown& c) {
  grade::Figures f;
  f.dead = c.dead;
  f.missing = c.missing;
  f.injured = c.injured;
  f.burnt_ha = c.burnt_ha;
  f.magnitude = c.magnitude;
  return f;
}

Facts decide(const TakeDown& c, const account::Actor& actor, const Findings& found, Instant now) {
  if (auto no = credible(c.occurred_at, now)) return *no;
  if (auto no = not_in_future(c.learnt_at, now, "learnt_at")) return *no;
  if (auto no = not_before(c.learnt_at, c.occurred_at.value_or(now - kOldestEvent), "learnt_at")) return *no;
  if (blank(c.summary)) return rule("text.empty", "summary");
  Opened f;
  f.number = found.number;
  f.title = c.title && !blank(*c.title) ? *c.title : composed_title(c.unit, found.division_name, found.type_name);
  f.type = c.type;
  f.organisation = actor.organisation;
  f.summary = c.summary;
  f.place = {c.division, c.address, c.point ? c.point : found.division_point};
  f.occurred_at = c.occurred_at;
  f.learnt_at = learning(c, found, now);
  f.unit = c.unit;
  f.measures = c.measures;
  f.candidate = c.candidate;
  f.source = c.source.value_or(c.candidate ? SourceKind::kCandidate : SourceKind::kPhone);
  f.informant = found.informant;
  f.figures = figures_of(c);
  f.proposal = found.proposal;
  f.grade = c.grade ? *c.grade : found.proposal ? found.proposal->grade : grade::Grade::kUngraded;
  f.grade_confirmed = c.grade.has_value();
  f.area = found.area;
  return std::vector<Fact>{std::move(f)};
}

Facts decide(const Incident& i, const StateFigures& c, const account::Actor& actor, const Findings& found,
             Instant now) {
  if (auto no = workable(i, actor)) return *no;
  if (auto no = not_in_future(c.at, now, "at")) return *no;
  if (blank(c.source)) return rule("text.empty", "source");
  if (c.figures == grade::Figures{}) return rule("figures.none", "figures");
  return std::vector<Fact>{FiguresStated{{c.figures, c.source, c.at.value_or(now), c.adopt}, found.proposal}};
}

Facts decide(const Incident& i, const Correct& c, const account::Actor& actor, Instant now, const Findings& found) {
  if (auto no = workable(i, actor)) return *no;
  if (auto no = check_times(i, c, found, now)) return *no;
  if (blank(c.reason)) return rule("text.empty", "reason");
  if (c.title && blank(*c.title)) return rule("text.empty", "title");
  if (c.summary && blank(*c.summary)) return rule("text.empty", "summary");
  Corrected f;
  f.reason = c.reason;
  f.title = changed(std::optional(corrected_title(i, c, found)), i.now.title);
  f.type = changed(c.type, i.now.type);
  f.unit = changed(c.unit, i.now.unit);
  f.summary = changed(c.summary, i.now.summary);
  f.measures = changed(c.measures, i.now.measures);
  f.place = changed(std::optional(corrected_place(i.now.place, c)), i.now.place);
  f.occurred_at = changed(c.occurred_at, i.now.occurred_at);
  f.learnt_at = changed(c.learnt_at, i.now.learnt_at);
  if (f.type) {
    f.proposal = found.proposal;
    f.grade = found.proposal ? found.proposal->grade : grade::Grade::kUngraded;
  }
  if (!f.title && !f.type && !f.unit && !f.summary && !f.measures && !f.place && !f.occurred_at && !f.learnt_at)
    return rule("correction.none");
  return std::vector<Fact>{std::move(f)};
}

Facts decide(const Incident& i, const SetGrade& c, const account::Actor& actor) {
  if (auto no = workable(i, actor)) return *no;
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Graded{c.grade, c.reason}};
}

PartyFacts decide(const Incident& i, const Note& c) {
  if (!i.exists()) return refuse(RefusalKind::kNotFound, "incident.unknown");
  if (blank(c.text)) return rule("text.empty", "text");
  return std::vector<PartyFact>{Noted{c.text}};
}

PartyFacts decide(const Incident& i, const ReportByPhone& c, const account::Actor& actor, Instant learnt_at, bool owes,
                  Instant now) {
  if (!i.exists()) return refuse(RefusalKind::kNotFound, "incident.unknown");
  if (auto no = check_open(i.state, owes)) return *no;
  if (auto no = not_in_future(c.at, now, "at")) return *no;
  if (auto no = not_before(c.at, learnt_at, "at")) return *no;
  if (blank(c.answered_by)) return rule("text.empty", "answered_by");
  return std::vector<PartyFact>{Phoned{actor.organisation, {c.to, c.answered_by, c.said, c.at.value_or(now)}}};
}

Facts decide(const Incident& i, const Close& c, const account::Actor& actor, bool open_instructions) {
  if (auto no = workable(i, actor)) return *no;
  if (blank(c.reason)) return rule("text.empty", "reason");
  if (open_instructions) return rule("incident.instructions_open");
  return std::vector<Fact>{Closed{c.reason}};
}

Facts decide(const Incident& i, const Reopen& c, const account::Actor& actor) {
  if (!i.exists()) return refuse(RefusalKind::kNotFound, "incident.unknown");
  if (auto no = check_owner(i, actor)) return *no;
  if (i.state != State::kClosed) return rule("incident.not_closed");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Reopened{c.reason}};
}

Facts decide(const Incident& i, const Incident& into, const Merge& c, const account::Actor& actor) {
  if (auto no = workable(i, actor)) return *no;
  if (into.id == i.id) return rule("incident.merge_self", "into");
  if (!into.exists()) return rule("incident.unknown", "into");
  if (into.state != State::kOpen) return rule("incident.merge_ended", "into");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Merged{into.id, into.holder(), c.reason}};
}

}  // namespace anlan::incident
