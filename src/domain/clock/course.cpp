// How the clocks follow what becomes of an incident after it was learnt of.

#include "domain/clock/clock.h"
#include "domain/clock/leg.h"

namespace anlan::clock {
namespace {

// One clock a leg: the new one takes the place of what pends.
void replace(std::vector<Fact>& facts, const Clock* last, Started next, const std::string& why) {
  if (last && last->pending()) facts.push_back(Released{last->started.clock, why});
  facts.push_back(std::move(next));
}

// The clock goes on under its own rule and moments, with the reason for its delay: a lapse stays one.
void carry(std::vector<Fact>& facts, const Clock& clock, const std::string& incident, const NewId& new_id) {
  Started carried = clock.started;
  carried.clock = new_id();
  carried.incident = incident;
  facts.push_back(carried);
  if (clock.reason) facts.push_back(Explained{carried.clock, *clock.reason});
}

// Whether a rule that now applies may take the place of the leg's clock: one that was started under it stays as it was.
bool may_replace(const Clock& last, const Rule& rule) { return last.pending() && last.started.rule.id != rule.id; }

// The clock as it would have started, had the times been known as they are known now.
std::optional<Started> timed_anew(const Clock& clock, const Situation& s, const NewId& new_id) {
  if (!clock.pending() || !counts_from_incident(clock.started.basis)) return std::nullopt;
  const Beginning from = beginning(clock.started.basis, s);
  if (clock.started.starts_at == from.at && clock.started.assumed == from.assumed) return std::nullopt;
  Started next = clock.started;
  next.clock = new_id();
  next.starts_at = from.at;
  next.due_at = from.at + Minutes{next.rule.minutes};
  next.assumed = from.assumed;
  return next;
}

// A follow-up is owed after a written report, whichever rule asked for that.
bool reported(const Clocks& clocks) {
  const Clock* written = last_of(clocks, Leg::kWritten);
  return written && written->state == State::kMet;
}

// With what was left of its time when it was released: ending and resuming wins none.
Started going_on(const Clock& clock, Instant now, const NewId& new_id) {
  Started next = clock.started;
  const auto idle = now - clock.released_at.value_or(now);
  next.clock = new_id();
  next.basis = Basis::kResumed;
  next.starts_at += idle;
  next.due_at += idle;
  return next;
}

// Whether what met the clock of the ended incident, `there`, was in time for the one that pends here. A final report
// ended that incident alone, and another rule asks for another report.
bool reported_in_time(const Clock& here, const Clock& there) {
  return here.pending() && !here.overdue_at && there.met && here.started.leg != Leg::kFinal &&
         here.started.rule.id == there.started.rule.id && counts_from_incident(here.started.basis) &&
         there.met->at <= here.started.due_at;
}

}  // namespace

std::vector<Fact> on_corrected(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules, Instant now,
                               const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Clock* last = last_of(clocks, leg);
    auto next = last ? timed_anew(*last, s, new_id) : std::nullopt;
    const Rule* rule = strictest(rules, s, leg, now);
    if (rule && counts_from_incident(rule->starts_at) && (!last || may_replace(*last, *rule))) {
      auto asked = start(*rule, s, beginning(rule->starts_at, s), new_id);
      if (!last || asked.due_at < (next ? next->due_at : last->started.due_at)) next = std::move(asked);
    }
    if (next) replace(facts, last, std::move(*next), "corrected");
  }
  return facts;
}

std::vector<Fact> on_graded(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules, Instant now,
                            const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Rule* rule = strictest(rules, s, leg, now);
    if (!rule) continue;
    auto asked = start(*rule, s, {now, Basis::kGraded, false}, new_id);
    const Clock* last = last_of(clocks, leg);
    const bool fresh = !last && (counts_from_incident(rule->starts_at) ||
                                 (rule->starts_at == Basis::kPreviousReport && reported(clocks)));
    if (fresh || (last && may_replace(*last, *rule) && asked.due_at < last->started.due_at))
      replace(facts, last, std::move(asked), "graded");
  }
  return facts;
}

std::vector<Fact> on_resumed(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules, Instant now,
                             const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Clock* last = last_of(clocks, leg);
    if (last && last->released == "handed_over") continue;
    const bool repeats = leg == Leg::kFollowUp || leg == Leg::kFinal;
    const bool after_final = repeats && last && (last->state == State::kMet || last->released == "final_report");
    if (last && last->state == State::kReleased && !after_final) {
      if (last->overdue_at)
        carry(facts, *last, s.incident, new_id);
      else if (last->released != "merged")
        facts.push_back(going_on(*last, now, new_id));
      continue;
    }
    const bool over = last ? after_final : leg == Leg::kFinal && reported(clocks);
    const Rule* rule = over ? strictest(rules, s, leg, now) : nullptr;
    if (rule) facts.push_back(start(*rule, s, {now, Basis::kResumed, false}, new_id));
  }
  return facts;
}

std::vector<Fact> on_taken_over(const Clocks& clocks, const Situation& s, const std::vector<Rule>& rules, Instant now,
                                bool owner, const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Clock* last = last_of(clocks, leg);
    if (last && last->released == "handed_over") {
      if (last->overdue_at)
        carry(facts, *last, s.incident, new_id);
      else
        facts.push_back(going_on(*last, now, new_id));
      continue;
    }
    const Rule* rule = owner && !last ? strictest(rules, s, leg, now) : nullptr;
    if (rule && counts_from_incident(rule->starts_at))
      facts.push_back(start(*rule, s, {now, Basis::kTakenOver, false}, new_id));
  }
  return facts;
}

std::vector<Fact> on_merged(const Clocks& clocks, const Clocks& ended, const Situation& s,
                            const std::vector<Rule>& rules, Instant now, const NewId& new_id) {
  std::vector<Fact> facts;
  for (const auto& [leg, name] : names_of(Leg{})) {
    const Clock* here = last_of(clocks, leg);
    const Clock* there = last_of(ended, leg);
    const Rule* rule = here ? nullptr : strictest(rules, s, leg, now);
    const bool from_incident = rule && counts_from_incident(rule->starts_at);
    if (there && there->pending()) {
      if (here && !(here->pending() && there->started.due_at < here->started.due_at)) continue;
      auto asked = from_incident ? std::optional(start(*rule, s, beginning(rule->starts_at, s), new_id)) : std::nullopt;
      if (here) facts.push_back(Released{here->started.clock, "merged"});
      if (asked && asked->due_at < there->started.due_at)
        facts.push_back(std::move(*asked));
      else
        carry(facts, *there, s.incident, new_id);
    } else if (here && there && reported_in_time(*here, *there)) {
      facts.push_back(Released{here->started.clock, "merged"});
    } else if (rule && leg == Leg::kFollowUp && reported(ended)) {
      facts.push_back(start(*rule, s, {now, Basis::kResumed, false}, new_id));
    } else if (from_incident && !there) {
      facts.push_back(start(*rule, s, beginning(rule->starts_at, s), new_id));
    }
  }
  return facts;
}

}  // namespace anlan::clock
