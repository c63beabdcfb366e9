#include "command/delivery.h"

#include <algorithm>
#include <array>

#include "codec/fact.h"
#include "command/fits.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/organisation/facts.h"
#include "domain/report/facts.h"
#include "journal/history.h"
#include "state/stored.h"

namespace anlan::command {
namespace {

// Part `number` of "incident/ID/ORGANISATION" or of "ID.ORGANISATION.r1", from 0.
std::string part_of(std::string_view text, char separator, int number) {
  for (; number > 0; --number) {
    const auto end = text.find(separator);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return std::string(text.substr(0, text.find(separator)));
}

// Streams carry an organisation in their name or in their first fact, and the organisation's node writes them; see
// docs/decisions/0019-streams-have-one-writer.md. Of a kind that only a later release knows its name ends with it.
std::string organisation_of(const journal::Fact& fact) {
  const std::string prefix = part_of(fact.stream, '/', 0), id = part_of(fact.stream, '/', 1);
  const std::string third = part_of(fact.stream, '/', 2);
  if (prefix == "parties" || prefix == "clocks" || prefix == "callout" || prefix == "reach") return third;
  if (prefix == "duty") return id;
  if (prefix == "instruction" && !third.empty()) return third;
  if (prefix == "report" || prefix == "instruction" || prefix == "warning") return part_of(id, '.', 1);
  if (fact.type == incident::Opened::kType)
    return std::get<incident::Opened>(codec::decode<incident::Fact>(fact.type, fact.body)).organisation;
  if (fact.type == incident::TakenOver::kType)
    return std::get<incident::TakenOver>(codec::decode<incident::Fact>(fact.type, fact.body)).organisation;
  if (fact.type == report::Received::kType)
    return std::get<report::Received>(codec::decode<report::ReceiptFact>(fact.type, fact.body)).to;
  if (prefix == "receipt") return part_of(id, '.', 1);  // what the sender has noted for a receiver without a node
  return knows_streams(prefix) ? std::string() : fact.stream.substr(fact.stream.rfind('/') + 1);
}

// Of all its facts: the name says it, or the first fact. nullopt where that one is not here.
std::optional<std::string> owner_of(journal::sql_connection& sql, const journal::Fact& fact) {
  const bool named = !fact.stream.starts_with("incident/") && !fact.stream.starts_with("receipt/");
  if (named || fact.version == 1) return organisation_of(fact);
  const auto first = journal::read_version(sql, fact.stream, 1);
  return first ? std::optional(organisation_of(*first)) : std::nullopt;
}

// The beginning of a later segment of an incident, and the incident as it is here.
struct Beginning {
  incident::TakenOver fact;
  incident::Incident incident;

  bool is_released() const {
    const auto& released = incident.released;
    return released && released->to == fact.organisation && released->epoch == fact.epoch &&
           fact.from == incident.version;
  }
  // Without a release, since its owner's node was revoked.
  bool is_inherited(const state::Directory& directory) const {
    return directory.is_orphaned(incident.holder()) && directory.heir_of(incident.holder()) == fact.organisation &&
           fact.epoch == incident.next_epoch();
  }
};

std::optional<Beginning> beginning(journal::sql_connection& sql, const journal::Fact& fact) {
  const auto segment = incident::segment_of(fact.stream);
  if (!segment || segment->epoch == 1 || fact.version != 1 || fact.type != incident::TakenOver::kType)
    return std::nullopt;
  return Beginning{std::get<incident::TakenOver>(codec::decode<incident::Fact>(fact.type, fact.body)),
                   state::replay<incident::Incident>(sql, segment->incident)};
}

// What speaks against a fact by its place among the segments of its incident; empty where nothing does.
std::string offence_of_segment(const state::Directory& directory, journal::sql_connection& sql, const std::string& self,
                               const std::string& neighbour, const journal::Fact& fact) {
  if (!fact.stream.starts_with("incident/")) return {};
  const auto segment = incident::segment_of(fact.stream);
  if (!segment) return "no name of a segment";
  if (fact.version > 1) {
    const auto before = journal::read_version(sql, fact.stream, fact.version - 1);
    return before && before->type == incident::Released::kType ? "was released before" : "";
  }
  const bool first = segment->epoch == 1;
  if (fact.type != (first ? incident::Opened::kType : incident::TakenOver::kType)) return "begins no segment so";
  if (first || journal::version_of(sql, fact.stream) > 0) return {};
  const auto b = beginning(sql, fact);
  if (b->fact.incident != segment->incident || b->fact.epoch != segment->epoch) return "names another segment";
  if (b->is_released() || b->is_inherited(directory)) return {};
  if (comes_early(directory, sql, self, neighbour, fact)) return {};
  if (journal::is_behind(sql)) return {};  // this node may have released it in the history that it lost
  return "takes over what was not released to it";
}

// Their first fact may be of any node.
bool is_register(std::string_view stream) {
  constexpr std::array<std::string_view, 3> kRegister{"organisation/", "person/", "node/"};
  return std::ranges::any_of(kRegister, [&](std::string_view prefix) { return stream.starts_with(prefix); });
}

// What a node may begin in the register of all: people of organisations that it keeps, and organisations below such
// ones. `before`: whether it kept that one when it recorded the fact.
template <class Before>
bool may_begin(const state::Directory& directory, const journal::Fact& fact, Before&& before) {
  const auto kept = [&](const std::string& organisation) {
    return keeps(directory, fact.node, organisation) || before(organisation);
  };
  if (fact.type == organisation::PersonRegistered::kType) {
    const auto f = codec::decode<organisation::PersonFact>(fact.type, fact.body);
    return kept(std::get<organisation::PersonRegistered>(f).description.organisation);
  }
  if (fact.type != organisation::Registered::kType) return true;
  const auto f = codec::decode<organisation::Fact>(fact.type, fact.body);
  const auto& superior = std::get<organisation::Registered>(f).description.superior;
  return !superior || may_begin_below(directory, fact.node, *superior) || before(*superior);
}

// An organisation does not place itself in the hierarchy: its superior's node does, the one before and the one after.
template <class Before>
bool changes_place(const state::Directory& directory, const journal::Fact& fact, Before&& before) {
  if (fact.type != organisation::Changed::kType) return false;
  const auto f = codec::decode<organisation::Fact>(fact.type, fact.body);
  const auto& said = std::get<organisation::Changed>(f).description;
  const auto* now = directory.organisations.organisation(part_of(fact.stream, '/', 1));
  if (!now || (now->superior == said.superior && now->level == said.level)) return false;
  if (now->superior && !keeps(directory, fact.node, *now->superior) && !before(*now->superior)) return true;
  return said.superior && said.superior != now->superior && !may_begin_below(directory, fact.node, *said.superior) &&
         !before(*said.superior);
}

// Nor does a node move its people into an organisation that another one keeps: they would speak for it.
template <class Before>
bool moves_into_anothers(const state::Directory& directory, const journal::Fact& fact, Before&& before) {
  if (fact.type != organisation::PersonChanged::kType) return false;
  const auto f = codec::decode<organisation::PersonFact>(fact.type, fact.body);
  const auto& said = std::get<organisation::PersonChanged>(f).description.organisation;
  const auto* now = directory.organisations.person(part_of(fact.stream, '/', 1));
  return now && now->organisation != said && !keeps(directory, fact.node, said) && !before(said);
}

// Nodes that do not hear each other can close a circle together, and what they say is taken. One that keeps all of the
// organisations in it knew better.
bool closes_circle(const state::Directory& directory, const journal::Fact& fact) {
  if (fact.type != organisation::Registered::kType && fact.type != organisation::Changed::kType) return false;
  const auto f = codec::decode<organisation::Fact>(fact.type, fact.body);
  const auto* registered = std::get_if<organisation::Registered>(&f);
  const auto& said = registered ? registered->description : std::get<organisation::Changed>(f).description;
  if (!said.superior) return false;
  const auto circle = directory.organisations.circle(part_of(fact.stream, '/', 1), *said.superior);
  return !circle.empty() && std::ranges::all_of(circle, [&](const std::string& organisation) {
    return keeps(directory, fact.node, organisation);
  });
}

// Of the register: an entry that is there already is written by who keeps it.
bool goes_on(const state::Directory& directory, journal::sql_connection& sql, const journal::Fact& fact) {
  const std::string id = part_of(fact.stream, '/', 1);
  if (fact.stream.starts_with("organisation/")) return keeps(directory, fact.node, id);
  if (const auto* person = directory.organisations.person(id); person && fact.stream.starts_with("person/"))
    return keeps(directory, fact.node, person->organisation);
  const auto first = journal::read_version(sql, fact.stream, 1);
  return !first || first->node == fact.node;
}

// Whether the person is of the organisation, or was: what was signed before somebody moved comes late.
bool is_of(const state::Directory& directory, journal::sql_connection& sql, const std::string& id,
           const std::string& organisation) {
  const auto* person = directory.organisations.person(id);
  if (!person || person->organisation == organisation) return true;
  for (const auto& fact : journal::read_stream(sql, "person/" + id)) {
    const auto known = codec::known<organisation::PersonFact>(fact.type, fact.body);
    if (!known) continue;
    const auto* registered = std::get_if<organisation::PersonRegistered>(&*known);
    const auto* changed = std::get_if<organisation::PersonChanged>(&*known);
    if (registered && registered->description.organisation == organisation) return true;
    if (changed && changed->description.organisation == organisation) return true;
  }
  return false;
}

// In whose name something is said: a leader of the organisation that says it.
std::string offence_of_name(const state::Directory& directory, journal::sql_connection& sql, const journal::Fact& fact,
                            const std::string& organisation) {
  std::string person;
  if (fact.type == instruction::Given::kType)
    person = std::get<instruction::Given>(codec::decode<instruction::Fact>(fact.type, fact.body)).given_by;
  if (fact.type == report::Signed::kType)
    person = std::get<report::Signed>(codec::decode<report::Fact>(fact.type, fact.body)).person;
  return is_of(directory, sql, person, organisation) ? "" : "speaks in the name of another organisation's " + person;
}

// A sender notes for a receiver outside what that one has answered; every other one answers for itself.
std::string offence_of_answer(const state::Directory& directory, journal::sql_connection& sql,
                              const journal::Fact& fact) {
  if (!fact.stream.starts_with("receipt/") || fact.version > 1 || fact.type == report::Received::kType) return {};
  const auto drafted = journal::read_version(sql, "report/" + part_of(fact.stream, '/', 1), 1);
  if (!drafted) return "answers a report that is not here";
  const auto to = std::get<report::Drafted>(codec::decode<report::Fact>(drafted->type, drafted->body)).to;
  const auto* receiver = directory.organisations.organisation(to);
  return receiver && receiver->external ? "" : "answers for " + to;
}

// Its node was the one of the organisation when it recorded the fact: until it was placed elsewhere, which only that
// node can put in order.
bool wrote_before(journal::sql_connection& sql, const std::string& organisation, const journal::Fact& fact) {
  bool here = false;
  for (const auto& one : journal::read_stream(sql, "organisation/" + organisation)) {
    if (one.type == organisation::Registered::kType) here = one.node == fact.node;
    if (one.type != organisation::Placed::kType) continue;
    if (here && (one.node != fact.node || fact.node_sequence < one.node_sequence)) return true;
    here = json::from_text<organisation::Placed>(one.body, json::Unknown::kPassedOver)->node == fact.node;
  }
  return false;
}

}  // namespace

std::string keeper_of(const state::Directory& directory, const std::string& organisation) {
  const auto* o = directory.organisations.organisation(organisation);
  if (!o) return {};
  const auto* at = directory.nodes.find(o->node);
  if (!at) return o->node;
  while (at && at->last_sequence) at = at->parent ? directory.nodes.find(*at->parent) : nullptr;
  return at ? at->id : std::string();
}

bool keeps(const state::Directory& directory, const std::string& node, const std::string& organisation) {
  const auto* o = directory.organisations.organisation(organisation);
  return !o || o->node == node || keeper_of(directory, organisation) == node;
}

bool may_begin_below(const state::Directory& directory, const std::string& node, const std::string& organisation) {
  const auto* o = directory.organisations.organisation(organisation);
  return keeps(directory, node, organisation) || directory.nodes.stands_above(node, o->node);
}

bool comes_round(const state::Directory& directory, const std::string& self, const std::string& neighbour,
                 const std::string& node) {
  return directory.nodes.stands_above(neighbour, self) && directory.nodes.stands_above(self, node);
}

bool comes_early(const state::Directory& directory, journal::sql_connection& sql, const std::string& self,
                 const std::string& neighbour, const journal::Fact& fact) {
  const auto b = beginning(sql, fact);
  if (!b || journal::version_of(sql, fact.stream) > 0 || b->is_released() || b->is_inherited(directory)) return false;
  const auto* owner = directory.organisations.organisation(b->incident.owner);
  const std::string node = owner ? owner->node : std::string();
  return !b->incident.released && node != self && !directory.nodes.lies_behind(self, neighbour, node);
}

std::optional<std::string> offence(const state::Directory& directory, journal::sql_connection& sql,
                                   const std::string& self, const std::string& neighbour, const journal::Fact& fact) {
  const std::string what =
      fact.type + " " + fact.stream + " of " + fact.node + "/" + std::to_string(fact.node_sequence);
  const bool joins = !directory.nodes.find(self) && is_register(fact.stream);  // the parent tells it who is who
  if (joins) return std::nullopt;
  const bool round = comes_round(directory, self, neighbour, fact.node) && !is_register(fact.stream);
  if (!round && !directory.nodes.lies_behind(self, neighbour, fact.node))
    return what + ": does not lie behind " + neighbour;
  const auto& last = directory.nodes.find(fact.node)->last_sequence;
  if (last && fact.node_sequence > *last) return what + ": the key was revoked at " + std::to_string(*last);
  if (const auto wrong = offence_of_segment(directory, sql, self, neighbour, fact); !wrong.empty())
    return what + ": " + wrong;
  if (is_register(fact.stream)) {
    const auto before = [&](const std::string& organisation) { return wrote_before(sql, organisation, fact); };
    if (fact.version == 1 && !may_begin(directory, fact, before)) return what + ": begins an entry below another's";
    if (changes_place(directory, fact, before)) return what + ": changes its own place in the hierarchy";
    if (moves_into_anothers(directory, fact, before)) return what + ": moves somebody into another's organisation";
    if (closes_circle(directory, fact)) return what + ": closes a circle of superiors";
    if (fact.version == 1 || goes_on(directory, sql, fact)) return std::nullopt;
    return what + ": another node keeps this entry";
  }
  if (fact.stream == "history/" + fact.node) return std::nullopt;
  const auto organisation = owner_of(sql, fact);
  if (!organisation) return std::nullopt;  // the stream lacks its beginning, which the journal finds
  for (const auto& wrong :
       {offence_of_name(directory, sql, fact, *organisation), offence_of_answer(directory, sql, fact)})
    if (!wrong.empty()) return what + ": " + wrong;
  const auto* o = directory.organisations.organisation(*organisation);
  if (o && (o->node == fact.node || wrote_before(sql, *organisation, fact))) return std::nullopt;
  return what + ": that node does not write for organisation " + *organisation;
}

}  // namespace anlan::command
