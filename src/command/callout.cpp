#include "command/handlers.h"
#include "command/parties.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& id) { return "callout/" + id; }

const callout::Callout& target(Unit& unit) { return unit.get<callout::Callout>(unit.target()); }

Handled made(Unit& unit, const std::string& id, const callout::Facts& facts) {
  if (!facts.ok()) return facts.error();
  unit.add(stream_of(id), *facts);
  return Made{200, id, stream_of(id), {}};
}

// Others watch; there is nothing of theirs to do here.
template <class Command>
Handled by_caller(Unit& unit, const Command& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const callout::Callout& callout = target(unit);
  if (callout.exists() && callout.opened.organisation != unit.actor().organisation)
    return refuse(RefusalKind::kNotFound, "callout.unknown");
  if constexpr (requires { callout::decide(callout, c, unit.actor()); })
    return made(unit, unit.target(), callout::decide(callout, c, unit.actor()));
  else
    return made(unit, unit.target(), callout::decide(callout, c));
}

// The people as places, those of each together; they come by place. What is more than a fact may hold is cut off, which
// no city reaches: towns call their own villages. Before anybody is not called, places are let go that nobody can be
// called for.
std::vector<callout::Place> places_of(const std::vector<CalledPerson>& people) {
  constexpr std::size_t kMostOfPlace = 50;
  std::vector<callout::Place> places;
  for (const CalledPerson& one : people) {
    if (places.empty() || places.back().division != one.division) places.push_back({one.division, {}});
    auto& callees = places.back().callees;
    if (one.contact != 0 && callees.size() < kMostOfPlace) callees.push_back({one.contact, one.role});
  }
  if (places.size() > callout::kMostPlaces)
    std::erase_if(places, [](const callout::Place& place) { return place.callees.empty(); });
  if (places.size() > callout::kMostPlaces) places.resize(callout::kMostPlaces);
  return places;
}

// Whether it is for this organisation to say what is done in the area: the authority of a division below the issuer's
// that the area names, or lies in. Of several organisations of one division the first by id stands for it; departments
// beside it are told, and asked nothing.
bool decides(const Unit& unit, const warning::Area& area, const organisation::Organisation& o,
             const organisation::Organisation& issuer) {
  const auto& divisions = unit.reference().divisions;
  if (o.division == issuer.division || !divisions.inside(o.division, issuer.division)) return false;
  for (const auto& [id, other] : unit.directory().organisations.organisations)
    if (other.active && !other.external && other.division == o.division && id < o.id) return false;
  return std::ranges::any_of(area.divisions, [&](const std::string& one) {
    return divisions.inside(one, o.division) || divisions.inside(o.division, one);
  });
}

// Whether the callout is on a version that is not in force any more.
bool is_superseded(const callout::Callout& callout, const warning::Warning& w) {
  return callout.exists() && w.in_force() && callout.opened.warning_version < w.in_force()->number;
}

}  // namespace

Handled handle(Unit& unit, const BeginCallout& c) {
  const std::string id = unit.target() + "/" + c.organisation;
  const auto& w = unit.get<warning::Warning>(unit.target());
  const auto* version = w.in_force();
  const auto* organisation = unit.directory().organisations.organisation(c.organisation);
  const Made nothing{200, id, stream_of(id), {}};
  if (w.over() || !version || !organisation || !unit.is_here(c.organisation)) return nothing;
  const auto* rule = unit.reference().warning_rules.callout(version->content, unit.now());
  const auto& known = unit.get<callout::Callout>(id);
  if (!rule) return is_superseded(known, w) ? made(unit, id, callout::decide_due(known, true, unit.now())) : nothing;
  callout::Opened opened{unit.target(), c.organisation, version->number, rule->id, rule->limit_min, {}, {}, {}};
  opened.places = places_of(unit.callees(version->content.area, rule->roles, c.organisation));
  const auto* issuer = unit.directory().organisations.organisation(w.organisation);
  const bool concerned =
      !opened.places.empty() || (issuer && decides(unit, version->content.area, *organisation, *issuer));
  if (rule->decide_min > 0 && concerned && c.organisation != w.organisation)
    opened.decide_by = unit.now() + Minutes{rule->decide_min};
  opened.to = watching(unit, c.organisation, w.organisation);
  return made(unit, id, callout::decide(known, opened));
}

// A warning whose time is over ends the calling also before its issuer's word of it has come. On a version that a newer
// one has replaced nobody is called either, before the newer one's calling begins, if it does.
Handled handle(Unit& unit, const Escalate&) {
  const callout::Callout& callout = target(unit);
  const auto& w = unit.get<warning::Warning>(callout.opened.warning);
  const bool over =
      w.over() || is_superseded(callout, w) || (w.in_force() && w.in_force()->content.expires <= unit.now());
  return made(unit, unit.target(), callout::decide_due(callout, over, unit.now()));
}

Handled handle(Unit& unit, const AnswerLink& c) {
  return made(unit, unit.target(), callout::decide_by_link(target(unit), c.sequence, c.action, unit.now(), c.act));
}

Handled handle(Unit& unit, const callout::NoteCall& c) { return by_caller(unit, c); }
Handled handle(Unit& unit, const callout::NoteAnswer& c) { return by_caller(unit, c); }
Handled handle(Unit& unit, const callout::RevokeLink& c) { return by_caller(unit, c); }
Handled handle(Unit& unit, const callout::Decide& c) { return by_caller(unit, c); }

}  // namespace anlan::command
