#include "geo/allocation/flow.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace anlan::allocation {
namespace {

using Cost = std::int64_t;

// One cost in the place of three aims. A plan that is not the best can be made better along a cycle that comes to each
// node once, so an aim goes before the next when one unit of it is more than the next can be over all nodes. What can
// be met of each need is a polymatroid: there any weights that fall with the urgency meet the most urgent first, they
// need not outweigh each other.
struct Prices {
  Prices(const Problem& problem, const OneKind& kind) {
    Cost longest = 0;
    for (const std::size_t s : kind.sources)
      for (const std::size_t n : kind.needs)
        if (const Ms ms = arrival(problem, s, n); ms < kNever) longest = std::max<Cost>(longest, ms);
    const Cost nodes = static_cast<Cost>(kind.sources.size() + kind.needs.size()) + 1;
    late = nodes * (longest + 1);
    unmet = nodes * (late + longest + 1);
    std::set<int> levels;
    for (const std::size_t n : kind.needs) levels.insert(problem.needs[n].urgency);
    urgencies.assign(levels.begin(), levels.end());
  }
  // The most urgent level of this problem costs most; levels that do not occur cost nothing, which keeps prices small.
  Cost of_unmet(int urgency) const { return unmet * (urgencies.end() - std::ranges::lower_bound(urgencies, urgency)); }
  Cost late, unmet;
  std::vector<int> urgencies;  // ascending
};

}  // namespace

std::vector<Fixed> least_cost_flow(const Problem& problem, const OneKind& kind,
                                   std::span<const std::int64_t> source_left, std::span<const std::int64_t> need_left) {
  // Sources, needs, and a source that stands for nobody: it has all that is needed and sends it at the price of unmet
  // needs, so that there is always a plan.
  using Graph = lemon::SmartDigraph;
  const Prices prices(problem, kind);
  Graph graph;
  graph.reserveNode(static_cast<int>(kind.sources.size() + kind.needs.size() + 1));
  graph.reserveArc(static_cast<int>((kind.sources.size() + 1) * kind.needs.size()));
  std::vector<Graph::Node> from, to;
  for (std::size_t i = 0; i < kind.sources.size(); ++i) from.push_back(graph.addNode());
  for (std::size_t i = 0; i < kind.needs.size(); ++i) to.push_back(graph.addNode());
  const Graph::Node nobody = graph.addNode();
  std::vector<Cost> costs;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // source and need of each arc
  costs.reserve((kind.sources.size() + 1) * kind.needs.size());
  pairs.reserve(costs.capacity());
  for (std::size_t j = 0; j < kind.needs.size(); ++j) {
    const std::size_t n = kind.needs[j];
    for (std::size_t i = 0; i < kind.sources.size(); ++i) {
      const Ms ms = arrival(problem, kind.sources[i], n);
      if (ms == kNever) continue;
      graph.addArc(from[i], to[j]);
      costs.push_back(ms + (is_late(problem, n, ms) ? prices.late : 0));
      pairs.emplace_back(static_cast<std::uint32_t>(kind.sources[i]), static_cast<std::uint32_t>(n));
    }
    graph.addArc(nobody, to[j]);
    costs.push_back(prices.of_unmet(problem.needs[n].urgency));
    pairs.emplace_back();
  }
  Graph::ArcMap<Cost> cost(graph);
  for (int a = 0; a < graph.arcNum(); ++a) cost[Graph::arcFromId(a)] = costs[static_cast<std::size_t>(a)];
  Graph::NodeMap<Cost> supply(graph, 0);
  for (std::size_t i = 0; i < from.size(); ++i) supply[from[i]] = source_left[kind.sources[i]];
  for (std::size_t j = 0; j < to.size(); ++j) {
    supply[to[j]] = -need_left[kind.needs[j]];
    supply[nobody] += need_left[kind.needs[j]];
  }
  lemon::NetworkSimplex<Graph, Cost, Cost> simplex(graph);
  simplex.costMap(cost).supplyMap(supply).supplyType(simplex.LEQ);
  ANLAN_ASSERT(simplex.run() == simplex.OPTIMAL);  // nobody can always send everything
  std::vector<Fixed> flow;
  for (std::size_t a = 0; a < pairs.size(); ++a) {
    const Graph::Arc arc = Graph::arcFromId(static_cast<int>(a));
    if (graph.source(arc) == nobody || simplex.flow(arc) == 0) continue;
    flow.push_back({pairs[a].first, pairs[a].second, simplex.flow(arc)});
  }
  return flow;
}

}  // namespace anlan::allocation
