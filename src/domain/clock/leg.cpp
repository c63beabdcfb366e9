#include "domain/clock/leg.h"

namespace anlan::clock {
namespace {

// Kind, grade, level and validity must all fit; an empty prefix fits every kind.
bool applies(const Rule& rule, const Situation& s, Instant now) {
  return rule.from_level == s.level && s.event.starts_with(rule.event) &&
         grade::reaches(s.grade, rule.grade_at_least) && (!rule.valid_from || *rule.valid_from <= now) &&
         (!rule.valid_until || now < *rule.valid_until);
}

}  // namespace

const Rule* strictest(const std::vector<Rule>& rules, const Situation& s, Leg leg, Instant now) {
  const Rule* best = nullptr;
  for (const Rule& rule : rules)
    if (s.superior && rule.leg == leg && applies(rule, s, now) &&
        (!best || std::pair(rule.minutes, best->event.size()) < std::pair(best->minutes, rule.event.size())))
      best = &rule;
  return best;
}

Beginning beginning(Basis basis, const Situation& s) {
  if (basis == Basis::kLearnt) return {s.learnt_at, Basis::kLearnt, false};
  return {s.occurred_at.value_or(s.learnt_at), Basis::kEvent, !s.occurred_at};
}

Started start(const Rule& rule, const Situation& s, const Beginning& from, const NewId& new_id) {
  return {new_id(),
          s.incident,
          s.organisation,
          s.superior,
          rule.leg,
          {rule.id, rule.document, rule.clause, rule.minutes},
          from.basis,
          from.assumed,
          rule.satisfied_by,
          from.at,
          from.at + Minutes{rule.minutes}};
}

const Clock* last_of(const Clocks& clocks, Leg leg) {
  const Clock* last = nullptr;
  for (const Clock& clock : clocks.items)
    if (clock.started.leg == leg) last = &clock;
  return last;
}

}  // namespace anlan::clock
