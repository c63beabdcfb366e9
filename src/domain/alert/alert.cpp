#include "domain/alert/alert.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::alert {
namespace {

Refusal rule(std::string code, std::string field = {}, std::vector<std::pair<std::string, std::string>> values = {}) {
  return refuse(RefusalKind::kRule, std::move(code), std::move(field), std::move(values));
}

// Few say it for ever; one that does not say it is not in force for ever either.
Instant end_of(const Message& m) { return m.expires.value_or(m.sent + kUsualLife); }

// Of two forms the words differ, and the moments do not.
bool same_message(const Received& known, const Receive& c) {
  if (known.said == c.said) return true;
  const Message &a = known.message, &b = c.message;
  return a.form != b.form && a.sent == b.sent && a.kind == b.kind;
}

template <class Accept>
bool any_sighting(const Alert& a, const Accept& accept) {
  return accept(*a.received) || std::ranges::any_of(a.also_seen, accept);
}

// Whatever its bytes: whoever lays a message out anew each time must not use up what may be noted. Of those that count
// each certificate is worth to be known, since it may change what this one says.
bool is_seen(const Alert& a, const Receive& c) {
  return any_sighting(a, [&](const auto& s) {
    if (s.source != c.source || s.signature.verdict != c.signature.verdict) return false;
    return s.signature.trusted == c.signature.trusted &&
           (!c.signature.trusted || s.signature.certificate == c.signature.certificate);
  });
}

// The first of its source that counts; there are no more of these than sources, so they are noted without a bound.
bool is_first_trusted(const Alert& a, const Receive& c) {
  return c.signature.trusted &&
         !any_sighting(a, [&](const auto& s) { return s.signature.trusted && s.source == c.source; });
}

Refused refusal_of(const std::string& source, const std::string& sm3, const Message& m, Offence offence,
                   std::optional<std::string> detail = {}) {
  return {source, sm3, offence, std::move(detail), m.sender, m.identifier, m.headline};
}

// Told once of each way and content, and not without end: whoever forges must not be able to fill the journal.
Taken refused(const Alert& a, Refused fact) {
  const auto same = [&](const Refused& f) { return f.source == fact.source && f.sm3 == fact.sm3; };
  Taken taken{{}, fact.offence};
  if (a.offences.size() < kMostOffences && std::ranges::none_of(a.offences, same))
    taken.facts.push_back(std::move(fact));
  return taken;
}

// Whatever it was, it is over by what these say, if they count.
bool counts(const Alert& a, const std::set<Later>& later) {
  return std::ranges::any_of(later, [&](const Later& one) { return a.heeds(one); });
}

struct Applying {
  Alert& a;
  Instant at;

  // A second one takes the place of one that was not trusted.
  void operator()(const Received& f) {
    a.received = f;
    a.received_at = at;
    a.also_seen.clear();
  }
  void operator()(const AlsoSeen& f) { a.also_seen.push_back({f.source, f.sm3, f.signature}); }
  void operator()(const Updated& f) { a.updated.insert({f.by, f.trusted, f.source, f.certificate}); }
  void operator()(const Cancelled& f) { a.cancelled.insert({f.by, f.trusted, f.source, f.certificate}); }
  void operator()(const Refused& f) {
    a.offences.push_back(f);
    a.offended_at.push_back(at);
  }
  void operator()(const Used& f) { a.warnings.push_back(f.warning); }
  void operator()(const Dismissed& f) { a.dismissed = f.reason; }
};

// Of another organisation: unknown, the same as one that is not there.
std::optional<Refusal> unknown(const Alert& a, const account::Actor& actor) {
  if (a.exists() && a.organisation == actor.organisation) return std::nullopt;
  return refuse(RefusalKind::kNotFound, "alert.unknown");
}

}  // namespace

// By whichever way: on another one a signature may have been lost.
bool Alert::trusted() const {
  return received && any_sighting(*this, [](const auto& s) { return s.signature.trusted; });
}

bool Alert::heeds(const Later& later) const {
  if (!trusted()) return true;
  return later.trusted && any_sighting(*this, [&](const auto& s) {
           const auto& certificate = s.signature.certificate;
           return s.signature.trusted &&
                  (s.source == later.source || (certificate && certificate == later.certificate));
         });
}

bool Alert::came_as(std::string_view sm3) const {
  const auto same = [&](const auto& one) { return one.sm3 == sm3; };
  return (received && same(*received)) || std::ranges::any_of(also_seen, same) || std::ranges::any_of(offences, same);
}

State Alert::state() const {
  if (!received) return State::kRefused;
  if (received->message.kind == Kind::kCancel || counts(*this, cancelled)) return State::kCancelled;
  return counts(*this, updated) ? State::kUpdated : State::kInForce;
}

State Alert::state_at(Instant now) const {
  const State known = state();
  return known == State::kInForce && ends() <= now ? State::kExpired : known;
}

Instant Alert::ends() const { return received ? end_of(received->message) : Instant{}; }

Handling Alert::handling() const {
  if (!warnings.empty()) return Handling::kUsed;
  return dismissed ? Handling::kDismissed : Handling::kNew;
}

std::vector<std::string> Alert::successors() const {
  std::set<std::string> found;
  for (const auto* later : {&updated, &cancelled})
    for (const Later& one : *later)
      if (heeds(one)) found.insert(one.by);
  return {found.begin(), found.end()};
}

void apply(Alert& a, const Fact& fact, Instant at) { std::visit(Applying{a, at}, fact); }

// Level by severity, and none for what is not to come.
std::optional<Colour> colour_of(std::string_view severity, std::string_view urgency, std::string_view certainty) {
  if (urgency == "Past" || certainty == "Unlikely") return std::nullopt;
  if (severity == "Extreme") return Colour::kRed;
  if (severity == "Severe") return Colour::kOrange;
  if (severity == "Moderate") return Colour::kYellow;
  if (severity == "Minor") return Colour::kBlue;
  return std::nullopt;
}

// Whether it may come in at all, then whether it is known, then whether it says the same as what is known. Of two forms
// of one message that which is signed is kept, and beside it that the other came. One that nobody vouches for gives way
// to one that somebody does, and is noted as what it was: perhaps a forgery that came first.
Outcome<Taken> decide(const Alert& a, const Receive& c, const std::string& organisation, bool real, Instant now) {
  if (real && c.message.status != "Actual") return rule("alert.not_actual", {}, {{"value", c.message.status}});
  if (c.offence) return refused(a, refusal_of(c.source, c.sm3, c.message, *c.offence, c.signature.fault));
  const Received fact{organisation, c.source, c.sm3, c.said, c.signature, c.message};
  if (!a.received) {
    if (c.message.kind == Kind::kAlert && end_of(c.message) <= now) return rule("alert.expired");
    return Taken{{fact}, {}};
  }
  if (same_message(*a.received, c)) {
    if (c.message.form != a.received->message.form && c.signature.trusted && !a.trusted())
      return Taken{{fact, AlsoSeen{a.received->source, a.received->sm3, a.received->signature}}, {}};
    if (is_seen(a, c) || (a.also_seen.size() >= kMostSightings && !is_first_trusted(a, c))) return Taken{};
    return Taken{{AlsoSeen{c.source, c.sm3, c.signature}}, {}};
  }
  if (a.trusted() || !c.signature.trusted)
    return refused(a, refusal_of(c.source, c.sm3, c.message, Offence::kOtherContent));
  const Received& known = *a.received;
  return Taken{{refusal_of(known.source, known.sm3, known.message, Offence::kOtherContent), fact}, {}};
}

// Known whether or not the earlier one has come: its stream bears its name either way.
std::optional<Fact> succession(const Alert& earlier, const Receive& later) {
  Later said{later.id, later.signature.trusted, {}, {}};
  if (said.trusted) said.source = later.source, said.certificate = later.signature.certificate;
  if (later.message.kind == Kind::kUpdate && !earlier.updated.contains(said))
    return Updated{said.by, said.trusted, said.source, said.certificate};
  if (later.message.kind == Kind::kCancel && !earlier.cancelled.contains(said))
    return Cancelled{said.by, said.trusted, said.source, said.certificate};
  return std::nullopt;
}

Facts decide(const Alert& a, const Dismiss& c, const account::Actor& actor) {
  if (auto no = unknown(a, actor)) return *no;
  if (a.handling() == Handling::kDismissed) return rule("alert.dismissed");
  if (blank(c.reason)) return rule("text.empty", "reason");
  return std::vector<Fact>{Dismissed{c.reason}};
}

Facts decide_use(const Alert& a, const account::Actor& actor, const std::string& warning) {
  if (auto no = unknown(a, actor)) return *no;
  return std::vector<Fact>{Used{warning}};
}

}  // namespace anlan::alert
