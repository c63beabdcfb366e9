#pragma once
// Taking over the desk. Source: facts of the field, docs/glossary.md 值班.

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/duty/facts.h"

namespace anlan::duty {

// Replaces the whole shift at once: the desk is never half taken over.
struct TakeOver {
  static constexpr std::string_view kName = "duty.take_over";
  std::string chief, leader;
  std::optional<std::string> deputy;
  static constexpr auto fields = std::tuple{field("chief", &TakeOver::chief), field("leader", &TakeOver::leader),
                                            field("deputy", &TakeOver::deputy)};
};

// `at`: when the fact was recorded, the start of the shift.
void apply(Shift&, const Fact&, Instant at);

// The caller has checked that the people exist and belong to the actor's organisation.
Outcome<std::vector<Fact>> decide(const TakeOver&, const account::Actor&);

}  // namespace anlan::duty
