#include "command/handlers.h"
#include "command/parties.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& incident) { return "incident/" + incident; }

// The incident of the target as its parties see it, at the version that the caller expects.
// Not a party: the same refusal as for an incident that does not exist.
Result<const incident::Incident*, Refusal> load(Unit& unit) {
  if (auto no = check_party(unit, unit.target())) return *no;
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  return &unit.get<incident::Incident>(unit.target());
}

// Facts of a change to the target, or the refusal.
Handled made(Unit& unit, const incident::Facts& facts) {
  if (!facts.ok()) return facts.error();
  unit.add(unit.get<incident::Incident>(unit.target()).stream(), *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

// The same of what ends the incident, behind the withdrawal of an offer that stands.
Handled ended(Unit& unit, const incident::Incident& i, incident::Facts facts) {
  const auto withdrawn = incident::withdrawal(i, unit.get<incident::Parties>(i.id));
  if (facts.ok() && withdrawn) facts->insert(facts->begin(), *withdrawn);
  return made(unit, facts);
}

// What the actor's organisation does as a party; the answer tells of the incident.
Handled made(Unit& unit, const incident::PartyFacts& facts, std::optional<Instant> occurred_at = {}) {
  if (!facts.ok()) return facts.error();
  unit.add(party_stream(unit.target(), unit.actor().organisation), *facts, occurred_at);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

// Codes that have ended are taken too: a correction may concern an old incident.
std::optional<Refusal> check_type(Unit& unit, const std::string& type) {
  if (unit.reference().event_types.find(type) && type != event_type::kRoot) return std::nullopt;
  return refuse(RefusalKind::kRule, "event_type.unknown", "type", {{"value", type}});
}

std::optional<Refusal> check_division(Unit& unit, const std::string& code) {
  if (unit.reference().divisions.find(code)) return std::nullopt;
  return refuse(RefusalKind::kRule, "division.unknown", "division", {{"value", code}});
}

std::optional<incident::GradeProposal> propose(Unit& unit, const std::string& type, const grade::Figures& figures) {
  return unit.reference().propose(type, figures, unit.now());
}

std::optional<incident::SealedReference> sealed_informant(Unit& unit, const incident::TakeDown& c) {
  const auto person = person_text(c.caller_name, c.caller_phone);
  return person ? std::optional(unit.seal(*person)) : std::nullopt;
}

std::string type_name(Unit& unit, const std::string& code) {
  const auto* type = unit.reference().event_types.find(code);
  return type ? std::string(type->name) : std::string();
}

// As it is now, or was when the incident was learnt of.
std::string division_name(Unit& unit, const std::string& code, Instant learnt_at) {
  const auto& divisions = unit.reference().divisions;
  const auto* division = divisions.find(code);
  if (!division) division = divisions.find(code, learnt_at);
  return division ? std::string(division->name) : std::string();
}

// Everything the decision needs from tables, numbers and the vault.
incident::Findings findings(Unit& unit, const incident::TakeDown& c) {
  incident::Findings found;
  found.number = unit.memory().next_number(china_time(unit.now()).year, unit.world(), unit.actor().organisation);
  found.type_name = type_name(unit, c.type);
  const auto* division = unit.reference().divisions.find(c.division);
  found.division_name = division->name;
  found.division_point = division->point;
  found.proposal = propose(unit, c.type, incident::figures_of(c));
  found.informant = sealed_informant(unit, c);
  return found;
}

// The candidate that the incident is made of: becomes adopted, gives its area.
std::optional<Refusal> adopt(Unit& unit, const std::string& id, const std::string& incident,
                             incident::Findings& found) {
  const auto& candidate = unit.get<candidate::Candidate>(id);
  const auto facts = candidate::decide_adoption(candidate, unit.actor(), incident);
  if (!facts.ok()) return facts.error();
  unit.add("candidate/" + id, *facts);
  found.area = candidate.description.area;
  found.received_at = candidate.received_at;
  if (!found.informant && candidate.sealed)
    found.informant = incident::SealedReference{*candidate.sealed, candidate.sealed_sm3.value_or("")};
  return std::nullopt;
}

}  // namespace

// Incident, party and clocks in one: nobody can ever see the one without the others.
Handled handle(Unit& unit, const incident::TakeDown& c) {
  if (auto no = check_type(unit, c.type)) return *no;
  if (auto no = check_division(unit, c.division)) return *no;
  if (unit.actor().organisation.empty()) return refuse(RefusalKind::kForbidden, "actor.no_organisation");
  const std::string id = unit.new_id();
  auto found = findings(unit, c);
  if (c.candidate)
    if (auto no = adopt(unit, *c.candidate, id, found)) return *no;
  auto facts = incident::decide(c, unit.actor(), found, unit.now());
  if (!facts.ok()) return facts.error();
  unit.begins<incident::Incident>(id);
  unit.begins<incident::Parties>(id);
  unit.begins_stream(party_stream(id, unit.actor().organisation));
  unit.begins<clock::Clocks>(id + "/" + unit.actor().organisation);
  unit.add(stream_of(id), *facts, c.occurred_at);

  incident::Incident opened;
  opened.id = id;
  for (const auto& fact : *facts) incident::apply(opened, fact, unit.now());
  join(unit, id, unit.actor().organisation, "taken_down", opened.now.learnt_at);
  start_clocks(unit, opened, unit.actor().organisation, opened.now.learnt_at);
  return Made{201, id, stream_of(id), {{"number", found.number}}};
}

// A statement that is not adopted moves no grade, so nothing is proposed for it.
Handled handle(Unit& unit, const incident::StateFigures& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  incident::Findings found;
  if (c.adopt) found.proposal = propose(unit, (*i)->now.type, incident::overlaid((*i)->now.figures, c.figures));
  return made(unit, incident::decide(**i, c, unit.actor(), found, unit.now()));
}

Handled handle(Unit& unit, const incident::Correct& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  if (c.type)
    if (auto no = check_type(unit, *c.type)) return *no;
  if (c.division)
    if (auto no = check_division(unit, *c.division)) return *no;
  incident::Findings found;
  const auto& now = (*i)->now;
  if (c.type) found.proposal = propose(unit, *c.type, now.figures);
  found.type_name = type_name(unit, c.type.value_or(now.type));
  found.division_name = division_name(unit, c.division.value_or(now.place.division), now.learnt_at);
  found.composed_title = incident::composed_title(now.unit, division_name(unit, now.place.division, now.learnt_at),
                                                  type_name(unit, now.type));
  found.first_report = first_report(unit, **i);
  return made(unit, incident::decide(**i, c, unit.actor(), unit.now(), found));
}

Handled handle(Unit& unit, const incident::SetGrade& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  return made(unit, incident::decide(**i, c, unit.actor()));
}

Handled handle(Unit& unit, const incident::Note& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  return made(unit, incident::decide(**i, c));
}

// The fact happened when the call was made, which may be before it is noted.
Handled handle(Unit& unit, const incident::ReportByPhone& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  const auto* to = unit.directory().organisations.organisation(c.to);
  if (!to || !to->active) return refuse(RefusalKind::kRule, "organisation.unknown", "to");
  if (c.to == unit.actor().organisation) return refuse(RefusalKind::kRule, "organisation.own", "to");
  const auto facts = incident::decide(**i, c, unit.actor(), learnt_at(unit, unit.target(), unit.actor().organisation),
                                      has_pending_clocks(unit, unit.target(), unit.actor().organisation), unit.now());
  auto handled = made(unit, facts, c.at);
  if (handled.ok())
    meet_clocks(unit, **i, c.to, std::nullopt, c.at.value_or(unit.now()),
                party_stream(unit.target(), unit.actor().organisation));
  return handled;
}

// Instructions are counted whoever gave them, as far as the owner knows of them.
Handled handle(Unit& unit, const incident::Close& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  bool open_instructions = false;
  for (const std::string& id : unit.ids_under("instruction/", unit.target())) {
    const auto& instruction = unit.get<instruction::Instruction>(id);
    open_instructions = open_instructions || (instruction.concerns(unit.actor().organisation) && !instruction.result);
  }
  return ended(unit, **i, incident::decide(**i, c, unit.actor(), open_instructions));
}

Handled handle(Unit& unit, const incident::Reopen& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  return made(unit, incident::decide(**i, c, unit.actor()));
}

// The actor must take part in both, else merging would reveal the other.
Handled handle(Unit& unit, const incident::Merge& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  if (!is_party(unit, c.into, unit.actor().organisation)) return refuse(RefusalKind::kRule, "incident.unknown", "into");
  return ended(unit, **i, incident::decide(**i, unit.get<incident::Incident>(c.into), c, unit.actor()));
}

// On no node nobody could take it over.
Handled handle(Unit& unit, const incident::OfferHandover& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  const auto* to = unit.directory().organisations.organisation(c.to);
  if (!to || !to->active || to->external || unit.directory().is_orphaned(c.to))
    return refuse(RefusalKind::kRule, "organisation.unknown", "to");
  return made(unit, incident::decide(**i, unit.get<incident::Parties>(unit.target()), c, unit.actor()));
}

Handled handle(Unit& unit, const incident::WithdrawOffer& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  return made(unit, incident::decide(**i, unit.get<incident::Parties>(unit.target()), c, unit.actor()));
}

// The owner's node releases it when this reaches it (reactions.h).
Handled handle(Unit& unit, const incident::AnswerOffer& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  return made(unit, incident::decide(**i, unit.get<incident::Parties>(unit.target()), c, unit.actor()));
}

Handled handle(Unit& unit, const incident::Claim& c) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  return made(unit, incident::decide(**i, unit.get<incident::Parties>(unit.target()), c, unit.actor(),
                                     standing_of(unit, **i, unit.actor().organisation)));
}

// Only whether it can be opened is asked here; the text itself goes out after the fact is durable (edge/http). Whoever
// took the call keeps it, since personal data does not leave a node.
Handled handle(Unit& unit, const incident::RevealInformant&) {
  const auto i = load(unit);
  if (!i.ok()) return i.error();
  if ((*i)->now.organisation != unit.actor().organisation)
    return refuse(RefusalKind::kForbidden, "informant.elsewhere");
  if (!(*i)->now.informant) return refuse(RefusalKind::kNotFound, "informant.none");
  const auto person = unit.vault().open((*i)->now.informant->sealed);
  if (!person) return refuse(RefusalKind::kNotFound, "informant.erased");
  unit.add("sealed/" + (*i)->now.informant->sealed,
           std::vector<personal_data::Fact>{personal_data::Revealed{unit.target()}});
  return Made{200, unit.target(), {}, {}};
}

}  // namespace anlan::command
