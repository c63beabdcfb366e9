#include "base/text.h"
#include "command/handlers.h"

namespace anlan::command {
namespace {

// An erased one, which nothing can be held against, is the same as any.
bool same_reporter(Unit& unit, const candidate::Candidate& before, const std::optional<std::string>& reporter) {
  if (!before.sealed || !reporter) return before.sealed.has_value() == reporter.has_value();
  const auto known = unit.vault().open(*before.sealed);
  return !known || *known == *reporter;
}

// What came before is answered again, whatever has become of it; something else under its name is not taken for it.
Handled repeated(Unit& unit, const std::string& known, candidate::Description d,
                 const std::optional<std::string>& reporter) {
  const auto& before = unit.get<candidate::Candidate>(known);
  if (d.origin == candidate::Origin::kApi) d.sent = before.description.sent;  // the moment of the request
  if (json::to_text(d) != json::to_text(before.description) || !same_reporter(unit, before, reporter))
    return refuse(RefusalKind::kConflict, "candidate.other_content", {}, {{"candidate", known}});
  return Made{200, known, "candidate/" + known, {}, true};
}

// Senders repeat themselves. `name`: the sender's own for it, empty where it has none. The id is fresh, so the stream
// need not be looked up.
Handled offer(Unit& unit, candidate::Offered offered, const std::string& source, const std::string& name,
              const std::optional<std::string>& reporter = {}) {
  const auto* own = unit.directory().organisations.organisation(unit.actor().organisation);
  if (!own || !own->active) return refuse(RefusalKind::kForbidden, "actor.no_organisation");
  if (!name.empty())
    if (const auto known = unit.made_of(source, name))
      return repeated(unit, *known, std::move(offered.description), reporter);
  const std::string id = unit.new_id();
  offered.organisation = unit.actor().organisation;
  if (reporter) {
    const auto sealed = unit.seal(*reporter);
    offered.sealed = sealed.sealed;
    offered.sealed_sm3 = sealed.sm3;
  }
  if (!name.empty()) unit.keep_made_of(source, name, id);
  unit.begins<candidate::Candidate>(id);
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

// An alert is named by sender, identifier and moment of sending (OASIS CAP 1.2 §3.2.1, references); an update or cancel
// has an identifier of its own. A moment of sending that lies ahead is the fault of the sender's clock, and no reason
// to lose an alert: nothing is counted from it.
Handled handle(Unit& unit, const candidate::Offer& c) {
  const candidate::Description& d = c.description;
  const std::string name = d.identifier ? d.sender + "," + *d.identifier + "," + to_rfc3339(d.sent) : std::string();
  return offer(unit, {{}, d, {}, {}}, "cap/" + unit.actor().organisation, name);
}

Handled handle(Unit& unit, const candidate::Intake& c) {
  if (auto no = incident::not_in_future(c.occurred_at, unit.now(), "occurred_at")) return *no;
  if (blank(c.headline)) return refuse(RefusalKind::kRule, "text.empty", "headline");
  if (c.type && !unit.reference().event_types.find(*c.type))
    return refuse(RefusalKind::kRule, "event_type.unknown", "type", {{"value", *c.type}});
  if (c.division && !unit.reference().divisions.find(*c.division))
    return refuse(RefusalKind::kRule, "division.unknown", "division", {{"value", *c.division}});
  return offer(unit, {{}, described(c, unit.actor(), unit.now()), {}, {}}, unit.actor().account + "/reference",
               c.reference.value_or(""), person_text(c.reporter_name, c.reporter_phone));
}

Handled handle(Unit& unit, const candidate::Dismiss& c) {
  if (auto no = unit.check_version("candidate/" + unit.target())) return *no;
  const auto facts = candidate::decide(unit.get<candidate::Candidate>(unit.target()), c, unit.actor());
  if (!facts.ok()) return facts.error();
  unit.add("candidate/" + unit.target(), *facts);
  return Made{200, unit.target(), "candidate/" + unit.target(), {}};
}

}  // namespace anlan::command
