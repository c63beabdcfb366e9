#pragma once
// Four methods asked for the same ways must find the same times, and each way must take what it says.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "geo/road/climb.h"

namespace anlan::road {

// How many pairs of each network; ANLAN_PAIRS asks for more than the usual run does.
inline std::size_t pairs_wanted(std::size_t usual) {
  const char* named = std::getenv("ANLAN_PAIRS");
  return named ? std::strtoul(named, nullptr, 10) : usual;
}

inline void expect_way(const Network& network, std::span<const Ms> weights, const Found& found, Node from, Node to) {
  Ms total = 0;
  Node at = from;
  for (const ArcNumber arc : found.arcs) {
    ASSERT_EQ(network.tail(arc), at);
    ASSERT_LT(weights[arc], kNever);
    total += weights[arc];
    at = network.head(arc);
  }
  ASSERT_EQ(at, to);
  ASSERT_EQ(total, found.ms);
}

struct Agreement {
  std::size_t ways = 0, none = 0;
};

// Asks for `pairs` random ways; fails at the first on which two methods differ.
inline void expect_agreement(const Network& network, const Metric& metric, std::size_t pairs, std::uint64_t seed,
                             Agreement& seen) {
  const auto weights = metric.weights();
  const double fastest = fastest_m_per_ms(network, weights);
  Search search(network);
  Climb climb(metric.hierarchy());
  std::mt19937_64 chance(seed);
  for (std::size_t i = 0; i < pairs; ++i) {
    const Node from = static_cast<Node>(chance() % network.nodes()), to = static_cast<Node>(chance() % network.nodes());
    const Start a[] = {{from, 0}}, b[] = {{to, 0}};
    const Found plain = search.dijkstra(weights, a, b);
    (plain.ms < kNever ? seen.ways : seen.none) += 1;
    for (const Found& other :
         {search.a_star(weights, fastest, a, b), search.bidirectional(weights, a, b), climb.way(metric, a, b)}) {
      ASSERT_EQ(other.ms, plain.ms) << from << " to " << to;
      if (plain.ms == kNever) continue;
      ASSERT_NO_FATAL_FAILURE(expect_way(network, weights, other, from, to));
    }
    ASSERT_EQ(climb.time(metric, a, b), plain.ms);
    if (plain.ms == kNever) continue;
    ASSERT_NO_FATAL_FAILURE(expect_way(network, weights, plain, from, to));
  }
}

}  // namespace anlan::road
