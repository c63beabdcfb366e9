#include "command/reactions.h"

#include <algorithm>
#include <array>

#include "base/mutation.h"
#include "codec/fact.h"
#include "command/parties.h"

namespace anlan::command {
namespace {

// Of "INCIDENT/ORGANISATION".
std::string first_of(const std::string& id) { return id.substr(0, id.find('/')); }
std::string last_of(const std::string& id) { return id.substr(id.rfind('/') + 1); }

struct Reaction {
  Unit& unit;
  const journal::Fact& fact;
  const Grounds& before;
  std::string id;  // what follows the first word of the stream's name, without the epoch of a segment

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

  // The owner alone releases, so that the order of its facts decides among all that was asked of it.
  void operator()(const incident::OfferAccepted& f) {
    const auto& i = incident(first_of(id));
    release(i, ANLAN_PLANTED("accepted whatever stands") ? incident::Released{last_of(id), f.epoch}
                                                         : incident::on_accepted(i, last_of(id), f));
  }
  void operator()(const incident::Claimed& f) {
    const auto& i = incident(first_of(id));
    const auto standing = standing_of(unit, i, last_of(id));
    if (ANLAN_PLANTED("taken without a release") && unit.is_here(last_of(id)))
      return take_over(i, last_of(id), f.epoch);
    if (!standing.orphaned) return release(i, incident::on_claimed(i, last_of(id), f, standing));
    if (standing.heir && unit.is_here(last_of(id)) && f.epoch == i.next_epoch() && i.state == incident::State::kOpen)
      take_over(i, last_of(id), f.epoch);
  }
  void release(const incident::Incident& i, const std::optional<incident::Released>& released) {
    if (released && unit.is_here(i.owner)) unit.add(i.stream(), std::vector<incident::Fact>{*released});
  }
  void take_over(const incident::Incident& i, const std::string& organisation, std::int64_t epoch) {
    unit.add(incident::stream_of({i.id, epoch}),
             std::vector<incident::Fact>{incident::TakenOver{i.id, organisation, epoch, i.version}});
  }

  void operator()(const report::Sent& f) {
    const auto& r = unit.get<report::Report>(id);
    const auto& i = incident(r.incident);
    if (!i.exists() || !unit.is_here(r.to)) return;
    learn(unit, i, r.from, r.to, "report", unit.now());
    const std::int64_t version = ANLAN_PLANTED("receipt of the first version") ? 1 : f.version;
    if (ANLAN_PLANTED("no receipt") || !unit.may_write("receipt/" + r.id) || is_received(r, version)) return;
    unit.add("receipt/" + r.id,
             std::vector<report::ReceiptFact>{report::Received{r.id, r.incident, r.from, r.to, version}});
  }
  // A restored node says again what it has said (command/resumption.h).
  static bool is_received(const report::Report& r, std::int64_t version) {
    const auto at = static_cast<std::size_t>(version - 1);
    return at < r.versions.size() && r.versions[at].received;
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
    if (f.type || f.occurred_at || f.learnt_at || f.grade) follow_change(unit, before, incident(id));
  }
  void operator()(const incident::FiguresStated& f) {
    if (f.proposal && !incident(id).now.grade_confirmed) follow_change(unit, before, incident(id));
  }
  void operator()(const incident::Graded&) { follow_change(unit, before, incident(id)); }
  void operator()(const incident::Closed&) {
    if (!ANLAN_PLANTED("closing releases nothing")) close_clocks(unit, incident(id));
  }
  void operator()(const incident::Reopened&) { reopen_clocks(unit, incident(id)); }
  void operator()(const incident::Offered& f) {
    if (unit.is_here(f.to) && !ANLAN_PLANTED("offers are not heard")) join(unit, id, f.to, "handover", unit.now());
  }
  void operator()(const incident::Released& f) {
    const auto& i = incident(id);
    if (unit.is_here(f.to) && i.released && !ANLAN_PLANTED("nobody takes over")) take_over(i, f.to, f.epoch);
  }
  void operator()(const incident::TakenOver&) { hand_over_clocks(unit, incident(id)); }
  // Who has heard first that it was absorbed has waited for this.
  void operator()(const incident::Merged& f) {
    const auto& into = incident(f.into);
    if (std::ranges::find(into.absorbed, id) != into.absorbed.end()) join_merged(unit, id, into);
    absorb(f.into, id, f.owner);
  }
  void operator()(const incident::Referred& f) { absorb(first_of(id), f.ended, f.to); }
  // The owner of the other incident notes what has become part of it; who was asked and has released it meanwhile
  // refers to who has it now.
  void absorb(const std::string& into, const std::string& ended, const std::string& asked) {
    const auto& i = incident(into);
    if (!i.exists() || into == ended || !unit.is_here(asked) || ANLAN_PLANTED("nothing absorbed")) return;
    if (asked == i.owner && !i.released)
      unit.add(i.stream(), std::vector<incident::Fact>{incident::Absorbed{ended}});
    else if (asked != i.holder() && unit.get<incident::Parties>(into).find(asked) && !ANLAN_PLANTED("nothing referred"))
      unit.add(party_stream(into, asked), std::vector<incident::PartyFact>{incident::Referred{ended, i.holder()}});
  }
  // Both owners must have said so: nobody ends what another one owns.
  void operator()(const incident::Absorbed& f) {
    if (incident(f.ended).merged_into == id) join_merged(unit, f.ended, incident(id));
  }
  template <class Other>
  void operator()(const Other&) {}

  const incident::Incident& incident(const std::string& which) { return unit.get<incident::Incident>(which); }
};

// What was recorded by an owner before, beyond what the present one knew: it changes nothing.
bool is_left_behind(Unit& unit, const journal::Fact& fact) {
  const auto segment = incident::segment_of(fact.stream);
  return segment && segment->epoch < unit.get<incident::Incident>(segment->incident).epoch;
}

template <class Variant>
bool visit(Reaction& reaction, const journal::Fact& fact) {
  if (!codec::is<Variant>(fact.type)) return false;
  std::visit(reaction, codec::decode<Variant>(fact.type, fact.body));
  return true;
}

// These do nothing where their incident is not here: it may come by another line.
bool waits_for_incident(std::string_view type) {
  return type == incident::Phoned::kType || type == report::Sent::kType || type == instruction::Given::kType;
}

}  // namespace

bool calls_for_reaction(std::string_view type) {
  static constexpr std::array kTypes{
      incident::Joined::kType,   incident::Phoned::kType,        report::Sent::kType,
      report::Returned::kType,   instruction::Given::kType,      incident::Corrected::kType,
      incident::Graded::kType,   incident::FiguresStated::kType, incident::Closed::kType,
      incident::Reopened::kType, incident::Merged::kType,        incident::Absorbed::kType,
      incident::Offered::kType,  incident::OfferAccepted::kType, incident::Claimed::kType,
      incident::Released::kType, incident::TakenOver::kType,     incident::Referred::kType};
  return std::ranges::find(kTypes, type) != kTypes.end();
}

std::vector<journal::Fact> waiting_for(journal::sql_connection& sql, const journal::Fact& fact) {
  std::vector<journal::Fact> waiting;
  if (fact.type != incident::Opened::kType) return waiting;
  const std::string id = fact.stream.substr(fact.stream.find('/') + 1);
  for (const std::string& under : {"parties/" + id + "/", "report/" + id + ".", "instruction/" + id + "."})
    for (const std::string& stream : journal::streams_under(sql, under))
      for (auto& earlier : journal::read_stream(sql, stream))
        if (earlier.world == fact.world && waits_for_incident(earlier.type)) waiting.push_back(std::move(earlier));
  std::ranges::sort(waiting, {}, &journal::Fact::position);
  return waiting;
}

bool follows_change(std::string_view type) {
  return type == incident::Corrected::kType || type == incident::FiguresStated::kType ||
         type == incident::Graded::kType;
}

void react(Unit& unit, const journal::Fact& fact, const Grounds& before) {
  if (is_left_behind(unit, fact)) return;
  const std::string rest = fact.stream.substr(fact.stream.find('/') + 1);
  Reaction reaction{unit, fact, before, rest.substr(0, rest.find('@'))};
  visit<incident::Fact>(reaction, fact) || visit<incident::PartyFact>(reaction, fact) ||
      visit<report::Fact>(reaction, fact) || visit<report::ReceiptFact>(reaction, fact) ||
      visit<instruction::Fact>(reaction, fact);
}

}  // namespace anlan::command
