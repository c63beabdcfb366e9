#include "domain/warning/warning.h"

#include <fmt/format.h>

#include <algorithm>

#include "command/drawn.h"
#include "command/handlers.h"
#include "command/parties.h"
#include "command/permissions.h"
#include "geo/polygon.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& id) { return "warning/" + id; }

const warning::Warning& target(Unit& unit) { return unit.get<warning::Warning>(unit.target()); }

// Facts of a change to the target, or the refusal.
Handled made(Unit& unit, const warning::Facts& facts) {
  if (!facts.ok()) return facts.error();
  unit.add(stream_of(unit.target()), *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

// GB/T 34283 and the messages of 12379: division, organisation, town, type of message, moment. Where a second one falls
// into the same second it is numbered. `kind`: 00.
std::string identifier_of(Unit& unit) {
  const auto* organisation = unit.directory().organisations.organisation(unit.actor().organisation);
  std::string division = organisation ? organisation->division : unit.reference().division;
  division.resize(9, '0');
  const ChinaTime t = china_time(unit.now());
  const std::string whole = fmt::format("{}000{}00_{:04}{:02}{:02}{:02}{:02}{:02}", division.substr(0, 6),
                                        division.substr(6), t.year, t.month, t.day, t.hour, t.minute, t.second);
  std::string identifier = whole;
  for (int n = 2; unit.made_of("warning/identifier", identifier); ++n) identifier = whole + "_" + std::to_string(n);
  return identifier;
}

// Those above and below that work on a node, in the order of their ids.
std::vector<std::string> told(const Unit& unit) {
  const auto& organisations = unit.directory().organisations;
  const std::string& own = unit.actor().organisation;
  std::vector<std::string> found;
  for (const auto& [id, o] : organisations.organisations)
    if (o.active && !o.external && (organisations.stands_above(own, id) || organisations.stands_above(id, own)))
      found.push_back(id);
  return found;
}

// The first by id of those that work here and whose division is the node's.
std::string own_organisation(const Unit& unit) {
  for (const auto& [id, o] : unit.directory().organisations.organisations)
    if (o.active && !o.external && o.division == unit.reference().division && unit.is_here(id)) return id;
  return {};
}

// Whether who has signed could sign the same today: a signature of somebody who was put out of office since, or whose
// account was, because a password was stolen perhaps, must not carry a warning.
bool counts(const Directory& directory, const std::string& organisation, const warning::Signature& s) {
  const auto* person = directory.organisations.person(s.person);
  if (!person || !person->active || person->organisation != organisation) return false;
  return std::ranges::any_of(directory.accounts, [&](const auto& entry) {
    const account::Account& a = entry.second;
    const bool leads = std::ranges::find(a.roles, account::Role::kLeader) != a.roles.end();
    return a.person == s.person && !a.disabled && (leads || !s.leader) && permitted(a.roles, warning::Sign::kName);
  });
}

// Name of the first signer whose signature does not.
std::string gone_signer(const Unit& unit, const std::string& organisation, const warning::Version& v) {
  for (const auto& signature : v.signatures) {
    if (counts(unit.directory(), organisation, signature)) continue;
    const auto* person = unit.directory().organisations.person(signature.person);
    return person ? person->name : signature.person;
  }
  return {};
}

// One of others that this desk has received.
bool is_alert(Unit& unit, const std::string& id) {
  const auto& a = unit.get<alert::Alert>(id);
  return a.exists() && a.organisation == unit.actor().organisation;
}

// What the tables and other nouns know of a content. The rings of a reach that is named become part of the area.
std::optional<Refusal> check_content(Unit& unit, warning::Content& c) {
  const Reference& reference = unit.reference();
  const auto wrong = [](std::string code, std::string field, const std::string& value) {
    return refuse(RefusalKind::kRule, std::move(code), std::move(field), {{"value", value}});
  };
  if (c.type == event_type::kRoot || !reference.event_types.find(c.type, unit.now()))
    return wrong("event_type.unknown", "content.type", c.type);
  const auto* issuer = unit.directory().organisations.organisation(unit.actor().organisation);
  for (const std::string& division : c.area.divisions) {
    if (!reference.divisions.find(division)) return wrong("division.unknown", "content.area.divisions", division);
    if (!issuer || !reference.divisions.inside(division, issuer->division))
      return wrong("warning.outside", "content.area.divisions", division);
  }
  if (!reference.warning_rules.complete(c.area))
    return wrong("warning.reach_unknown", "content.area.reach", *c.area.reach);
  for (const Ring& ring : c.area.rings)
    if (const auto at = geo::crossing(ring))
      return refuse(RefusalKind::kRule, "warning.area_crosses", "content.area.rings",
                    {{"lng", fmt::format("{:.4f}", at->lng)}, {"lat", fmt::format("{:.4f}", at->lat)}});
  if (auto no = check_drawn(unit, c.area)) return no;
  for (const std::string& channel : c.channels)
    if (std::ranges::find(warning::kChannels, channel) == warning::kChannels.end())
      return wrong("warning.channel_unknown", "content.channels", channel);
  if (c.incident && !is_party(unit, *c.incident, unit.actor().organisation))
    return wrong("incident.unknown", "content.incident", *c.incident);
  if (c.candidate && unit.get<candidate::Candidate>(*c.candidate).organisation != unit.actor().organisation &&
      !is_alert(unit, *c.candidate))
    return wrong("candidate.unknown", "content.candidate", *c.candidate);
  return std::nullopt;
}

}  // namespace

// Its id ends with the organisation, so that its stream's name says who writes it.
Handled handle(Unit& unit, const warning::Draft& asked) {
  warning::Draft c = asked;
  if (auto no = check_content(unit, c.content)) return *no;
  const auto facts = warning::decide(c, unit.actor(), unit.now());
  if (!facts.ok()) return facts.error();
  const std::string id = unit.new_id() + "." + unit.actor().organisation;
  unit.begins<warning::Warning>(id);
  unit.add(stream_of(id), *facts);
  if (c.content.candidate && is_alert(unit, *c.content.candidate)) {
    const auto used = alert::decide_use(unit.get<alert::Alert>(*c.content.candidate), unit.actor(), id);
    if (!used.ok()) return used.error();
    unit.add("alert/" + *c.content.candidate, *used);
  }
  return Made{201, id, stream_of(id), {}};
}

Handled handle(Unit& unit, const warning::Revise& asked) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  warning::Revise c = asked;
  if (auto no = check_content(unit, c.content)) return *no;
  return made(unit, warning::decide(target(unit), c, unit.actor(), unit.now()));
}

Handled handle(Unit& unit, const warning::Sign& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto& w = target(unit);
  warning::SignedUnder under;
  if (const auto* pending = w.pending()) {
    under.rule = unit.reference().warning_rules.signing(pending->content.colour, unit.now());
    under.people = unit.people(pending->content);
    under.identifier = identifier_of(unit);
    under.to = told(unit);
    under.gone = gone_signer(unit, w.organisation, *pending);
  }
  const auto facts = warning::decide(w, c, unit.actor(), under, unit.now());
  if (facts.ok() && std::holds_alternative<warning::Issued>(facts->back()))
    unit.keep_made_of("warning/identifier", under.identifier, unit.target());
  return made(unit, facts);
}

Handled handle(Unit& unit, const warning::Decline& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  return made(unit, warning::decide(target(unit), c, unit.actor()));
}

Handled handle(Unit& unit, const warning::Cancel& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const std::string identifier = identifier_of(unit);
  const auto facts = warning::decide(target(unit), c, unit.actor(), identifier);
  if (facts.ok()) unit.keep_made_of("warning/identifier", identifier, unit.target());
  return made(unit, facts);
}

Handled handle(Unit& unit, const warning::Withdraw& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  return made(unit, warning::decide(target(unit), c, unit.actor()));
}

Handled handle(Unit& unit, const warning::Assess& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  return made(unit, warning::decide(target(unit), c, unit.actor(), unit.now()));
}

Handled handle(Unit& unit, const NoteReach& c) {
  const auto& w = target(unit);
  const std::string sender = unit.is_here(w.organisation) ? w.organisation : own_organisation(unit);
  const std::string id = unit.target() + "/" + sender;
  if (!w.exists() || sender.empty()) return Made{200, id, "reach/" + id, {}};
  const reach::Counted counted{unit.target(), sender,     c.warning_version,
                               c.channels,    c.complete, watching(unit, sender, w.organisation)};
  unit.add("reach/" + id, reach::decide(unit.get<reach::Reach>(id), counted));
  return Made{200, id, "reach/" + id, {}};
}

Handled handle(Unit& unit, const Expire&) {
  unit.add(stream_of(unit.target()), warning::decide_expiry(target(unit), unit.now()));
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

}  // namespace anlan::command
