#include "command/reactions.h"

#include <algorithm>
#include <array>

#include "base/mutation.h"
#include "codec/fact.h"
#include "command/parties.h"

namespace anlan::command {
namespace {

struct Reaction {
  Unit& unit;
  const journal::Fact& fact;
  std::string id;  // what follows the first word of the stream's name

  // Who learns of an incident that has ended in another one learns of that one.
  void operator()(const incident::Joined& f) {
    const auto& ended = incident(f.incident);
    if (!ended.merged_into || !unit.is_here(f.organisation)) return;
    const auto& into = incident(*ended.merged_into);
    const auto* party = unit.get<incident::Parties>(f.incident).find(f.organisation);
    if (party && std::ranges::find(into.absorbed, f.incident) != into.absorbed.end())
      join_merged(unit, f.incident, into, *party);
  }
  void operator()(const incident::Phoned& f) {
    const auto& i = incident(id.substr(0, id.find('/')));
    if (i.exists() && unit.is_here(f.report.to) && !ANLAN_PLANTED("calls are not heard"))
      learn(unit, i, f.from, f.report.to, "phone", f.report.at);
  }

  void operator()(const report::Sent& f) {
    const auto& r = unit.get<report::Report>(id);
    const auto& i = incident(r.incident);
    if (!i.exists() || !unit.is_here(r.to)) return;
    learn(unit, i, r.from, r.to, "report", unit.now());
    const std::int64_t version = ANLAN_PLANTED("receipt of the first version") ? 1 : f.version;
    if (ANLAN_PLANTED("no receipt") || !unit.may_write("receipt/" + r.id)) return;
    unit.add("receipt/" + r.id,
             std::vector<report::ReceiptFact>{report::Received{r.id, r.incident, r.from, r.to, version}});
  }
  // Who gets the final report back goes on reporting.
  void operator()(const report::Returned&) {
    const auto& r = unit.get<report::Report>(id);
    if (r.kind == report::Kind::kFinal) resume_clocks(unit, incident(r.incident), r.from);
  }

  void operator()(const instruction::Given& f) {
    const auto& i = incident(f.incident);
    if (!i.exists()) return;
    for (const std::string& to : f.to) {
      if (!unit.is_here(to)) continue;
      if (ANLAN_PLANTED("only the first is instructed") && to != f.to.front()) continue;
      join(unit, i.id, to, "instruction", unit.now());
      if (f.verify) request_clocks(unit, i, to);
    }
  }

  void operator()(const incident::Corrected& f) {
    if (f.type || f.occurred_at || f.learnt_at || f.grade) follow_change(unit, before(), incident(id));
  }
  void operator()(const incident::FiguresStated& f) {
    if (f.proposal && !incident(id).now.grade_confirmed) follow_change(unit, before(), incident(id));
  }
  void operator()(const incident::Graded&) { follow_change(unit, before(), incident(id)); }
  void operator()(const incident::Closed&) {
    if (!ANLAN_PLANTED("closing releases nothing")) close_clocks(unit, incident(id));
  }
  void operator()(const incident::Reopened&) { reopen_clocks(unit, incident(id)); }
  // The owner of the other incident notes what has become part of it; who has heard of that first waits for this.
  void operator()(const incident::Merged& f) {
    const auto& into = incident(f.into);
    if (std::ranges::find(into.absorbed, id) != into.absorbed.end()) join_merged(unit, id, into);
    if (into.exists() && unit.is_here(into.now.organisation) && !ANLAN_PLANTED("nothing absorbed"))
      unit.add("incident/" + into.id, std::vector<incident::Fact>{incident::Absorbed{id}});
  }
  // Both owners must have said so: nobody ends what another one owns.
  void operator()(const incident::Absorbed& f) {
    if (incident(f.ended).merged_into == id) join_merged(unit, f.ended, incident(id));
  }
  template <class Other>
  void operator()(const Other&) {}

  const incident::Incident& incident(const std::string& which) { return unit.get<incident::Incident>(which); }

  // The fact's incident as it was without it.
  incident::Incident before() {
    incident::Incident was;
    for (const auto& one : journal::read_stream(unit.sql(), fact.stream))
      if (one.version < fact.version) state::Stored<incident::Incident>::absorb(was, id, one);
    return was;
  }
};

template <class Variant>
bool visit(Reaction& reaction, const journal::Fact& fact) {
  if (!codec::is<Variant>(fact.type)) return false;
  std::visit(reaction, codec::decode<Variant>(fact.type, fact.body));
  return true;
}

}  // namespace

bool calls_for_reaction(std::string_view type) {
  static constexpr std::array kTypes{
      incident::Joined::kType,   incident::Phoned::kType,    report::Sent::kType,     report::Returned::kType,
      instruction::Given::kType, incident::Corrected::kType, incident::Graded::kType, incident::FiguresStated::kType,
      incident::Closed::kType,   incident::Reopened::kType,  incident::Merged::kType, incident::Absorbed::kType};
  return std::ranges::find(kTypes, type) != kTypes.end();
}

void react(Unit& unit, const journal::Fact& fact) {
  Reaction reaction{unit, fact, fact.stream.substr(fact.stream.find('/') + 1)};
  visit<incident::Fact>(reaction, fact) || visit<incident::PartyFact>(reaction, fact) ||
      visit<report::Fact>(reaction, fact) || visit<report::ReceiptFact>(reaction, fact) ||
      visit<instruction::Fact>(reaction, fact);
}

}  // namespace anlan::command
