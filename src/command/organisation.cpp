#include "base/text.h"
#include "command/accounts.h"
#include "command/delivery.h"
#include "command/handlers.h"

namespace anlan::command {
namespace {

template <class Facts>
Handled made(Unit& unit, const std::string& stream, const std::string& id, int status, const Facts& facts) {
  if (!facts.ok()) return facts.error();
  unit.add(stream + id, *facts);
  return Made{status, id, stream + id, {}};
}

// The tables are reference data and not known to the domain.
std::optional<Refusal> check_division(Unit& unit, const organisation::Description& d) {
  if (unit.reference().divisions.find(d.division)) return std::nullopt;
  return refuse(RefusalKind::kRule, "division.unknown", "division", {{"value", d.division}});
}

const organisation::Register& registered(Unit& unit) { return unit.directory().organisations; }

// Another node's entries are made and changed there.
std::optional<Refusal> check_keeps(Unit& unit, const std::string& organisation) {
  if (keeps(unit.directory(), unit.reference().node, organisation)) return std::nullopt;
  const std::string keeper = keeper_of(unit.directory(), organisation);
  return refuse(RefusalKind::kConflict, "organisation.elsewhere", "", {{"node", keeper}});
}

// The entry of an organisation, or of one of its people, at the version that the caller expects.
std::optional<Refusal> check_entry(Unit& unit, const std::string& stream, const std::string& organisation) {
  if (auto no = unit.check_version(stream)) return no;
  return check_keeps(unit, organisation);
}

std::optional<Refusal> check_below(Unit& unit, const std::optional<std::string>& superior) {
  if (!superior || may_begin_below(unit.directory(), unit.reference().node, *superior)) return std::nullopt;
  return check_keeps(unit, *superior);
}

// An organisation does not place itself in the hierarchy: where its superior, the one before or the one after, works
// elsewhere, that node does.
std::optional<Refusal> check_place(Unit& unit, const organisation::ChangeOrganisation& c) {
  const auto* now = registered(unit).organisation(unit.target());
  if (!now || (now->superior == c.superior && now->level == c.level)) return std::nullopt;
  if (now->superior)
    if (auto no = check_keeps(unit, *now->superior)) return no;
  return now->superior == c.superior ? std::nullopt : check_below(unit, c.superior);
}

std::optional<Refusal> check_organisation(Unit& unit) {
  return check_entry(unit, "organisation/" + unit.target(), unit.target());
}
std::optional<Refusal> check_person(Unit& unit) {
  const auto* person = registered(unit).person(unit.target());
  return check_entry(unit, "person/" + unit.target(), person ? person->organisation : std::string());
}

// Where an organisation may work: on a node of the register that is heard.
std::optional<Refusal> check_place(Unit& unit, const std::string& node) {
  const auto* known = unit.directory().nodes.find(node);
  if (!known && is_id(node)) return refuse(RefusalKind::kRule, "node.unknown", "node");
  if (known && known->last_sequence) return refuse(RefusalKind::kRule, "node.is_revoked", "node", {{"node", node}});
  return std::nullopt;
}

// What a session and its feed may see was settled when they were opened.
void sign_out(Unit& unit, const std::string& person, const std::string& why) {
  for (const auto& [name, account] : unit.directory().accounts)
    if (account.person == person) record(unit, name, account::end_sessions(account, {}, why));
}

}  // namespace

// A new one takes the target as its id where the caller names one (loading a city's register), else a fresh id.
Handled handle(Unit& unit, const organisation::RegisterOrganisation& c) {
  if (auto no = check_division(unit, c)) return *no;
  if (auto no = check_below(unit, c.superior)) return *no;
  const std::string id = unit.target().empty() ? unit.new_id() : unit.target();
  return made(unit, "organisation/", id, 201, organisation::decide(registered(unit), c, id));
}

Handled handle(Unit& unit, const organisation::ChangeOrganisation& c) {
  if (auto no = check_organisation(unit)) return *no;
  if (auto no = check_division(unit, c)) return *no;
  if (auto no = check_place(unit, c)) return *no;
  return made(unit, "organisation/", unit.target(), 200, organisation::decide(registered(unit), c, unit.target()));
}

Handled handle(Unit& unit, const organisation::PlaceOrganisation& c) {
  if (auto no = check_organisation(unit)) return *no;
  if (auto no = check_place(unit, c.node)) return *no;
  return made(unit, "organisation/", unit.target(), 200, organisation::decide(registered(unit), c, unit.target()));
}

// Its people work on as members of another organisation, where they are moved to one.
Handled handle(Unit& unit, const organisation::RetireOrganisation& c) {
  if (auto no = check_organisation(unit)) return *no;
  auto handled =
      made(unit, "organisation/", unit.target(), 200, organisation::decide(registered(unit), c, unit.target()));
  if (!handled.ok()) return handled;
  for (const auto& [id, person] : registered(unit).people)
    if (person.organisation == unit.target()) sign_out(unit, id, "retired");
  return handled;
}

Handled handle(Unit& unit, const organisation::RegisterPerson& c) {
  if (auto no = check_keeps(unit, c.organisation)) return *no;
  const std::string id = unit.target().empty() ? unit.new_id() : unit.target();
  return made(unit, "person/", id, 201, organisation::decide(registered(unit), c, id));
}

Handled handle(Unit& unit, const organisation::ChangePerson& c) {
  if (auto no = check_person(unit)) return *no;
  const auto* before = registered(unit).person(unit.target());
  const bool moves = before && before->organisation != c.organisation;
  if (moves)
    if (auto no = check_keeps(unit, c.organisation)) return *no;
  auto handled = made(unit, "person/", unit.target(), 200, organisation::decide(registered(unit), c, unit.target()));
  if (handled.ok() && moves) sign_out(unit, unit.target(), "moved");
  return handled;
}

// Who has left does not stay signed in.
Handled handle(Unit& unit, const organisation::RetirePerson& c) {
  if (auto no = check_person(unit)) return *no;
  auto handled = made(unit, "person/", unit.target(), 200, organisation::decide(registered(unit), c, unit.target()));
  if (handled.ok()) sign_out(unit, unit.target(), "retired");
  return handled;
}

Handled handle(Unit& unit, const node::Register& c) {
  return made(unit, "node/", unit.target(), 201, node::decide(unit.directory().nodes, c, unit.target()));
}

// Other nodes believe it of the one that registered the node.
Handled handle(Unit& unit, const node::Revoke& c) {
  if (auto no = unit.check_version("node/" + unit.target())) return *no;
  if (const auto* known = unit.directory().nodes.find(unit.target()); known && !unit.may_write("node/" + unit.target()))
    return refuse(RefusalKind::kConflict, "node.elsewhere", "", {{"node", known->parent.value_or(known->id)}});
  return made(unit, "node/", unit.target(), 200, node::decide(unit.directory().nodes, c, unit.target()));
}

// Only one's own people stand at one's own desk.
Handled handle(Unit& unit, const duty::TakeOver& c) {
  const std::string& organisation = unit.actor().organisation;
  const auto on_staff = [&](const std::string& id) {
    const auto* person = registered(unit).person(id);
    return person && person->active && person->organisation == organisation;
  };
  for (const auto& [field, id] : {std::pair("chief", std::optional(c.chief)),
                                  std::pair("leader", std::optional(c.leader)), std::pair("deputy", c.deputy)})
    if (id && !on_staff(*id)) return refuse(RefusalKind::kRule, "person.unknown", field);
  if (!unit.directory().leads(c.leader)) return refuse(RefusalKind::kRule, "person.no_leader", "leader");
  const auto facts = duty::decide(c, unit.actor());
  return made(unit, "duty/", organisation, 200, facts);
}

}  // namespace anlan::command
