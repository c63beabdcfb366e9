#include "view/outgoing.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/mutation.h"
#include "domain/node/facts.h"
#include "domain/organisation/facts.h"
#include "journal/start.h"
#include "view/audience.h"

namespace anlan::view {
namespace {

using journal::Place;
using journal::Position;

// Facts of the journal that are looked at for one piece, and read at a time.
constexpr std::size_t kMostLooked = 4096, kPage = 512;

class Search {
 public:
  Search(sql::Connection& sql, const state::Directory& directory, const std::vector<ScopeRule>& rules,
         const std::string& self, const std::string& neighbour)
      : sql_(sql),
        directory_(directory),
        rules_(rules),
        self_(self),
        neighbour_(neighbour),
        up_(directory.nodes.stands_above(neighbour, self)) {}

  // Who does not know both places in the tree cannot tell from where a fact came, and would pass over what is to go.
  Outgoing piece(Place after, std::size_t limit) {
    Outgoing found{{}, after, false};
    if (!directory_.nodes.find(self_) || !directory_.nodes.find(neighbour_)) return found;
    const Position seen = journal::seen(sql_);
    Position from = after.since;
    for (std::size_t looked = 0; looked < kMostLooked && from <= seen; looked += kPage) {
      const auto facts = journal::read_after(sql_, from - 1, kPage);
      if (facts.empty()) break;
      const Position last = std::min(seen, facts.back().position);
      if (!gather(facts, from, last, limit, found)) break;
      from = last + 1;
    }
    found.more = found.upto < Place{seen, seen};
    return found;
  }

  Outgoing first(Place after, Position told, std::size_t limit) {
    Outgoing found{{}, after, true};
    const auto news = in_the_news(std::max(after.since, told));
    if (news.empty()) return found;
    auto places = of_register(after);
    if (!places || places->size() > limit) return found;
    const std::size_t without = places->size();
    for (const std::string& incident : news) {
      if (places->size() == limit) break;
      const auto story = of_incident(incident, after);
      if (places->size() + story.size() <= limit) places->insert(story.begin(), story.end());
    }
    if (places->size() == without) return found;
    std::vector<Position> positions;
    for (const Place& place : *places) positions.push_back(place.position);
    for (auto& fact : journal::read_at(sql_, positions)) add(found, std::move(fact));
    return found;
  }

 private:
  // Incidents, the one of which the latest was recorded first.
  std::vector<std::string> in_the_news(Position after) {
    std::vector<std::string> incidents;
    const Position seen = journal::seen(sql_);
    auto facts = journal::read_after(sql_, std::max(after, seen - static_cast<Position>(kMostLooked)), kMostLooked);
    std::ranges::reverse(facts);
    for (const auto& fact : facts) {
      if (fact.position > seen || fact.world != "real" || !goes_first(fact)) continue;
      const std::string incident = incident_of(fact.stream);
      if (std::ranges::find(incidents, incident) == incidents.end()) incidents.push_back(incident);
    }
    return incidents;
  }
  bool goes_first(const journal::Fact& fact) const {
    const auto* rule = rule_of(fact.stream);
    return rule && std::ranges::find(rule->first, fact.type) != rule->first.end();
  }

  // Of what everybody hears. Nothing where somebody's work or word ends in it: what stands before that in the order
  // must be heard before it.
  std::optional<std::set<Place>> of_register(Place after) {
    std::set<Place> places;
    for (const auto& rule : rules_) {
      if (rule.reach != Reach::kEveryone) continue;
      auto& rows =
          sql_.prepare("SELECT position, node, type FROM fact WHERE position > ? AND stream >= ? AND stream < ?");
      rows.bind(after.since).bind(rule.prefix).bind(rule.prefix + "\x7f");
      bool ends = false;
      while (rows.step()) {
        const Place place{rows.integer(0), rows.integer(0)};
        if (!(after < place) || came_from_there(std::string(rows.text(1)))) continue;
        ends = ends || rows.text(2) == node::Revoked::kType || rows.text(2) == organisation::Placed::kType;
        places.insert(place);
      }
      if (ends) return std::nullopt;
    }
    return places;
  }
  // Of the incident, by when somebody behind the neighbour could see it.
  std::set<Place> of_incident(const std::string& incident, Place after) {
    std::map<Position, Position> since;
    for (const std::string& organisation : told_of(incident)) {
      auto& rows = sql_.prepare(
          "SELECT a.since, a.position FROM story s JOIN audience a ON a.organisation = ? AND a.position = s.position "
          "WHERE s.incident = ?");
      rows.bind(organisation).bind(incident);
      while (rows.step()) {
        const auto [one, is_new] = since.try_emplace(rows.integer(1), rows.integer(0));
        one->second = std::min(one->second, rows.integer(0));
      }
    }
    std::vector<Position> positions;
    for (const auto& [position, first] : since) positions.push_back(position);
    std::set<Place> places;
    for (const auto& fact : journal::read_at(sql_, positions)) {
      const Place place{since.at(fact.position), fact.position};
      if (ANLAN_PLANTED("news without its story") && !goes_first(fact)) continue;
      if (after < place && !is_known_there(fact.node) && reach_of(fact.stream) == Reach::kConcerned)
        places.insert(place);
    }
    return places;
  }
  std::vector<std::string> told_of(const std::string& incident) {
    std::vector<std::string> organisations;
    auto& rows = sql_.prepare("SELECT organisation FROM told WHERE incident = ?");
    rows.bind(incident);
    while (rows.step())
      if (std::string organisation(rows.text(0)); works_behind(organisation))
        organisations.push_back(std::move(organisation));
    return organisations;
  }

  // False where the piece is full.
  bool gather(const std::vector<journal::Fact>& facts, Position from, Position last, std::size_t limit,
              Outgoing& found) {
    read_audience(from, last);
    for (const auto& fact : facts) {
      if (fact.position > last) break;
      if (!gather(fact, limit, found)) return false;
    }
    return true;
  }
  // Of the facts that came into somebody's scope from one position to another.
  void read_audience(Position from, Position to) {
    concerned_.clear();
    auto& rows = sql_.prepare("SELECT since, position, organisation FROM audience WHERE since >= ? AND since <= ?");
    rows.bind(from).bind(to);
    while (rows.step())
      if (works_behind(std::string(rows.text(2)))) concerned_[rows.integer(0)].insert(rows.integer(1));
  }
  // Looked up for those that are met: there may be a thousand more.
  bool works_behind(const std::string& organisation) {
    const auto [known, is_new] = behind_.try_emplace(organisation, false);
    const auto* o = is_new ? directory_.organisations.organisation(organisation) : nullptr;
    if (o) known->second = !o->external && directory_.nodes.lies_behind(self_, neighbour_, o->node);
    return known->second;
  }
  // Whether what this node recorded came from the neighbour's side, or has a shorter way to there.
  bool came_from_there(const std::string& node) {
    const auto [known, is_new] = beyond_.try_emplace(node, false);
    if (is_new) known->second = !directory_.nodes.lies_behind(neighbour_, self_, node);
    return known->second;
  }

  // Of a node below the neighbour that has brought this node files past it: what it said so may not be there yet, and
  // what was done on it here would wait for it. Whoever knows it by its own line passes it over.
  bool came_round(const std::string& node) {
    const auto [known, is_new] = round_.try_emplace(node, false);
    if (is_new)
      known->second =
          directory_.nodes.stands_above(neighbour_, node) && journal::received(sql_, node) > journal::Place{};
    return known->second;
  }
  bool is_known_there(const std::string& node) { return came_from_there(node) && !came_round(node); }

  // What comes into scope with the fact. False where the piece is full before all of it is in.
  bool gather(const journal::Fact& fact, std::size_t limit, Outgoing& found) {
    for (auto& one : coming_with(fact)) {
      const Place place{fact.position, one.position};
      if (place <= found.upto) continue;
      if (found.facts.size() >= limit) return false;
      if (goes(one, fact.position)) add(found, std::move(one));
      found.upto = place;
    }
    return true;
  }

  // What came into scope with the fact, in order, and the fact itself.
  std::vector<journal::Fact> coming_with(const journal::Fact& fact) {
    std::vector<journal::Fact> facts;
    if (const auto found = concerned_.find(fact.position);
        found != concerned_.end() && !ANLAN_PLANTED("the story before is not sent")) {
      std::vector<Position> earlier(found->second.begin(), found->second.end());
      std::erase(earlier, fact.position);
      facts = journal::read_at(sql_, earlier);
    }
    facts.push_back(fact);
    return facts;
  }

  bool goes(const journal::Fact& fact, Position since) {
    if (came_from_there(fact.node) && !ANLAN_PLANTED("sent back"))
      return came_round(fact.node) && reach_of(fact.stream) == Reach::kConcerned && concerns(fact, since);
    switch (reach_of(fact.stream)) {
      case Reach::kNobody:
        return false;
      case Reach::kConcerned:
        return ANLAN_PLANTED("sent to everybody") || concerns(fact, since);
      case Reach::kUp:
        return up_ || concerns(fact, since);
      case Reach::kDown:
        return !up_;
      case Reach::kEveryone:
        return true;
    }
    return false;
  }

  bool concerns(const journal::Fact& fact, Position since) const {
    const auto found = concerned_.find(since);
    return found != concerned_.end() && found->second.contains(fact.position);
  }

  const ScopeRule* rule_of(std::string_view stream) const {
    const auto rule = std::ranges::find_if(rules_, [&](const ScopeRule& r) { return stream.starts_with(r.prefix); });
    return rule == rules_.end() ? nullptr : &*rule;
  }
  Reach reach_of(std::string_view stream) const {
    const auto* rule = rule_of(stream);
    return rule ? rule->reach : Reach::kNobody;
  }

  // A report comes into its receiver's scope by its sending alone; what was sent goes ahead of that.
  void add(Outgoing& found, journal::Fact fact) {
    if (fact.stream.starts_with("report/") && !ANLAN_PLANTED("the sending without the draft"))
      for (auto& earlier : journal::read_stream(sql_, fact.stream))
        if (earlier.version < fact.version) found.facts.push_back(std::move(earlier));
    found.facts.push_back(std::move(fact));
  }

  sql::Connection& sql_;
  const state::Directory& directory_;
  const std::vector<ScopeRule>& rules_;
  const std::string self_, neighbour_;
  const bool up_;                                     // the neighbour is the parent, or above it
  std::map<std::string, bool> behind_;                // organisations that work there
  std::map<std::string, bool> beyond_, round_;        // nodes
  std::map<Position, std::set<Position>> concerned_;  // by `since`: what somebody behind the neighbour may see
};

}  // namespace

Outgoing outgoing(sql::Connection& sql, const state::Directory& directory, const std::vector<ScopeRule>& rules,
                  const std::string& self, const std::string& neighbour, Place after, std::size_t limit) {
  return Search(sql, directory, rules, self, neighbour).piece(after, limit);
}

Outgoing going_first(sql::Connection& sql, const state::Directory& directory, const std::vector<ScopeRule>& rules,
                     const std::string& self, const std::string& neighbour, Place after, Position told,
                     std::size_t limit) {
  return Search(sql, directory, rules, self, neighbour).first(after, told, limit);
}

}  // namespace anlan::view
