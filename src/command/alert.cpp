#include "domain/alert/alert.h"

#include <algorithm>
#include <array>

#include "command/handlers.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& id) { return "alert/" + id; }

// Codes of other countries that look like those of ours.
bool is_foreign(const std::string& name) {
  constexpr std::array<std::string_view, 3> kNames{"SAME", "FIPS6", "FIPS"};
  return std::ranges::find(kNames, name) != kNames.end();
}

// Six digits of a county or nine of a town, of which others write twelve.
std::string shortened(std::string code) {
  if (code.size() == 12 && code.ends_with("000000")) code.resize(6);
  if (code.size() == 12 && code.ends_with("000")) code.resize(9);
  return code;
}

// What our tables know of it.
void complete(const Reference& reference, alert::Message& m, Instant now) {
  for (const alert::Code& code : m.area.geocodes) {
    const std::string division = shortened(code.value);
    if (is_foreign(code.name) || !reference.divisions.find(division)) continue;
    auto& known = m.area.divisions;
    if (std::ranges::find(known, division) == known.end()) known.push_back(division);
  }
  if (m.type && !reference.event_types.find(*m.type, now)) m.type.reset();
  if (!m.type)
    if (const std::string type = reference.alert_events.type_of(m); reference.event_types.find(type, now))
      m.type = type;
}

// One that was not known says so of those it refers to, also of those that have not come; seen once more it does where
// its signature says more now.
void follow(Unit& unit, const alert::Receive& c) {
  for (const alert::Reference& r : c.message.references) {
    if (r.alert == c.id) continue;
    if (const auto fact = alert::succession(unit.get<alert::Alert>(r.alert), c))
      unit.add(stream_of(r.alert), std::vector<alert::Fact>{*fact});
  }
}

}  // namespace

Handled handle(Unit& unit, const alert::Receive& asked) {
  const std::string& own = unit.actor().organisation;
  const auto* organisation = unit.directory().organisations.organisation(own);
  if (!organisation || !organisation->active) return refuse(RefusalKind::kForbidden, "actor.no_organisation");
  alert::Receive c = asked;
  complete(unit.reference(), c.message, unit.now());
  const auto taken = alert::decide(unit.get<alert::Alert>(c.id), c, own, unit.world() == kReal, unit.now());
  if (!taken.ok()) return taken.error();
  const bool known = taken->facts.empty();
  unit.add(stream_of(c.id), taken->facts);
  if (taken->offence) {
    const std::string offence(anlan::name_of(*taken->offence));
    return Made{409, c.id, stream_of(c.id), {{"offence", offence}}, known};
  }
  follow(unit, c);
  return Made{known ? 200 : 201, c.id, stream_of(c.id), {}, known};
}

Handled handle(Unit& unit, const alert::Dismiss& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto facts = alert::decide(unit.get<alert::Alert>(unit.target()), c, unit.actor());
  if (!facts.ok()) return facts.error();
  unit.add(stream_of(unit.target()), *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

}  // namespace anlan::command
