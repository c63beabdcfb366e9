#include "domain/clock/clock.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "domain/clock/leg.h"

namespace anlan::clock {
namespace {

// What each fact makes of its clock.
struct Applier {
  Clocks& clocks;
  Instant at;

  Clock& of(const std::string& id) {
    Clock* clock = clocks.find(id);
    ANLAN_ASSERT(clock);
    return *clock;
  }
  void operator()(const Started& f) {
    Clock clock;
    clock.started = f;
    clocks.items.push_back(std::move(clock));
  }
  void operator()(const Reminded& f) { of(f.clock).reminded = f.percent; }
  void operator()(const Overdue& f) {
    Clock& clock = of(f.clock);
    clock.state = State::kOverdue;
    clock.leader = f.leader;
    clock.overdue_at = at;
  }
  void operator()(const Met& f) {
    of(f.clock).state = State::kMet;
    of(f.clock).met = f;
  }
  void operator()(const Released& f) {
    of(f.clock).state = State::kReleased;
    of(f.clock).released = f.why;
    of(f.clock).released_at = at;
  }
  void operator()(const Explained& f) { of(f.clock).reason = f.reason; }
};

// `kind` absent: a report by telephone.
bool satisfies(std::optional<report::Kind> kind, SatisfiedBy wanted) {
  if (!kind) return wanted == SatisfiedBy::kPhoneReport;
  switch (wanted) {
    case SatisfiedBy::kPhoneReport:
      return false;
    case SatisfiedBy::kWrittenReport:
      return true;
    case SatisfiedBy::kFollowUp:
      return *kind != report::Kind::kFirst;
    case SatisfiedBy::kFinalReport:
      return *kind == report::Kind::kFinal;
    case SatisfiedBy::kVerifiedReport:
      return *kind == report::Kind::kVerified || *kind == report::Kind::kFinal;
  }
  return false;
}

// Lateness counts from the moment the duty was done, not from when it was noted.
Met meet(const Clock& clock, const std::string& by, Instant at, const Proof& proof) {
  const auto late = std::chrono::ceil<std::chrono::seconds>(at - clock.started.due_at).count();
  return {clock.started.clock, by, at, std::max<std::int64_t>(late, 0), proof};
}

}  // namespace

bool Clocks::handed_over() const {
  return std::ranges::any_of(items, [](const Clock& c) { return c.released == "handed_over"; }) &&
         std::ranges::none_of(items, &Clock::pending);
}

// Some dozen clocks at most.
const Clock* Clocks::find(const std::string& id) const {
  for (const Clock& clock : items)
    if (clock.started.clock == id) return &clock;
  return nullptr;
}

Clock* Clocks::find(const std::string& id) { return const_cast<Clock*>(std::as_const(*this).find(id)); }

void apply(Clocks& clocks, const Fact& fact, Instant at) { std::visit(Applier{clocks, at}, fact); }

bool fits(const Clocks& clocks, const std::string& incident, const std::string& organisation, const Fact& fact) {
  const bool known = std::visit([&](const auto& f) { return clocks.find(f.clock) != nullptr; }, fact);
  const auto* started = std::get_if<Started>(&fact);
  if (!started) return known;
  return !known && !started->clock.empty() && started->incident == incident && started->organisation == organisation &&
         started->starts_at <= started->due_at;
}

std::vector<Fact> on_learnt(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules, Instant now,
                            const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Rule* rule = last_of(clocks, leg) ? nullptr : strictest(rules, s, leg, now);
    if (rule && counts_from_incident(rule->starts_at))
      facts.push_back(start(*rule, s, beginning(rule->starts_at, s), new_id));
  }
  return facts;
}

std::vector<Fact> on_requested(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules, Instant now,
                               const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Rule* rule = strictest(rules, s, leg, now);
    const Clock* last = last_of(clocks, leg);
    if (rule && rule->starts_at == Basis::kRequest && !(last && last->pending()))
      facts.push_back(start(*rule, s, {now, Basis::kRequest, false}, new_id));
  }
  return facts;
}

std::vector<Fact> on_reported(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules,
                              const std::string& to, std::optional<report::Kind> kind, const std::string& by,
                              Instant at, const Proof& proof, const NewId& new_id) {
  std::vector<Fact> facts;
  const bool final_report = kind == report::Kind::kFinal;
  bool follow_up_pends = false;
  for (const Clock& clock : clocks.items) {
    if (!clock.pending() || (clock.started.to != to && s.superior != to)) continue;
    if (satisfies(kind, clock.started.satisfied_by))
      facts.push_back(meet(clock, by, at, proof));
    else if (final_report)
      facts.push_back(Released{clock.started.clock, "final_report"});
    else
      follow_up_pends = follow_up_pends || clock.started.leg == Leg::kFollowUp;
  }
  const bool goes_on = kind && !final_report && !follow_up_pends && s.superior.value_or(to) == to;
  const Rule* next = goes_on ? strictest(rules, s, Leg::kFollowUp, at) : nullptr;
  if (next && next->starts_at == Basis::kPreviousReport)
    facts.push_back(start(*next, s, {at, Basis::kPreviousReport, false}, new_id));
  return facts;
}

std::vector<Fact> on_ended(const Clocks& clocks, const std::string& why) {
  std::vector<Fact> facts;
  for (const Clock& clock : clocks.items)
    if (clock.pending()) facts.push_back(Released{clock.started.clock, why});
  return facts;
}

// Looks at each clock once and says the latest step that has passed.
std::vector<Fact> on_time(const Clocks& clocks, const std::string& leader_on_duty, Instant now) {
  std::vector<Fact> facts;
  for (const Clock& clock : clocks.items) {
    if (clock.state != State::kRunning) continue;
    if (now >= clock.started.due_at) {
      facts.push_back(
          Overdue{clock.started.clock, leader_on_duty.empty() ? std::nullopt : std::optional(leader_on_duty)});
      continue;
    }
    int passed = 0;  // a node that slept says the last step only
    for (const int percent : kReminders)
      if (now >= moment_of(clock.started.starts_at, clock.started.due_at, percent)) passed = percent;
    if (passed > clock.reminded) facts.push_back(Reminded{clock.started.clock, passed});
  }
  return facts;
}

std::optional<Instant> next_moment(const Clock& clock) {
  if (clock.state != State::kRunning) return std::nullopt;
  return next_moment(clock.started.starts_at, clock.started.due_at, clock.reminded);
}

Outcome<std::vector<Fact>> decide(const Clocks& clocks, const std::string& id, const Explain& c) {
  const Clock* clock = clocks.find(id);
  if (!clock) return refuse(RefusalKind::kNotFound, "clock.unknown");
  if (blank(c.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  const bool late = clock->met ? clock->met->late_s > 0 : clock->overdue_at.has_value();
  if (!late) return refuse(RefusalKind::kRule, "clock.not_late");
  return std::vector<Fact>{Explained{id, c.reason}};
}

}  // namespace anlan::clock
