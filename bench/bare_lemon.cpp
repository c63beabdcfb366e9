#include "bare_lemon.h"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cstdio>
#include <cstdlib>

namespace anlan::bench {

std::int64_t bare_allocation(const allocation::Problem& problem) {
  using Graph = lemon::SmartDigraph;
  using Cost = std::int64_t;
  const int sources = static_cast<int>(problem.sources.size()), needs = static_cast<int>(problem.needs.size());
  Graph graph;
  graph.reserveNode(sources + needs);
  graph.reserveArc(sources * needs);
  for (int i = 0; i < sources + needs; ++i) graph.addNode();
  for (int n = 0; n < needs; ++n)
    for (int s = 0; s < sources; ++s) graph.addArc(Graph::nodeFromId(s), Graph::nodeFromId(sources + n));
  Graph::ArcMap<Cost> cost(graph);
  for (int a = 0; a < graph.arcNum(); ++a) {
    const auto s = static_cast<std::size_t>(a % sources), n = static_cast<std::size_t>(a / sources);
    cost[Graph::arcFromId(a)] = problem.sources[s].turnout + problem.travel[s * problem.needs.size() + n];
  }
  Graph::NodeMap<Cost> supply(graph, 0);
  for (int s = 0; s < sources; ++s)
    supply[Graph::nodeFromId(s)] = problem.sources[static_cast<std::size_t>(s)].quantity;
  for (int n = 0; n < needs; ++n)
    supply[Graph::nodeFromId(sources + n)] = -problem.needs[static_cast<std::size_t>(n)].quantity;
  lemon::NetworkSimplex<Graph, Cost, Cost> simplex(graph);
  simplex.costMap(cost).supplyMap(supply).supplyType(simplex.LEQ);
  if (simplex.run() != simplex.OPTIMAL) {
    std::fprintf(stderr, "bench: bare LEMON finds no plan\n");
    std::exit(1);
  }
  return simplex.totalCost<Cost>();
}

}  // namespace anlan::bench
