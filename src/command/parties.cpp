#include "command/parties.h"

namespace anlan::command {
namespace {

// All clocks of an organisation on an incident share a stream: they are decided on together.
std::string clocks_id(const std::string& incident, const std::string& organisation) {
  return incident + "/" + organisation;
}

// The domain draws no chance: it is handed in.
clock::NewId ids(Unit& unit) {
  return [&unit] { return unit.new_id(); };
}

void add_clocks(Unit& unit, const std::string& incident, const std::string& organisation,
                const std::vector<clock::Fact>& facts) {
  unit.add("clocks/" + clocks_id(incident, organisation), facts);
}

}  // namespace

bool is_party(Unit& unit, const std::string& incident, const std::string& organisation) {
  return unit.get<incident::Parties>(incident).include(organisation);
}

std::optional<Refusal> check_party(Unit& unit, const std::string& incident) {
  if (is_party(unit, incident, unit.actor().organisation)) return std::nullopt;
  return refuse(RefusalKind::kNotFound, "incident.unknown");
}

clock::Situation situation(Unit& unit, const incident::Incident& i, const std::string& organisation,
                           Instant learnt_at) {
  const auto& organisations = unit.directory().organisations;
  const auto* o = organisations.organisation(organisation);
  ANLAN_ASSERT(o);
  return {i.id, organisation, o->superior, o->level, i.now.type, i.now.grade, i.now.occurred_at, learnt_at};
}

// Joining twice would repeat the past in the audience, so it is asked first.
bool join(Unit& unit, const std::string& incident, const std::string& organisation, const std::string& through) {
  if (is_party(unit, incident, organisation)) return false;
  unit.add("parties/" + incident, std::vector<incident::PartyFact>{incident::Joined{incident, organisation, through}});
  return true;
}

// Called after every change of kind or grade; legs that were started are not started again (on_learnt).
void start_clocks(Unit& unit, const incident::Incident& i, const std::string& organisation, Instant learnt_at) {
  const auto& clocks = unit.get<clock::Clocks>(clocks_id(i.id, organisation));
  add_clocks(unit, i.id, organisation,
             clock::on_learnt(clocks, situation(unit, i, organisation, learnt_at), unit.reference().clock_rules,
                              unit.now(), ids(unit)));
}

void request_clocks(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  const auto& clocks = unit.get<clock::Clocks>(clocks_id(i.id, organisation));
  add_clocks(unit, i.id, organisation,
             clock::on_requested(clocks, situation(unit, i, organisation, unit.now()), unit.reference().clock_rules,
                                 unit.now(), ids(unit)));
}

// Telephone calls sideways make parties too: who was told may know.
void follow_report(Unit& unit, const incident::Incident& i, const std::string& to, std::optional<report::Kind> kind,
                   Instant at, const std::string& stream) {
  const std::string& from = unit.actor().organisation;
  const auto& clocks = unit.get<clock::Clocks>(clocks_id(i.id, from));
  add_clocks(unit, i.id, from,
             clock::on_reported(clocks, situation(unit, i, from, unit.now()), unit.reference().clock_rules, to, kind,
                                unit.actor().account, at, {stream, unit.version_of_last(stream)}, ids(unit)));
  const auto* receiver = unit.directory().organisations.organisation(to);
  if (!receiver || receiver->external) return;
  join(unit, i.id, to, kind ? "report" : "phone");
  // One that joined sideways or by an instruction may be reported to only later: what has started is not started again.
  if (unit.directory().organisations.organisation(from)->superior == to) start_clocks(unit, i, to, unit.now());
}

// Also those of organisations below: what they owed was owed on this incident.
void release_clocks(Unit& unit, const std::string& incident, const std::string& why) {
  for (const std::string& organisation : unit.get<incident::Parties>(incident).organisations)
    add_clocks(unit, incident, organisation,
               clock::on_ended(unit.get<clock::Clocks>(clocks_id(incident, organisation)), why));
}

}  // namespace anlan::command
