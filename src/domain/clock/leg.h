#pragma once
// How one leg's clock is started. Inside of domain/clock.

#include "domain/clock/clock.h"

namespace anlan::clock {

// From when a clock counts, and why from then.
struct Beginning {
  Instant at;
  Basis basis = Basis::kEvent;
  bool assumed = false;
};

// The strictest of the rules valid at `now` that apply to a leg, judged by its minutes and then by the longest event
// prefix. Null where none does, and where there is nobody to owe to.
const Rule* strictest(const std::vector<Rule>&, const Situation&, Leg, Instant now);

// Whether it counts from the event or from learning of it, so that it starts with the incident.
constexpr bool counts_from_incident(Basis basis) { return basis == Basis::kEvent || basis == Basis::kLearnt; }
// Of such a clock.
Beginning beginning(Basis, const Situation&);

// The rule is copied into the fact: it is frozen here.
Started start(const Rule&, const Situation&, const Beginning&, const NewId&);

// The latest clock of a leg, null where none was ever started. Valid until the next clock is added.
const Clock* last_of(const Clocks&, Leg);

}  // namespace anlan::clock
