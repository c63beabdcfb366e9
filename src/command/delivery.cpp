#include "command/delivery.h"

#include <algorithm>
#include <array>

#include "codec/fact.h"
#include "command/fits.h"
#include "domain/incident/facts.h"
#include "domain/organisation/facts.h"
#include "domain/report/facts.h"

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
  if (prefix == "parties" || prefix == "clocks") return third;
  if (prefix == "duty") return id;
  if (prefix == "instruction" && !third.empty()) return third;
  if (prefix == "report" || prefix == "instruction") return part_of(id, '.', 1);
  if (fact.type == incident::Opened::kType)
    return std::get<incident::Opened>(codec::decode<incident::Fact>(fact.type, fact.body)).organisation;
  if (fact.type == report::Received::kType)
    return std::get<report::Received>(codec::decode<report::ReceiptFact>(fact.type, fact.body)).to;
  if (prefix == "receipt") return part_of(id, '.', 1);  // what the sender has noted for a receiver without a node
  return knows_streams(prefix) ? std::string() : fact.stream.substr(fact.stream.rfind('/') + 1);
}

// Their first fact may be of any node: who registers something goes on with it.
bool is_register(std::string_view stream) {
  constexpr std::array<std::string_view, 3> kRegister{"organisation/", "person/", "node/"};
  return std::ranges::any_of(kRegister, [&](std::string_view prefix) { return stream.starts_with(prefix); });
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

std::optional<std::string> offence(const state::Directory& directory, journal::sql_connection& sql,
                                   const std::string& self, const std::string& neighbour, const journal::Fact& fact) {
  const std::string what =
      fact.type + " " + fact.stream + " of " + fact.node + "/" + std::to_string(fact.node_sequence);
  const bool joins = !directory.nodes.find(self) && is_register(fact.stream);  // the parent tells it who is who
  if (joins) return std::nullopt;
  if (!directory.nodes.lies_behind(self, neighbour, fact.node)) return what + ": does not lie behind " + neighbour;
  const auto& last = directory.nodes.find(fact.node)->last_sequence;
  if (last && fact.node_sequence > *last) return what + ": the key was revoked at " + std::to_string(*last);
  if (fact.version > 1) {
    const auto first = journal::read_version(sql, fact.stream, 1);
    if (!first || first->node == fact.node) return std::nullopt;
    return what + ": " + first->node + " writes this stream";
  }
  if (is_register(fact.stream)) return std::nullopt;
  const std::string organisation = organisation_of(fact);
  const auto* o = directory.organisations.organisation(organisation);
  if (o && (o->node == fact.node || wrote_before(sql, organisation, fact))) return std::nullopt;
  return what + ": that node does not write for organisation " + organisation;
}

}  // namespace anlan::command
