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

// By counting, as the arcs of a network. Lower nodes come ascending of themselves.
void Hierarchy::index_downwards() {
  first_down_.assign(nodes() + 1, 0);
  for (const Node head : heads_) ++first_down_[head + 1];
  for (std::size_t n = 0; n < nodes(); ++n) first_down_[n + 1] += first_down_[n];
  down_.resize(heads_.size());
  auto next = first_down_;
  for (Node n = 0; n < nodes(); ++n)
    for (Edge e = first_[n]; e < first_[n + 1]; ++e) down_[next[heads_[e]]++] = {n, e};
}

// Heads are ascending.
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

// Of roads side by side between the same nodes the fastest counts.
void Metric::take_roads() {
  const Network& network = hierarchy_->network();
  for (ArcNumber a = 0; a < weights_.size(); ++a) {
    const Edge e = hierarchy_->edge_of_road(a / 2);
    if (e == kNone) continue;
    Ms& ms = network.tail(a) < network.head(a) ? edges_[e].up : edges_[e].down;
    ms = std::min(ms, weights_[a]);
  }
}

// Of a node, its lower neighbours and what those have above it: relax(edge to the lower one, the lower one's edge
// further up, the edge that closes the triangle). `to` is room for an edge a node.
template <class Relax>
void Metric::each_triangle_above(Node n, std::vector<Edge>& to, Relax&& relax) {
  const Hierarchy& h = *hierarchy_;
  for (Edge e = h.first(n); e < h.first(n + 1); ++e) to[h.head(e)] = e;
  for (const Hierarchy::Down& below : h.down(n))
    for (Edge e = below.edge + 1; e < h.first(below.lower + 1); ++e) relax(below.edge, e, to[h.head(e)]);
}

void Metric::customise() {
  std::vector<Edge> to(hierarchy_->nodes(), kNone);
  // Whatever goes down and up again may be shorter than the edge between both ends. Edges of lower nodes are final
  // before they are used.
  for (Node n = 0; n < hierarchy_->nodes(); ++n)
    each_triangle_above(n, to, [&](Edge low, Edge high, Edge across) {
      Both& edge = edges_[across];
      edge.up = std::min(edge.up, edges_[low].down + edges_[high].up);
      edge.down = std::min(edge.down, edges_[high].down + edges_[low].up);
    });
  // Whatever goes up and down again, too: then all edges are shortest ways, and what became shorter is not needed.
  // Edges of higher nodes are final before they are used.
  std::vector<Both> shortest = edges_;
  for (Node n = static_cast<Node>(hierarchy_->nodes()); n-- > 0;)
    each_triangle_above(n, to, [&](Edge low, Edge high, Edge across) {
      Both &a = shortest[low], &b = shortest[high];
      const Both c = shortest[across];
      a.up = std::min(a.up, b.up + c.down);
      b.up = std::min(b.up, a.up + c.up);
      a.down = std::min(a.down, c.up + b.down);
      b.down = std::min(b.down, c.down + a.down);
    });
  keep_shortest(shortest);
}

// Edges that nobody can drive go too: with closures that is whole parts of the city.
void Metric::keep_shortest(const std::vector<Both>& shortest) {
  const Hierarchy& h = *hierarchy_;
  first_up_.push_back(0);
  first_down_.push_back(0);
  for (Node n = 0; n < h.nodes(); ++n) {
    for (Edge e = h.first(n); e < h.first(n + 1); ++e) {
      if (edges_[e].up < kNever && edges_[e].up == shortest[e].up) up_.push_back({h.head(e), edges_[e].up});
      if (edges_[e].down < kNever && edges_[e].down == shortest[e].down) down_.push_back({h.head(e), edges_[e].down});
    }
    first_up_.push_back(static_cast<std::uint32_t>(up_.size()));
    first_down_.push_back(static_cast<std::uint32_t>(down_.size()));
  }
  up_.shrink_to_fit();
  down_.shrink_to_fit();
}

std::size_t Metric::bytes() const {
  return edges_.size() * sizeof(Both) + weights_.size() * sizeof(Ms) + (up_.size() + down_.size()) * sizeof(Step) +
         (first_up_.size() + first_down_.size()) * sizeof(std::uint32_t);
}

// An edge is the fastest road between its nodes, or goes down to a node that both have below them and up again; which
// of the two its time says. Each step goes to lower nodes, so it ends.
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
