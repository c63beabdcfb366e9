#include "domain/callout/callout.h"

#include <algorithm>
#include <map>

#include "base/mutation.h"
#include "base/text.h"

namespace anlan::callout {
namespace {

Minutes limit_of(const Callout& c) { return Minutes{c.opened.limit_min}; }

std::int64_t count(const Callout& c) { return static_cast<std::int64_t>(c.standings.size()); }

bool has(const Callout& c, std::int64_t place, std::int64_t callee) {
  return place >= 0 && place < count(c) && callee >= 0 &&
         callee < static_cast<std::int64_t>(c.opened.places[static_cast<std::size_t>(place)].callees.size());
}

bool may_answer(const Callout& c, std::int64_t place, std::optional<std::int64_t> callee) {
  return callee ? has(c, place, *callee) : place >= 0 && place < count(c);
}

Standing& at(Callout& c, std::int64_t place) { return c.standings[static_cast<std::size_t>(place)]; }
const Standing& at(const Callout& c, std::int64_t place) { return c.standings[static_cast<std::size_t>(place)]; }

// For the node, which calls on. One that all were called of waits for nobody, though an answer is still taken.
bool waits(const Standing& s) { return (!s.answered || ANLAN_PLANTED("called after the answer")) && !s.unanswered; }

bool waits_for_decision(const Callout& c) { return c.opened.decide_by && !c.decided && !c.undecided; }

// Numbers that name nobody are passed over: a fact of a later release may hold what this one does not know.
struct Applying {
  Callout& callout;
  const Stamp& stamp;

  void operator()(const Opened& f) {
    auto earlier = std::move(callout.earlier);
    if (callout.exists())
      earlier.push_back({callout.opened_at, std::move(callout.opened.places), std::move(callout.standings)});
    callout = {};
    callout.earlier = std::move(earlier);
    callout.opened = f;
    callout.opened_at = stamp.at;
    for (const Place& place : f.places) callout.standings.emplace_back().unanswered = place.callees.empty();
  }
  void operator()(const Called& f) {
    if (has(callout, f.place, f.callee))
      at(callout, f.place).calls.push_back({f.callee, f.way, stamp.at, stamp.sequence});
  }
  void operator()(const Answered& f) {
    if (!may_answer(callout, f.place, f.callee)) return;
    Standing& s = at(callout, f.place);
    s.answered = f;
    s.answered_at = stamp.at;
    s.answered_by = stamp.by;
  }
  void operator()(const Unanswered& f) {
    if (f.place >= 0 && f.place < count(callout)) at(callout, f.place).unanswered = true;
  }
  void operator()(const LinkRevoked& f) {
    if (has(callout, f.place, f.callee)) at(callout, f.place).revoked.push_back(f.callee);
  }
  void operator()(const Decided& f) {
    callout.decided = f;
    callout.decided_at = stamp.at;
  }
  void operator()(const Undecided&) { callout.undecided = true; }
  void operator()(const Closed&) { callout.closed = true; }
};

bool has_time(const Callout& c, const Call& last, Instant now) {
  return now < last.at + limit_of(c) && last.at <= now + kClockSlack;
}

// The last that the node itself has called; those whom a desk called beside count for nothing.
const Call* last_sent(const Standing& s) {
  const auto found = std::ranges::find(s.calls.rbegin(), s.calls.rend(), Way::kMessage, &Call::way);
  return found == s.calls.rend() ? nullptr : &*found;
}

std::optional<Refusal> fault(const Callout& c, bool named) {
  if (!c.exists()) return refuse(RefusalKind::kNotFound, "callout.unknown");
  if (c.closed) return refuse(RefusalKind::kRule, "callout.closed");
  if (!named) return refuse(RefusalKind::kRule, "callout.no_place", "callee");
  return std::nullopt;
}

std::optional<Refusal> fault(const Callout& c, bool named, std::int64_t place, Way way) {
  if (auto no = fault(c, named)) return no;
  if (way == Way::kMessage) return refuse(RefusalKind::kRule, "callout.by_message", "way");
  if (at(c, place).answered) return refuse(RefusalKind::kRule, "callout.answered", "place");
  return std::nullopt;
}

}  // namespace

std::optional<Instant> Callout::next_due() const {
  if (closed || !exists()) return std::nullopt;
  std::optional<Instant> next;
  const auto take = [&](Instant moment) { next = next ? std::min(*next, moment) : moment; };
  for (const Standing& s : standings)
    if (waits(s)) take(last_sent(s) ? last_sent(s)->at + limit_of(*this) : opened_at);
  if (waits_for_decision(*this)) take(*opened.decide_by);
  return next;
}

void apply(Callout& callout, const Fact& fact, const Stamp& stamp) { std::visit(Applying{callout, stamp}, fact); }

std::vector<Result> results(const Callout& callout) {
  std::map<std::string, Result> all;
  const auto add = [&](Instant opened_at, const std::vector<Place>& places, const std::vector<Standing>& standings) {
    for (std::size_t i = 0; i < standings.size(); ++i) {
      const Standing& s = standings[i];
      Result& result = all[places[i].division];
      result.division = places[i].division;
      result.unanswered = !s.answered && s.unanswered && !result.answered;
      if (!s.answered) continue;
      if (!result.answered) std::tie(result.opened_at, result.answered_at) = std::pair(opened_at, s.answered_at);
      result.answered = true;
      result.act = s.answered->act;
    }
  };
  for (const Round& round : callout.earlier) add(round.opened_at, round.places, round.standings);
  add(callout.opened_at, callout.opened.places, callout.standings);
  std::vector<Result> found;
  for (auto& [division, result] : all) found.push_back(std::move(result));
  return found;
}

// What the node decides by its clock is its own affair; here only that numbers name somebody.
bool fits(const Callout& callout, const std::string& warning, const std::string& organisation, const Fact& fact,
          bool first) {
  const auto* opened = std::get_if<Opened>(&fact);
  if (opened) return opened->warning == warning && opened->organisation == organisation;
  if (first) return false;
  const auto known = [&](const auto& f) { return has(callout, f.place, f.callee); };
  if (const auto* f = std::get_if<Called>(&fact)) return known(*f);
  if (const auto* f = std::get_if<Answered>(&fact)) return may_answer(callout, f->place, f->callee);
  if (const auto* f = std::get_if<LinkRevoked>(&fact)) return known(*f);
  if (const auto* f = std::get_if<Unanswered>(&fact)) return f->place >= 0 && f->place < count(callout);
  return true;
}

std::vector<Fact> decide(const Callout& callout, const Opened& opened) {
  if (callout.exists() && callout.opened.warning_version >= opened.warning_version) return {};
  if (callout.exists() && ANLAN_PLANTED("a new version calls nobody")) return {};
  std::vector<Fact> facts{opened};
  for (std::size_t place = 0; place < opened.places.size(); ++place)
    if (!opened.places[place].callees.empty())
      facts.emplace_back(Called{static_cast<std::int64_t>(place), 0, Way::kMessage});
  if (opened.places.empty() && !opened.decide_by) facts.emplace_back(Closed{});
  return facts;
}

// One step of each place at a time, however long the node was down: whom it calls now has the whole limit.
std::vector<Fact> decide_due(const Callout& callout, bool over, Instant now) {
  if (!callout.exists() || callout.closed) return {};
  if (over && !ANLAN_PLANTED("calling goes on")) return {Closed{}};
  std::vector<Fact> facts;
  for (std::int64_t place = 0; place < count(callout); ++place) {
    const Standing& s = at(callout, place);
    const Call* last = last_sent(s);
    if (!waits(s) || (last && has_time(callout, *last, now))) continue;
    const std::int64_t next = last ? last->callee + 1 : 0;
    if (has(callout, place, next))
      facts.emplace_back(Called{place, next, Way::kMessage});
    else
      facts.emplace_back(Unanswered{place});
  }
  if (waits_for_decision(callout) && *callout.opened.decide_by <= now) facts.emplace_back(Undecided{});
  return facts;
}

Facts decide(const Callout& callout, const NoteCall& c) {
  if (auto no = fault(callout, has(callout, c.place, c.callee), c.place, c.way)) return *no;
  return std::vector<Fact>{Called{c.place, c.callee, c.way}};
}

// Anybody of the place may have answered, whoever was called last.
Facts decide(const Callout& callout, const NoteAnswer& c) {
  if (auto no = fault(callout, may_answer(callout, c.place, c.callee), c.place, c.way)) return *no;
  if (blank(c.action)) return refuse(RefusalKind::kRule, "text.empty", "action");
  return std::vector<Fact>{Answered{c.place, c.callee, c.way, c.action, c.act}};
}

Facts decide(const Callout& callout, const RevokeLink& c) {
  if (auto no = fault(callout, has(callout, c.place, c.callee))) return *no;
  return std::vector<Fact>{LinkRevoked{c.place, c.callee}};
}

// By the sequence alone: whose link it is stands in the call, not in what the browser says.
const Call* call_of_link(const Callout& callout, std::int64_t sequence, std::int64_t* place, Instant now) {
  for (std::int64_t i = 0; i < count(callout); ++i)
    for (const Call& call : at(callout, i).calls) {
      if (call.sequence != sequence || call.way != Way::kMessage) continue;
      const bool revoked = std::ranges::find(at(callout, i).revoked, call.callee) != at(callout, i).revoked.end();
      if (callout.closed || revoked || now >= call.at + kLinkLife) return nullptr;
      *place = i;
      return &call;
    }
  return nullptr;
}

Facts decide_by_link(const Callout& callout, std::int64_t sequence, const std::string& action, Instant now,
                     std::optional<Act> act) {
  std::int64_t place = 0;
  const Call* call = call_of_link(callout, sequence, &place, now);
  if (!call) return refuse(RefusalKind::kRule, "callout.link_over");
  if (at(callout, place).answered) return refuse(RefusalKind::kRule, "callout.answered", "place");
  if (blank(action)) return refuse(RefusalKind::kRule, "text.empty", "action");
  return std::vector<Fact>{Answered{place, call->callee, Way::kMessage, action, act}};
}

Facts decide(const Callout& callout, const Decide& c, const account::Actor& actor) {
  if (!callout.exists()) return refuse(RefusalKind::kNotFound, "callout.unknown");
  if (callout.closed) return refuse(RefusalKind::kRule, "callout.closed");
  if (!callout.opened.decide_by || callout.decided) return refuse(RefusalKind::kRule, "callout.nothing_to_decide");
  if (!c.accepted && blank(c.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  return std::vector<Fact>{Decided{actor.person, c.accepted, c.reason}};
}

}  // namespace anlan::callout
