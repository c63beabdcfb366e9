#include "command/handlers.h"
#include "command/parties.h"

namespace anlan::command {
namespace {

std::string stream_of(const std::string& id) { return "instruction/" + id; }

// Facts of a change to the target, or the refusal.
Handled made(Unit& unit, const instruction::Facts& facts) {
  if (!facts.ok()) return facts.error();
  unit.add(stream_of(unit.target()), *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

// Whose instruction it is: a leader of the actor's organisation, who need not have an account; who has one that is no
// leader's is none.
std::optional<Refusal> check_giver(Unit& unit, const std::string& person) {
  const auto* giver = unit.directory().organisations.person(person);
  if (!giver || !giver->active || giver->organisation != unit.actor().organisation)
    return refuse(RefusalKind::kRule, "person.unknown", "given_by");
  if (unit.directory().has_account(person) && !unit.directory().leads(person))
    return refuse(RefusalKind::kRule, "person.no_leader", "given_by");
  return std::nullopt;
}

}  // namespace

// Receivers on no node could not report progress, so none is taken.
Handled handle(Unit& unit, const instruction::Give& c) {
  const std::string incident = unit.target();
  if (auto no = check_party(unit, incident)) return *no;
  if (auto no = incident::check_open(unit.get<incident::Incident>(incident).state)) return *no;
  if (auto no = check_giver(unit, c.given_by)) return *no;
  for (const std::string& to : c.to)
    if (const auto* o = unit.directory().organisations.organisation(to); !o || !o->active || o->external)
      return refuse(RefusalKind::kRule, "organisation.unknown", "to");
  const auto facts = instruction::decide(c, unit.actor(), incident, unit.now());
  if (!facts.ok()) return facts.error();
  const std::string id = unit.next_id_under("instruction/", incident, 'i');
  unit.add(stream_of(id), *facts, c.given_at);
  return Made{201, id, stream_of(id), {}};
}

Handled handle(Unit& unit, const instruction::ReportProgress& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  const auto& i = unit.get<instruction::Instruction>(unit.target());
  const auto facts = instruction::decide(i, c, unit.actor());
  if (!facts.ok()) return facts.error();
  const std::string& organisation = unit.actor().organisation;
  const bool gave = i.given.from == organisation;
  unit.add(gave ? stream_of(unit.target()) : stream_of(unit.target()) + "/" + organisation, *facts);
  return Made{200, unit.target(), stream_of(unit.target()), {}};
}

Handled handle(Unit& unit, const instruction::Close& c) {
  if (auto no = unit.check_version(stream_of(unit.target()))) return *no;
  return made(unit, instruction::decide(unit.get<instruction::Instruction>(unit.target()), c, unit.actor()));
}

}  // namespace anlan::command
