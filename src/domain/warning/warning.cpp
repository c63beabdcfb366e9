#include "domain/warning/warning.h"

#include <algorithm>
#include <cmath>
#include <ranges>

#include "base/text.h"

namespace anlan::warning {
namespace {

// Degrees around the country, with its seas.
constexpr double kWest = 70, kEast = 140, kSouth = 0, kNorth = 56;

Refusal rule(std::string code, std::string field = {}, std::vector<std::pair<std::string, std::string>> values = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field), std::move(values));
}

bool is_near(LngLat p) { return p.lng >= kWest && p.lng <= kEast && p.lat >= kSouth && p.lat <= kNorth; }

bool is_ring(const Ring& ring) {
  return ring.size() >= 4 && ring.front() == ring.back() && std::ranges::all_of(ring, is_near);
}

bool is_circle(const Circle& circle) { return circle.radius_m > 0 && is_near(circle.center); }

// Of another organisation: unknown, the same as one that is not there.
std::optional<Refusal> open(const Warning& w, const account::Actor& actor) {
  if (!w.exists() || w.organisation != actor.organisation) return refuse(RefusalKind::kNotFound, "warning.unknown");
  if (w.over()) return rule("warning.over");
  return std::nullopt;
}

// What anybody would read must be there, and its time must lie ahead.
std::optional<Refusal> content_fault(const Content& c, Instant now) {
  const std::pair<const char*, const std::string*> texts[] = {{"content.headline", &c.headline},
                                                              {"content.description", &c.description},
                                                              {"content.instruction", &c.instruction}};
  for (const auto& [field, text] : texts)
    if (blank(*text)) return rule("text.empty", field);
  if (c.expires <= now) return rule("warning.expires_past", "content.expires");
  if (c.onset && *c.onset >= c.expires) return rule("warning.onset_late", "content.onset");
  return area_fault(c.area);
}

// What a prepared text leaves to fill in, and nobody has: it would be sent as it stands.
std::optional<Refusal> unfilled(const Content& c) {
  const std::pair<const char*, const std::string*> texts[] = {{"content.headline", &c.headline},
                                                              {"content.description", &c.description},
                                                              {"content.instruction", &c.instruction},
                                                              {"content.area.description", &c.area.description}};
  for (const auto& [field, text] : texts)
    for (const std::string_view blank : kBlanks)
      if (text->find(blank) != text->npos)
        return rule("warning.unfilled", field, {{"value", std::string(blank.substr(1, blank.size() - 2))}});
  return std::nullopt;
}

// The version that waits, if it is the one that was looked at.
Outcome<const Version*> waiting(const Warning& w, std::int64_t version) {
  const Version* pending = w.pending();
  if (!pending) return rule("warning.nothing_to_sign");
  if (pending->number != version)
    return refuse(RefusalKind::kConflict, "warning.version", "version", {{"current", std::to_string(pending->number)}});
  return pending;
}

struct Applying {
  Warning& w;
  Instant at;
  const std::string& by;

  void operator()(const Drafted& f) {
    w.organisation = f.organisation;
    w.versions.push_back({1, f.content, by, at, {}, {}, {}, {}, false});
  }
  void operator()(const Revised& f) { w.versions.push_back({f.version, f.content, by, at, {}, {}, {}, {}, false}); }
  void operator()(const Signed& f) {
    if (auto* v = version(f.version)) v->signatures.push_back({f.person, f.people, f.leader, at});
  }
  void operator()(const Declined& f) {
    if (auto* v = version(f.version)) v->declined = f;
  }
  void operator()(const Issued& f) {
    auto* v = version(f.version);
    if (!v) return;
    v->issued = f;
    v->issued_at = at;
    w.state = State::kIssued;
  }
  void operator()(const Cancelled& f) {
    w.cancelled = f;
    end(State::kCancelled);
  }
  void operator()(const Expired&) { end(State::kExpired); }
  void operator()(const Withdrawn& f) {
    if (!w.versions.empty()) w.versions.back().withdrawn = true;
    if (w.state != State::kDraft) return;
    w.withdrawn = f.reason;
    end(State::kWithdrawn);
  }

  void operator()(const Assessed& f) { w.assessed = f; }

  void end(State state) {
    w.state = state;
    w.ended_at = at;
  }
  Version* version(std::int64_t number) {
    return number >= 1 && number <= std::ssize(w.versions) ? &w.versions[static_cast<std::size_t>(number - 1)]
                                                           : nullptr;
  }
};

struct Fitting {
  const Warning& w;

  bool operator()(const Drafted&) { return false; }
  bool operator()(const Revised& f) { return !w.over() && f.version == std::ssize(w.versions) + 1; }
  bool operator()(const Signed& f) { return waits(f.version) && !w.pending()->signed_by(f.person); }
  bool operator()(const Declined& f) { return waits(f.version); }
  bool operator()(const Issued& f) {
    return waits(f.version) && !w.pending()->signatures.empty() && !w.pending()->content.area.empty();
  }
  bool operator()(const Cancelled&) { return w.state == State::kIssued; }
  bool operator()(const Expired&) { return w.state == State::kIssued; }
  bool operator()(const Withdrawn&) { return w.pending() != nullptr; }
  bool operator()(const Assessed&) { return w.over() && !w.issued().empty(); }

  bool waits(std::int64_t version) const { return w.pending() && w.pending()->number == version; }
};

}  // namespace

const SigningRule* Rules::signing(Colour colour, Instant at) const {
  for (const SigningRule& r : signings)
    if (r.valid.covers(at) && std::ranges::find(r.colours, colour) != r.colours.end()) return &r;
  return nullptr;
}

std::vector<const Template*> Rules::prepared(Instant at) const {
  std::vector<const Template*> found;
  for (const Template& t : templates)
    if (t.valid.covers(at)) found.push_back(&t);
  return found;
}

const CalloutRule* Rules::callout(const Content& content, Instant at) const {
  const auto is_of = [&](const std::string& event) { return content.type.starts_with(event); };
  for (const CalloutRule& r : callouts)
    if (r.valid.covers(at) && std::ranges::find(r.colours, content.colour) != r.colours.end() &&
        (r.events.empty() || std::ranges::any_of(r.events, is_of)))
      return &r;
  return nullptr;
}

const Reach* Rules::reach(std::string_view id) const {
  const auto found = std::ranges::find(reaches, id, &Reach::id);
  return found == reaches.end() ? nullptr : &*found;
}

bool Rules::complete(Area& area) const {
  if (!area.reach) return true;
  const Reach* named = reach(*area.reach);
  if (!named) return false;
  for (const Ring& ring : named->rings)
    if (std::ranges::find(area.rings, ring) == area.rings.end()) area.rings.push_back(ring);
  return true;
}

bool Version::signed_by(const std::string& person) const {
  return std::ranges::find(signatures, person, &Signature::person) != signatures.end();
}

std::vector<const Version*> Warning::issued() const {
  std::vector<const Version*> found;
  for (const Version& v : versions)
    if (v.issued) found.push_back(&v);
  return found;
}

const Version* Warning::in_force() const {
  const auto all = issued();
  return all.empty() ? nullptr : all.back();
}

const Version* Warning::pending() const {
  if (over() || versions.empty()) return nullptr;
  const Version& last = versions.back();
  return last.issued || last.withdrawn ? nullptr : &last;
}

void apply(Warning& w, const Fact& fact, Instant at, const std::string& by) { std::visit(Applying{w, at, by}, fact); }

bool fits(const Warning& w, const std::string& organisation, const Fact& fact, bool first) {
  if (const auto* drafted = std::get_if<Drafted>(&fact); first || drafted)
    return first && drafted && drafted->organisation == organisation && !area_fault(drafted->content.area);
  if (const auto* revised = std::get_if<Revised>(&fact); revised && area_fault(revised->content.area)) return false;
  return std::visit(Fitting{w}, fact);
}

std::optional<Refusal> area_fault(const Area& area) {
  if (!std::ranges::all_of(area.rings, is_ring)) return rule("warning.area_ring", "content.area.rings");
  if (!std::ranges::all_of(area.circles, is_circle)) return rule("warning.area_circle", "content.area.circles");
  return std::nullopt;
}

Facts decide(const Draft& c, const account::Actor& actor, Instant now) {
  if (auto no = content_fault(c.content, now)) return *no;
  return std::vector<Fact>{Drafted{actor.organisation, c.content}};
}

Facts decide(const Warning& w, const Revise& c, const account::Actor& actor, Instant now) {
  if (auto no = open(w, actor)) return *no;
  if (auto no = content_fault(c.content, now)) return *no;
  return std::vector<Fact>{Revised{std::ssize(w.versions) + 1, c.content}};
}

Facts decide(const Warning& w, const Sign& c, const account::Actor& actor, const SignedUnder& under, Instant now) {
  if (auto no = open(w, actor)) return *no;
  const auto found = waiting(w, c.version);
  if (!found.ok()) return found.error();
  const Version& v = **found;
  if (v.content.area.empty()) return rule("warning.no_area", "content.area");
  if (blank(v.content.area.description)) return rule("text.empty", "content.area.description");
  if (auto no = unfilled(v.content)) return *no;
  if (v.content.expires <= now) return rule("warning.expires_past", "content.expires");
  if (v.declined) return rule("warning.declined");
  if (v.signed_by(actor.person)) return rule("warning.signed_already");
  if (c.people != under.people)
    return refuse(RefusalKind::kConflict, "warning.people_changed", "people",
                  {{"current", std::to_string(under.people)}});
  if (!under.rule) return rule("warning.no_rule");
  const bool leader = actor.has(account::Role::kLeader);
  const bool last = std::ssize(v.signatures) + 1 >= under.rule->signatures;
  if (last && !under.gone.empty()) return rule("warning.signer_gone", {}, {{"person", under.gone}});
  if (last && !leader && std::ranges::none_of(v.signatures, &Signature::leader)) return rule("warning.needs_leader");
  std::vector<Fact> facts{Signed{v.number, actor.person, under.people, leader}};
  if (last) facts.push_back(Issued{v.number, under.identifier, under.rule->id, under.people, under.to});
  return facts;
}

Facts decide(const Warning& w, const Decline& c, const account::Actor& actor) {
  if (auto no = open(w, actor)) return *no;
  const auto found = waiting(w, c.version);
  if (!found.ok()) return found.error();
  if (blank(c.reason)) return rule("text.empty", "reason");
  if ((*found)->declined) return rule("warning.declined");
  return std::vector<Fact>{Declined{c.version, actor.person, c.reason}};
}

Facts decide(const Warning& w, const Cancel& c, const account::Actor& actor, const std::string& identifier) {
  if (auto no = open(w, actor)) return *no;
  if (w.state != State::kIssued) return rule("warning.not_issued");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Cancelled{identifier, actor.person, c.ending, c.reason}};
}

Facts decide(const Warning& w, const Withdraw& c, const account::Actor& actor) {
  if (auto no = open(w, actor)) return *no;
  if (!w.pending()) return rule("warning.nothing_to_sign");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Withdrawn{c.reason}};
}

// Something may come before its warning, which then was late; a week before it is another event.
Facts decide(const Warning& w, const Assess& c, const account::Actor& actor, Instant now) {
  constexpr std::chrono::hours kLongest{24 * 7};
  if (!w.exists() || w.organisation != actor.organisation) return refuse(RefusalKind::kNotFound, "warning.unknown");
  if (!w.over() || w.issued().empty()) return rule("warning.not_over");
  if (c.occurrence == Occurrence::kDidNot) return std::vector<Fact>{Assessed{c.occurrence, std::nullopt, c.note}};
  if (!c.observed_at) return rule("warning.no_moment", "observed_at");
  if (*c.observed_at > now || *c.observed_at < w.issued().front()->issued_at - kLongest)
    return rule("warning.moment", "observed_at");
  return std::vector<Fact>{Assessed{c.occurrence, c.observed_at, c.note}};
}

std::vector<Fact> decide_expiry(const Warning& w, Instant now) {
  if (w.state != State::kIssued || now < w.in_force()->content.expires) return {};
  return {Expired{}};
}

}  // namespace anlan::warning
