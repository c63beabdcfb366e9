#include "domain/duty/duty.h"

namespace anlan::duty {

// The whole shift is replaced; nobody is on duty by having been so before.
void apply(Shift& shift, const Fact& fact, Instant at) {
  const auto& f = std::get<TakenOver>(fact);
  shift = {f.organisation, f.chief, f.leader, f.deputy, at};
}

Outcome<std::vector<Fact>> decide(const TakeOver& c, const account::Actor& actor) {
  if (c.deputy == c.chief) return refuse(RefusalKind::kRule, "duty.same_person", "deputy");
  if (c.leader == c.chief || c.leader == c.deputy) return refuse(RefusalKind::kRule, "duty.same_person", "leader");
  return std::vector<Fact>{TakenOver{actor.organisation, c.chief, c.leader, c.deputy}};
}

}  // namespace anlan::duty
