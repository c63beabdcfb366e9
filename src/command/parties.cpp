#include "command/parties.h"

#include <algorithm>

#include "base/mutation.h"

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

const clock::Clocks& clocks_of(Unit& unit, const std::string& incident, const std::string& organisation) {
  return unit.get<clock::Clocks>(clocks_id(incident, organisation));
}

bool reports_to(Unit& unit, const std::string& from, const std::string& to) {
  return unit.directory().organisations.stands_above(to, from);
}

bool stands_above_owner(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  return reports_to(unit, i.owner, organisation);
}

// Owner, those above it, and whoever was reported to: who only takes part owes no report, nor who has handed it over.
bool owes(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  const auto& clocks = clocks_of(unit, i.id, organisation);
  return organisation == i.owner || stands_above_owner(unit, i, organisation) ||
         (!clocks.items.empty() && !clocks.handed_over());
}

// Whether anything new may be owed on it: while it is open, and then by those above its owner. What was done before the
// closing may reach a node after it.
bool may_owe(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  if (i.state == incident::State::kMerged) return false;  // what is owed is owed on the one that goes on
  return i.state == incident::State::kOpen || stands_above_owner(unit, i, organisation);
}

// What a clock must know of the incident for an organisation that learnt of it at `learnt_at`.
clock::Situation situation(Unit& unit, const incident::Incident& i, const std::string& organisation,
                           Instant learnt_at) {
  const auto* o = unit.directory().organisations.organisation(organisation);
  ANLAN_ASSERT(o);
  return {i.id, organisation, o->superior, o->level, i.now.type, i.now.grade, i.now.occurred_at, learnt_at};
}

void resume(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  add_clocks(unit, i.id, organisation,
             clock::on_resumed(clocks_of(unit, i.id, organisation),
                               situation(unit, i, organisation, learnt_at(unit, i.id, organisation)),
                               unit.reference().clock_rules, unit.now(), ids(unit)));
}

// Those whose clocks this node keeps.
std::vector<incident::Party> own_parties(Unit& unit, const std::string& incident) {
  std::vector<incident::Party> own;
  for (const auto& party : unit.get<incident::Parties>(incident).members)
    if (unit.is_here(party.organisation)) own.push_back(party);
  return own;
}

void release(Unit& unit, const std::string& incident, const std::string& organisation, const std::string& why) {
  add_clocks(unit, incident, organisation, clock::on_ended(clocks_of(unit, incident, organisation), why));
}

}  // namespace

bool is_party(Unit& unit, const std::string& incident, const std::string& organisation) {
  return unit.get<incident::Parties>(incident).find(organisation) != nullptr;
}

std::optional<Refusal> check_party(Unit& unit, const std::string& incident) {
  if (is_party(unit, incident, unit.actor().organisation)) return std::nullopt;
  return refuse(RefusalKind::kNotFound, "incident.unknown");
}

incident::Standing standing_of(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  const auto& directory = unit.directory();
  const bool orphaned = directory.is_orphaned(i.holder());
  return {reports_to(unit, i.holder(), organisation), orphaned,
          orphaned && directory.heir_of(i.holder()) == organisation};
}

Instant learnt_at(Unit& unit, const std::string& incident, const std::string& organisation) {
  return incident::learnt_at(unit.get<incident::Incident>(incident), unit.get<incident::Parties>(incident),
                             organisation);
}

std::string party_stream(const std::string& incident, const std::string& organisation) {
  return "parties/" + incident + "/" + organisation;
}

Instant join(Unit& unit, const std::string& incident, const std::string& organisation, const std::string& through,
             Instant at) {
  if (is_party(unit, incident, organisation) && !ANLAN_PLANTED("joining again"))
    return std::min(at, learnt_at(unit, incident, organisation));
  incident::Joined joined{incident, organisation, through, {}};
  if (at < unit.now()) joined.learnt_at = at;
  unit.add(party_stream(incident, organisation), std::vector<incident::PartyFact>{std::move(joined)});
  return at;
}

void start_clocks(Unit& unit, const incident::Incident& i, const std::string& organisation, Instant learnt_at) {
  add_clocks(unit, i.id, organisation,
             clock::on_learnt(clocks_of(unit, i.id, organisation), situation(unit, i, organisation, learnt_at),
                              unit.reference().clock_rules, unit.now(), ids(unit)));
}

Grounds grounds_of(const incident::Incident& i) {
  return {i.now.type, i.now.occurred_at, i.now.learnt_at, i.now.grade};
}

void follow_change(Unit& unit, const Grounds& before, const incident::Incident& now) {
  const bool corrected =
      before.type != now.now.type || before.occurred_at != now.now.occurred_at || before.learnt_at != now.now.learnt_at;
  const bool graded = before.grade != now.now.grade;
  if (!corrected && !graded) return;
  const auto follow = corrected ? clock::on_corrected : clock::on_graded;
  for (const auto& party : own_parties(unit, now.id)) {
    if (!owes(unit, now, party.organisation)) continue;
    const auto s = situation(unit, now, party.organisation, learnt_at(unit, now.id, party.organisation));
    if (s.superior && earlier_reports(unit, now, party.organisation, *s.superior).ended) continue;
    add_clocks(
        unit, now.id, party.organisation,
        follow(clocks_of(unit, now.id, party.organisation), s, unit.reference().clock_rules, unit.now(), ids(unit)));
  }
}

void reopen_clocks(Unit& unit, const incident::Incident& i) {
  for (const auto& party : own_parties(unit, i.id)) resume(unit, i, party.organisation);
}

void resume_clocks(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  if (!unit.is_here(organisation)) return;
  if (clocks_of(unit, i.id, organisation).handed_over() && !owes(unit, i, organisation)) return;
  if (may_owe(unit, i, organisation)) resume(unit, i, organisation);
}

// What one that was neither owner nor above owed, it owed on behalf of the owner before.
void hand_over_clocks(Unit& unit, const incident::Incident& i) {
  for (const auto& party : own_parties(unit, i.id)) {
    const std::string& organisation = party.organisation;
    const bool owner = organisation == i.owner;
    if (owner || stands_above_owner(unit, i, organisation))
      add_clocks(unit, i.id, organisation,
                 clock::on_taken_over(clocks_of(unit, i.id, organisation),
                                      situation(unit, i, organisation, learnt_at(unit, i.id, organisation)),
                                      unit.reference().clock_rules, unit.now(), owner, ids(unit)));
    else if (!ANLAN_PLANTED("handing over releases nothing"))
      release(unit, i.id, organisation, "handed_over");
  }
}

// Known to everyone who knew of the other: it is the same event.
void join_merged(Unit& unit, const std::string& ended, const incident::Incident& into) {
  for (const auto& party : own_parties(unit, ended)) join_merged(unit, ended, into, party);
}

void join_merged(Unit& unit, const std::string& ended, const incident::Incident& into, const incident::Party& party) {
  const Instant learnt = join(unit, into.id, party.organisation, "merge", party.since);
  release(unit, ended, party.organisation, "merged");
  if (!may_owe(unit, into, party.organisation) && !ANLAN_PLANTED("merged clocks run on what is closed")) return;
  if (!owes(unit, into, party.organisation) && clocks_of(unit, ended, party.organisation).items.empty()) return;
  add_clocks(unit, into.id, party.organisation,
             clock::on_merged(clocks_of(unit, into.id, party.organisation), clocks_of(unit, ended, party.organisation),
                              situation(unit, into, party.organisation, learnt), unit.reference().clock_rules,
                              unit.now(), ids(unit)));
}

bool has_pending_clocks(Unit& unit, const std::string& incident, const std::string& organisation) {
  return std::ranges::any_of(clocks_of(unit, incident, organisation).items, &clock::Clock::pending);
}

std::optional<Refusal> check_reportable(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  return incident::check_open(i.state, has_pending_clocks(unit, i.id, organisation));
}

std::optional<Instant> first_report(Unit& unit, const incident::Incident& i) {
  std::optional<Instant> first;
  const auto reported = [&](Instant at) { first = std::min(first.value_or(at), at); };
  for (const auto& call : unit.get<incident::Parties>(i.id).calls)
    if (call.from == i.now.organisation) reported(call.report.at);
  for (const std::string& id : unit.ids_under("report/", i.id, i.now.organisation))
    for (const auto& version : unit.get<report::Report>(id).versions)
      if (version.sent) reported(version.sent->at);
  return first;
}

// Looked up anew each time: some reports an incident, all at hand.
report::Earlier earlier_reports(Unit& unit, const incident::Incident& i, const std::string& from, const std::string& to,
                                const std::string& except) {
  const auto of = [&](const std::string& incident, std::optional<Instant> reopened_at) {
    report::Earlier found;
    for (const std::string& id : unit.ids_under("report/", incident, from)) {
      const auto& r = unit.get<report::Report>(id);
      if (id != except && r.to == to) report::count(found, r, reopened_at);
    }
    return found;
  };
  const auto absorbed_by = [&](const std::string& id) { return unit.get<incident::Incident>(id).absorbed; };
  report::Earlier found = of(i.id, i.reopened_at);
  for (const std::string& id : incident::all_absorbed(i, absorbed_by))
    report::count_absorbed(found, of(id, unit.get<incident::Incident>(id).reopened_at));
  return found;
}

void request_clocks(Unit& unit, const incident::Incident& i, const std::string& organisation) {
  if (!may_owe(unit, i, organisation) && !ANLAN_PLANTED("asked for on what is closed")) return;
  add_clocks(unit, i.id, organisation,
             clock::on_requested(clocks_of(unit, i.id, organisation), situation(unit, i, organisation, unit.now()),
                                 unit.reference().clock_rules, unit.now(), ids(unit)));
}

void meet_clocks(Unit& unit, const incident::Incident& i, const std::string& to, std::optional<report::Kind> kind,
                 Instant at, const std::string& stream) {
  const std::string& from = unit.actor().organisation;
  if (clocks_of(unit, i.id, from).handed_over() && !owes(unit, i, from)) return;
  add_clocks(unit, i.id, from,
             clock::on_reported(clocks_of(unit, i.id, from), situation(unit, i, from, at), unit.reference().clock_rules,
                                to, kind, unit.actor().account, at, {stream, unit.version_of_last(stream)}, ids(unit)));
}

// Telephone calls sideways make parties too: who was told may know.
void learn(Unit& unit, const incident::Incident& i, const std::string& from, const std::string& to,
           const std::string& through, Instant at) {
  const Instant learnt = join(unit, i.id, to, through, at);
  // One that joined sideways or by an instruction may be reported to only later: what has started is not started again.
  if (reports_to(unit, from, to) && may_owe(unit, i, to))
    start_clocks(unit, i, to, ANLAN_PLANTED("known from the first") ? i.now.learnt_at - Minutes{1} : learnt);
}

// Also those of organisations below: what they owed was owed on this incident.
void close_clocks(Unit& unit, const incident::Incident& i) {
  for (const auto& party : own_parties(unit, i.id))
    if (!stands_above_owner(unit, i, party.organisation)) release(unit, i.id, party.organisation, "closed");
}

std::vector<std::string> watching(const Unit& unit, const std::string& organisation, const std::string& issuer) {
  std::vector<std::string> found;
  for (const auto* above : unit.directory().organisations.above(organisation))
    if (above->active && !above->external) found.push_back(above->id);
  if (issuer != organisation && std::ranges::find(found, issuer) == found.end()) found.push_back(issuer);
  return found;
}

}  // namespace anlan::command
