#include "domain/candidate/candidate.h"

#include "base/text.h"

namespace anlan::candidate {
namespace {

// Of another organisation: unknown, the same as one that is not there.
std::optional<Refusal> waiting(const Candidate& c, const account::Actor& actor) {
  if (!c.exists() || c.organisation != actor.organisation) return refuse(RefusalKind::kNotFound, "candidate.unknown");
  if (c.state != State::kWaiting) return refuse(RefusalKind::kRule, "candidate.settled");
  return std::nullopt;
}

}  // namespace

void apply(Candidate& c, const Fact& fact, Instant at) {
  if (const auto* offered = std::get_if<Offered>(&fact)) {
    c.organisation = offered->organisation;
    c.description = offered->description;
    c.sealed = offered->sealed;
    c.sealed_sm3 = offered->sealed_sm3;
    c.received_at = at;
  } else if (const auto* adopted = std::get_if<Adopted>(&fact)) {
    c.state = State::kAdopted;
    c.incident = adopted->incident;
  } else if (const auto* dismissed = std::get_if<Dismissed>(&fact)) {
    c.state = State::kDismissed;
    c.reason = dismissed->reason;
  }
}

Facts decide(const Candidate& c, const Dismiss& command, const account::Actor& actor) {
  if (auto no = waiting(c, actor)) return *no;
  if (blank(command.reason)) return refuse(RefusalKind::kRule, "text.empty", "reason");
  return std::vector<Fact>{Dismissed{command.reason}};
}

Facts decide_adoption(const Candidate& c, const account::Actor& actor, const std::string& incident) {
  if (auto no = waiting(c, actor)) return *no;
  if (c.description.exercise) return refuse(RefusalKind::kRule, "candidate.exercise", "candidate");
  return std::vector<Fact>{Adopted{incident}};
}

}  // namespace anlan::candidate
