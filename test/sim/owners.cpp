#include "owners.h"

#include <algorithm>

#include "codec/fact.h"

namespace anlan::sim {
namespace {

std::string joined(const std::string& incident, const std::string& organisation, std::int64_t epoch,
                   std::int64_t offer = 0) {
  return incident + "/" + organisation + "/" + std::to_string(epoch) + (offer ? "/" + std::to_string(offer) : "");
}

}  // namespace

bool stands_above(const Tree& tree, const std::string& upper, const std::string& organisation) {
  for (std::string at = tree.at(organisation); !at.empty(); at = tree.at(at))
    if (at == upper) return true;
  return false;
}

// Facts of a segment are its node's, and stand in their order among them.
Owners::Owners(const std::vector<journal::Fact>& all) {
  for (const auto& fact : all) {
    if (const auto name = incident::segment_of(fact.stream)) {
      Segment& segment = stories_[name->incident][name->epoch];
      segment.facts.push_back(codec::decode<incident::Fact>(fact.type, fact.body));
      segment.length = std::max(segment.length, fact.version);
      const auto& said = segment.facts.back();
      if (const auto* f = std::get_if<incident::Opened>(&said)) segment.owner = f->organisation;
      if (const auto* f = std::get_if<incident::TakenOver>(&said))
        segment.owner = f->organisation, segment.from = f->from;
      if (std::holds_alternative<incident::Released>(said)) segment.released_at = fact.node_sequence;
    } else if (codec::is<incident::PartyFact>(fact.type)) {
      const auto said = codec::decode<incident::PartyFact>(fact.type, fact.body);
      const std::string by = part_of(fact.stream, 2);
      if (const auto* f = std::get_if<incident::OfferAccepted>(&said))
        accepted_.insert(joined(incident_of(fact.stream), by, f->epoch, f->offer));
      if (const auto* f = std::get_if<incident::Claimed>(&said))
        claimed_.insert(joined(incident_of(fact.stream), by, f->epoch));
    }
  }
}

void Owners::judge(const Tree& tree, Verdict& verdict) const {
  for (const auto& [incident, story] : stories_) judge(incident, story, tree, verdict);
}

void Owners::judge(const std::string& incident, const Story& story, const Tree& tree, Verdict& verdict) const {
  std::int64_t expected = 1, version = 0;
  const incident::Released* released = nullptr;
  for (const auto& [epoch, segment] : story) {
    const std::string what = incident + " epoch " + std::to_string(epoch);
    if (epoch != expected++) verdict.find(&Verdict::lost, what + " does not follow the one before");
    if (epoch > 1 && (!released || released->to != segment.owner || released->epoch != epoch))
      verdict.find(&Verdict::diverged, what + " of " + segment.owner + " was not released to it");
    if (segment.from != version) verdict.find(&Verdict::reordered, what + " goes on from another version");
    version += segment.length;
    released = nullptr;
    for (const auto& fact : segment.facts) {
      if (released) verdict.find(&Verdict::reordered, what + " goes on behind its release");
      released = std::get_if<incident::Released>(&fact);
      if (released && !was_asked(incident, segment, *released, tree))
        verdict.find(&Verdict::diverged, what + " was released to " + released->to + ", which nobody asked for");
    }
  }
  if (released) verdict.find(&Verdict::lost, released->to + " has not taken over " + incident);
}

bool Owners::was_asked(const std::string& incident, const Segment& segment, const incident::Released& f,
                       const Tree& tree) const {
  const incident::Offered* stands = nullptr;
  for (const auto& fact : segment.facts) {
    if (const auto* offered = std::get_if<incident::Offered>(&fact)) stands = offered;
    if (std::holds_alternative<incident::OfferWithdrawn>(fact)) stands = nullptr;
  }
  if (stands && stands->to == f.to && accepted_.contains(joined(incident, f.to, f.epoch, stands->offer))) return true;
  return claimed_.contains(joined(incident, f.to, f.epoch)) && stands_above(tree, f.to, segment.owner);
}

void Owners::judge_lists(const std::vector<std::unique_ptr<Node>>& nodes, Verdict& verdict) const {
  for (const auto& node : nodes) {
    auto& rows = node->sql().prepare("SELECT id, organisation, epoch, released_to FROM incident");
    while (rows.step()) {
      const auto story = stories_.find(std::string(rows.text(0)));
      if (story == stories_.end()) continue;
      const auto& [epoch, last] = *story->second.rbegin();
      if (rows.text(1) != last.owner || rows.integer(2) != epoch || !rows.is_null(3))
        verdict.find(&Verdict::diverged, node->id() + " takes " + std::string(rows.text(1)) + " for the owner of " +
                                             story->first + ", which is " + last.owner);
    }
  }
}

bool Owners::is_closed(const std::string& incident) const {
  bool closed = false;
  for (const auto& [epoch, segment] : stories_.at(incident))
    for (const auto& fact : segment.facts) {
      if (std::holds_alternative<incident::Closed>(fact)) closed = true;
      if (std::holds_alternative<incident::Reopened>(fact)) closed = false;
    }
  return closed;
}

}  // namespace anlan::sim
