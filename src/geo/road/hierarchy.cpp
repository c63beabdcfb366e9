#include "geo/road/hierarchy.h"

#include <algorithm>
#include <iterator>

#include "base/result.h"

namespace anlan::road {

std::optional<Hierarchy> Hierarchy::over(const Network& network) {
  Hierarchy hierarchy(network);
  if (!hierarchy.contract()) return std::nullopt;
  hierarchy.index_downwards();
  return hierarchy;
}

// The neighbours that a node hands on need reach only the lowest of them: that one hands them on in its turn.
bool Hierarchy::contract() {
  const auto count = static_cast<Node>(network_->nodes());
  const std::size_t most = kMostEdgesANode * std::max<std::size_t>(count, 1);
  std::vector<std::vector<Node>> above(count);
  for (Node n = 0; n < count; ++n)
    for (const Arc arc : network_->arcs(n))
      if (arc.head > n) above[n].push_back(arc.head);
  first_.assign(1, 0);
  std::vector<Node> merged;
  for (Node n = 0; n < count; ++n) {
    std::vector<Node>& heads = above[n];
    std::ranges::sort(heads);
    heads.erase(std::unique(heads.begin(), heads.end()), heads.end());
    if (heads_.size() + heads.size() > most) return false;
    heads_.insert(heads_.end(), heads.begin(), heads.end());
    first_.push_back(static_cast<Edge>(heads_.size()));
    if (!heads.empty()) {
      std::vector<Node>& next = above[heads.front()];
      std::ranges::sort(next);
      merged.clear();
      std::set_union(next.begin(), next.end(), heads.begin() + 1, heads.end(), std::back_inserter(merged));
      next.swap(merged);
    }
    std::vector<Node>().swap(heads);
  }
  for (const Road& road : network_->roads())
    of_road_.push_back(road.tail == road.head ? kNone
                                              : edge(std::min(road.tail, road.head), std::max(road.tail, road.head)));
  return true;
}

void Hierarchy::index_downwards() {
  first_down_.assign(nodes() + 1, 0);
  for (const Node head : heads_) ++first_down_[head + 1];
  for (std::size_t n = 0; n < nodes(); ++n) first_down_[n + 1] += first_down_[n];
  down_.resize(heads_.size());
  auto next = first_down_;
  for (Node n = 0; n < nodes(); ++n)
    for (Edge e = first_[n]; e < first_[n + 1]; ++e) down_[next[heads_[e]]++] = {n, e};
}

Edge Hierarchy::edge(Node lower, Node higher) const {
  const auto begin = heads_.begin() + first_[lower], end = heads_.begin() + first_[lower + 1];
  const auto found = std::lower_bound(begin, end, higher);
  return found == end || *found != higher ? kNone : static_cast<Edge>(found - heads_.begin());
}

std::size_t Hierarchy::bytes() const {
  return (first_.size() + heads_.size() + of_road_.size() + first_down_.size()) * sizeof(Edge) +
         down_.size() * sizeof(Down);
}

Metric::Metric(std::shared_ptr<const Hierarchy> hierarchy, std::vector<Ms> weights)
    : hierarchy_(std::move(hierarchy)), weights_(std::move(weights)), edges_(hierarchy_->edges()) {
  take_roads();
  customise();
}

void Metric::take_roads() {
  const Network& network = hierarchy_->network();
  for (ArcNumber a = 0; a < weights_.size(); ++a) {
    const Edge e = hierarchy_->edge_of_road(a / 2);
    if (e == kNone) continue;
    Ms& ms = network.tail(a) < network.head(a) ? edges_[e].up : edges_[e].down;
    ms = std::min(ms, weights_[a]);
  }
}

// Whatever goes down to `lower` and up again may be shorter than the edge between both ends. Edges of lower nodes are
// final before they are used.
void Metric::customise() {
  const Hierarchy& h = *hierarchy_;
  std::vector<Edge> to(h.nodes(), kNone);
  for (Node n = 0; n < h.nodes(); ++n) {
    for (Edge e = h.first(n); e < h.first(n + 1); ++e) to[h.head(e)] = e;
    for (const Hierarchy::Down& below : h.down(n)) {
      const Both side = edges_[below.edge];
      for (Edge e = below.edge + 1; e < h.first(below.lower + 1); ++e) {
        Both& edge = edges_[to[h.head(e)]];
        edge.up = std::min(edge.up, side.down + edges_[e].up);
        edge.down = std::min(edge.down, edges_[e].down + side.up);
      }
    }
  }
}

void Metric::unpack(Node from, Node to, std::vector<ArcNumber>& arcs) const {
  const Hierarchy& h = *hierarchy_;
  const auto time = [&](Node a, Node b) {
    const Both& both = edges_[h.edge(std::min(a, b), std::max(a, b))];
    return a < b ? both.up : both.down;
  };
  std::vector<std::pair<Node, Node>> left{{from, to}};
  while (!left.empty()) {
    const auto [a, b] = left.back();
    left.pop_back();
    const Ms ms = time(a, b);
    const auto own = h.network().arcs(a);
    const auto arc =
        std::ranges::find_if(own, [&, end = b](Arc x) { return x.head == end && weights_[x.number] == ms; });
    if (arc != own.end()) {
      arcs.push_back(arc->number);
      continue;
    }
    const auto below_a = h.down(a), below_b = h.down(b);
    for (auto i = below_a.begin(), j = below_b.begin();;) {
      ANLAN_ASSERT(i != below_a.end() && j != below_b.end());
      if (i->lower == j->lower && edges_[i->edge].down + edges_[j->edge].up == ms) {
        left.push_back({i->lower, b});
        left.push_back({a, i->lower});
        break;
      }
      i->lower <= j->lower ? ++i : ++j;
    }
  }
}

}  // namespace anlan::road
