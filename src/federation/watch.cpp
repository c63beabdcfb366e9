#include "federation/watch.h"

#include <algorithm>

#include "codec/json_write.h"
#include "journal/history.h"
#include "journal/journal.h"
#include "journal/quarantine.h"

namespace anlan::federation {
namespace {

// Mere contact is written no more often.
constexpr std::chrono::seconds kPace{5};

Relation relation_of(const state::Directory& directory, const std::string& self, const node::Node& node) {
  const auto* own = directory.nodes.find(self);
  if (node.id == self) return Relation::kSelf;
  if (own && own->parent == node.id) return Relation::kParent;
  if (node.parent == self) return Relation::kChild;
  return directory.nodes.stands_above(self, node.id) ? Relation::kBelow : Relation::kOther;
}

std::optional<Instant> earlier(std::optional<Instant> one, std::optional<Instant> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

}  // namespace

std::optional<Milliseconds> Standing::clock_ahead() const {
  if (!told.said_at || !told.heard_at) return std::nullopt;
  return std::chrono::duration_cast<Milliseconds>(*told.said_at - *told.heard_at);
}

void Watch::heard(const std::string& neighbour, const std::string& address, std::optional<journal::Place> read,
                  Instant now) {
  const std::lock_guard lock(mutex_);
  Known& known = known_[neighbour];
  known.health.node = known.health.told_by = neighbour;
  if (!address.empty()) known.health.address = address;
  if (read) known.health.read = *read;
  known.health.contact_at = now;
  known.unkept = true;
}

bool Watch::told(const std::string& neighbour, Health health, const state::Directory& directory, Instant now) {
  if (health.node != neighbour) return false;
  const Instant said_at = health.sent_at;
  health = by_clock_ahead(std::move(health), std::chrono::duration_cast<Milliseconds>(now - said_at));
  heard(neighbour, {}, {}, now);
  add_below(neighbour, std::move(health.below), directory);
  const Told told{neighbour, now, now, said_at, {}, false, std::move(health.own)};
  const std::lock_guard lock(mutex_);
  known_[neighbour].health.document = json::to_text(told);
  known_[neighbour].urgent = true;
  return true;
}

void Watch::add_below(const std::string& neighbour, std::vector<Told> below, const state::Directory& directory) {
  const std::lock_guard lock(mutex_);
  for (Told& told : below) {
    if (!directory.nodes.find(told.node) || !directory.nodes.stands_above(self_, neighbour) ||
        !directory.nodes.stands_above(neighbour, told.node))
      continue;
    Known& known = known_[told.node];
    known.health = {told.node, neighbour, {}, told.contact_at, {}, json::to_text(told)};
    known.unkept = known.urgent = true;
  }
}

std::vector<journal::NodeHealth> Watch::take_unkept(Instant now) {
  const std::lock_guard lock(mutex_);
  std::vector<journal::NodeHealth> taken;
  if (keeping_) return taken;
  for (auto& [node, known] : known_) {
    const bool rests = known.kept_at <= now && now < known.kept_at + kPace;
    if (!known.unkept || (rests && !known.urgent)) continue;
    known.unkept = known.urgent = false;
    known.kept_at = now;
    taken.push_back(known.health);
  }
  keeping_ = !taken.empty();
  return taken;
}

void Watch::kept() {
  const std::lock_guard lock(mutex_);
  keeping_ = false;
}

const journal::NodeHealth& Watch::All::of(const std::string& node) const {
  static const journal::NodeHealth kNothing;
  const auto found = nodes.find(node);
  return found == nodes.end() ? kNothing : found->second;
}

// Another process on the store may have been in contact later.
Watch::All Watch::all_known(sql::Connection& sql) const {
  All all;
  for (auto& known : journal::node_healths(sql)) all.nodes[known.node] = std::move(known);
  for (const auto& one : journal::quarantined(sql))
    all.refused[one.neighbour] = std::max(all.refused[one.neighbour], one.last_at);
  const std::lock_guard lock(mutex_);
  for (const auto& [node, known] : known_) {
    auto& stored = all.nodes[node];
    if (stored.contact_at > known.health.contact_at) continue;
    auto merged = known.health;
    if (merged.address.empty()) merged.address = stored.address;
    if (merged.document.empty()) merged.document = stored.document;
    if (merged.read == journal::Place{}) merged.read = stored.read;
    stored = std::move(merged);
  }
  return all;
}

bool Watch::stands_refused(const std::string& neighbour, const All& all) const {
  const auto found = all.refused.find(neighbour);
  const auto& contact_at = all.of(neighbour).contact_at;
  return found != all.refused.end() && contact_at && found->second + limits_.late >= *contact_at;
}

std::vector<Standing> Watch::standings(const Look& look) {
  const All all = all_known(look.sql);
  std::vector<Standing> standings;
  if (!look.directory.nodes.find(self_)) standings.push_back(standing_of(look, {self_, self_, {}, {}, {}}, all));
  for (const auto& [id, node] : look.directory.nodes.all) standings.push_back(standing_of(look, node, all));
  return standings;
}

Standing Watch::standing_of(const Look& look, const node::Node& node, const All& all) {
  using enum Relation;
  Standing standing;
  standing.relation = relation_of(look.directory, self_, node);
  const auto& known = all.of(node.id);
  if (standing.relation != kOther)
    if (auto told = told_in(known.document)) standing.told = std::move(*told);
  Told& told = standing.told;
  if (standing.relation == kSelf) told = own_standing(look, all);
  told.node = node.id;
  if (standing.relation == kParent || standing.relation == kChild) {
    told.contact_at = known.contact_at;
    told.refused = stands_refused(node.id, all);
    standing.address = known.address;
  }
  if (standing.relation == kChild && look.rules && !node.last_sequence)
    told.down = backlogs_.of(look.sql, look.directory, *look.rules, self_, node.id, known.read);
  if (told.contact_at) standing.told_by = known.told_by;
  judge(look, node, all, standing);
  return standing;
}

// Its clock is judged by that of the node above it: what that one has said tells how far they are apart.
Told Watch::own_standing(const Look& look, const All& all) {
  Told told;
  told.own = own_();
  told.own->head = journal::head(look.sql);
  told.own->restored = journal::is_behind(look.sql);
  const auto* own = look.directory.nodes.find(self_);
  if (!own || !own->parent) return told;
  const auto& above = all.of(*own->parent);
  told.own->refuses = stands_refused(*own->parent, all);
  if (look.rules) told.own->up = backlogs_.of(look.sql, look.directory, *look.rules, self_, *own->parent, above.read);
  if (const auto said = told_in(above.document)) {
    told.heard_at = said->said_at;
    told.said_at = said->heard_at;
  }
  return told;
}

Instant Watch::asked_at(const std::string& node, const All& all, Instant now) const {
  const auto& known = all.of(node);
  if (known.told_by == node) return now;
  const auto by = told_in(all.of(known.told_by).document);
  return by ? by->heard_at.value_or(now) : now;
}

// Over nodes that are each in contact with the one above it.
bool Watch::reaches(const state::Directory& directory, const node::Node& node, const All& all, Instant now) const {
  if (!all.nodes.contains(node.id)) return false;
  for (const auto* at = &node; at->parent && *at->parent != self_;) {
    const auto& above = all.of(*at->parent);
    if (!above.contact_at || asked_at(above.node, all, now) - *above.contact_at > limits_.cut) return false;
    at = directory.nodes.find(*at->parent);
    if (!at) return false;
  }
  return true;
}

void Watch::judge(const Look& look, const node::Node& node, const All& all, Standing& standing) const {
  using enum Relation;
  const Told& told = standing.told;
  Seen seen;
  seen.self = standing.relation == kSelf;
  seen.revoked = node.last_sequence.has_value();
  seen.refused = told.refused || (told.own && told.own->refuses && standing.relation != kParent);
  seen.reached =
      standing.relation == kBelow ? reaches(look.directory, node, all, look.now) : standing.relation != kOther;
  seen.restored = told.own && told.own->restored.value_or(false);
  seen.contact_at = told.contact_at;
  seen.asked_at = standing.relation == kBelow ? asked_at(node.id, all, look.now) : look.now;
  seen.waits_since = told.down ? told.down->since : std::nullopt;
  if (told.own && standing.relation != kParent) seen.waits_since = earlier(seen.waits_since, told.own->up.since);
  if (standing.relation != kParent) seen.clock_off = standing.clock_ahead().value_or(Milliseconds{0});
  if (told.own) {
    seen.release = told.own->release;
    seen.disk_free_mib = told.own->disk_free_mib;
    seen.disk_mib = told.own->disk_mib;
  }
  auto judgement = judged(seen, release_, limits_, look.now);
  standing.conditions = std::move(judgement.conditions);
  standing.since = judgement.since;
}

Health Watch::own_health(const Look& look) {
  return {self_, look.now, *own_standing(look, all_known(look.sql)).own, {}};
}

Health health_of(const std::vector<Standing>& standings, Instant now) {
  Health health;
  health.sent_at = now;
  for (const Standing& standing : standings) {
    const bool below = standing.relation == Relation::kChild || standing.relation == Relation::kBelow;
    if (standing.relation == Relation::kSelf) {
      health.node = standing.told.node;
      health.own = *standing.told.own;
    } else if (below && standing.conditions.front() != Condition::kRevoked && std::ssize(health.below) < kMostBelow) {
      health.below.push_back(standing.told);
    }
  }
  return health;
}

std::string words_of(const std::vector<Standing>& standings) {
  std::string words;
  for (const Standing& standing : standings) {
    if (standing.relation == Relation::kParent || standing.relation == Relation::kOther) continue;
    words += standing.told.node;
    for (const Condition condition : standing.conditions) words.append(" ").append(name_of(condition));
    words += "\n";
  }
  return words;
}

}  // namespace anlan::federation
