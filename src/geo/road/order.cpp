#include "geo/road/order.h"

#include <metis.h>

#include <algorithm>
#include <numeric>

#include "base/result.h"

namespace anlan::road {

std::vector<Node> contraction_order(const Network& network) {
  std::vector<Node> order(network.nodes());
  std::iota(order.begin(), order.end(), 0);
  // As METIS wants it: neighbours of each node, each once, in both directions, none its own.
  std::vector<idx_t> first{0}, neighbours;
  for (Node n = 0; n < network.nodes(); ++n) {
    const auto begin = static_cast<std::ptrdiff_t>(neighbours.size());
    for (const Arc arc : network.arcs(n))
      if (arc.head != n) neighbours.push_back(static_cast<idx_t>(arc.head));
    std::sort(neighbours.begin() + begin, neighbours.end());
    neighbours.erase(std::unique(neighbours.begin() + begin, neighbours.end()), neighbours.end());
    first.push_back(static_cast<idx_t>(neighbours.size()));
  }
  if (neighbours.empty()) return order;  // which METIS does not like
  idx_t nodes = static_cast<idx_t>(network.nodes()), options[METIS_NOPTIONS];
  METIS_SetDefaultOptions(options);
  options[METIS_OPTION_SEED] = 1;
  std::vector<idx_t> permutation(order.size()), inverse(order.size());
  const int done =
      METIS_NodeND(&nodes, first.data(), neighbours.data(), nullptr, options, permutation.data(), inverse.data());
  ANLAN_ASSERT(done == METIS_OK);
  std::ranges::transform(permutation, order.begin(), [](idx_t n) { return static_cast<Node>(n); });
  return order;
}

// Roads by their tails, so that a search which comes to a node finds its roads side by side; shapes follow their roads.
Network in_order(const Network& network, std::span<const Node> order) {
  std::vector<Spot> nodes(order.size());
  std::vector<Node> number(order.size());
  for (Node n = 0; n < order.size(); ++n) {
    nodes[n] = network.spots()[order[n]];
    number[order[n]] = n;
  }
  std::vector<Road> roads = network.roads();
  for (Road& road : roads) road.tail = number[road.tail], road.head = number[road.head];
  std::ranges::stable_sort(roads, {}, &Road::tail);
  std::vector<Spot> shape;
  for (Road& road : roads) {
    const std::uint32_t begin = static_cast<std::uint32_t>(shape.size());
    shape.insert(shape.end(), network.shape().begin() + road.shape_begin, network.shape().begin() + road.shape_end);
    road.shape_begin = begin;
    road.shape_end = static_cast<std::uint32_t>(shape.size());
  }
  return Network(std::move(nodes), std::move(roads), std::move(shape));
}

}  // namespace anlan::road
