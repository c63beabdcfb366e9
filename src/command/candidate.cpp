#include "base/text.h"
#include "command/handlers.h"

namespace anlan::command {
namespace {

// The id is fresh, so the stream need not be looked up.
Handled offer(Unit& unit, candidate::Offered offered) {
  const std::string id = unit.new_id();
  offered.organisation = unit.actor().organisation;
  unit.begins("candidate/" + id);
  unit.add("candidate/" + id, std::vector<candidate::Fact>{std::move(offered)});
  return Made{201, id, "candidate/" + id, {}};
}

// The sender is the key's name: what a caller says of itself proves nothing.
candidate::Description described(const candidate::Intake& c, const account::Actor& actor, Instant now) {
  candidate::Description d;
  d.origin = candidate::Origin::kApi;
  d.headline = c.headline;
  d.description = c.description;
  d.sender = actor.name;
  d.sent = now;
  d.type = c.type;
  d.division = c.division;
  d.address = c.address;
  d.reference = c.reference;
  d.point = c.point;
  d.occurred_at = c.occurred_at;
  return d;
}

}  // namespace

Handled handle(Unit& unit, const candidate::Offer& c) { return offer(unit, {{}, c.description, {}, {}}); }

Handled handle(Unit& unit, const candidate::Intake& c) {
  if (auto no = incident::not_in_future(c.occurred_at, unit.now(), "occurred_at")) return *no;
  if (blank(c.headline)) return refuse(RefusalKind::kRule, "text.empty", "headline");
  if (c.type && !unit.reference().event_types.find(*c.type))
    return refuse(RefusalKind::kRule, "event_type.unknown", "type", {{"value", *c.type}});
  if (c.division && !unit.reference().divisions.find(*c.division))
    return refuse(RefusalKind::kRule, "division.unknown", "division", {{"value", *c.division}});
  candidate::Offered offered{{}, described(c, unit.actor(), unit.now()), {}, {}};
  if (c.reporter_name || c.reporter_phone) {
    const auto sealed = unit.seal_person(c.reporter_name, c.reporter_phone);
    offered.sealed = sealed.sealed;
    offered.sealed_sm3 = sealed.sm3;
  }
  return offer(unit, std::move(offered));
}

Handled handle(Unit& unit, const candidate::Dismiss& c) {
  if (auto no = unit.check_version("candidate/" + unit.target())) return *no;
  const auto facts = candidate::decide(unit.get<candidate::Candidate>(unit.target()), c, unit.actor());
  if (!facts.ok()) return facts.error();
  unit.add("candidate/" + unit.target(), *facts);
  return Made{200, unit.target(), "candidate/" + unit.target(), {}};
}

}  // namespace anlan::command
