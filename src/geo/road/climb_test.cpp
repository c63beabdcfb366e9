#include "geo/road/climb.h"

#include <gmock/gmock.h>

#include <numeric>

#include "geo/road/agreement_fixture.h"
#include "geo/road/city_fixture.h"
#include "geo/road/order.h"

namespace anlan::road {
namespace {

Network ordered(const Network& network) { return in_order(network, contraction_order(network)); }

std::shared_ptr<const Hierarchy> hierarchy_of(const Network& network) {
  auto hierarchy = Hierarchy::over(network);
  EXPECT_TRUE(hierarchy);
  return std::make_shared<const Hierarchy>(std::move(*hierarchy));
}

std::vector<std::uint32_t> some_roads(const Network& network, std::size_t one_in, std::uint64_t seed) {
  std::mt19937_64 chance(seed);
  std::vector<std::uint32_t> roads;
  for (std::uint32_t r = 0; r < network.roads().size(); ++r)
    if (chance() % one_in == 0) roads.push_back(r);
  return roads;
}

TEST(Ways, FourMethodsAgreeOnAnyPairWhateverIsClosed) {
  Agreement seen;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const Network network = ordered(City(seed % 2 == 0 ? 12 : 50, seed).laid().network);
    const auto hierarchy = hierarchy_of(network);
    for (const std::size_t one_in : {1'000'000, 20, 4}) {
      const Vehicle vehicle{seed % 3 == 0 ? 3.8 : 0, seed % 3 == 1 ? 18.0 : 0};
      const auto closed = some_roads(network, one_in, seed);
      const Metric metric(hierarchy, travel_times(network, city_profile(), vehicle, closed));
      ASSERT_NO_FATAL_FAILURE(expect_agreement(network, metric, pairs_wanted(1200) / 24, seed, seen)) << seed;
    }
  }
  EXPECT_GT(seen.ways, 500u);
  EXPECT_GT(seen.none, 50u);
}

TEST(Ways, ThroughAnyOrderOfTheNodesAreTheSame) {
  const Network plain = City(10, 3).laid().network;
  std::vector<Node> order(plain.nodes());
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 chance(4);
  for (int i = 0; i < 5; ++i) {
    std::ranges::shuffle(order, chance);
    const Network network = in_order(plain, order);
    const auto hierarchy = hierarchy_of(network);
    Agreement seen;
    ASSERT_NO_FATAL_FAILURE(
        expect_agreement(network, Metric(hierarchy, travel_times(network, city_profile())), 200, 5, seen));
  }
}

TEST(Ways, FromSeveralStartsToSeveralEndsTakeTheBest) {
  const Network network = ordered(City(25, 9).laid().network);
  const Metric metric(hierarchy_of(network), travel_times(network, city_profile()));
  Search search(network);
  Climb climb(metric.hierarchy());
  std::mt19937_64 chance(1);
  const auto some = [&] {
    std::vector<Start> starts;
    for (std::size_t i = 0, count = 1 + chance() % 3; i < count; ++i)
      starts.push_back({static_cast<Node>(chance() % network.nodes()), static_cast<Ms>(chance() % 60'000)});
    return starts;
  };
  for (int i = 0; i < 500; ++i) {
    const auto from = some(), to = some();
    const Found plain = search.dijkstra(metric.weights(), from, to);
    ASSERT_EQ(climb.time(metric, from, to), plain.ms);
    ASSERT_EQ(climb.way(metric, from, to).ms, plain.ms);
    ASSERT_EQ(search.bidirectional(metric.weights(), from, to).ms, plain.ms);
    ASSERT_EQ(search.a_star(metric.weights(), fastest_m_per_ms(network, metric.weights()), from, to).ms, plain.ms);
  }
}

TEST(Ways, ToManyPlacesTakeWhatEachAloneTakes) {
  const Network network = ordered(City(40, 5).laid().network);
  const auto hierarchy = hierarchy_of(network);
  Search search(network);
  Climb climb(*hierarchy);
  std::mt19937_64 chance(2);
  for (const std::size_t one_in : {1'000'000, 3}) {
    const Metric metric(hierarchy, travel_times(network, city_profile(), {}, some_roads(network, one_in, 7)));
    for (const std::size_t count : {0, 1, 2, 300}) {
      std::vector<std::vector<Start>> places(count);
      for (auto& place : places)
        for (std::size_t i = 0; i < 1 + chance() % 2; ++i)
          place.push_back({static_cast<Node>(chance() % network.nodes()), static_cast<Ms>(chance() % 9000)});
      if (count > 2) places[1].clear();  // nowhere: no way leads there
      const Targets targets(*hierarchy, places);
      std::vector<std::vector<Start>> from(11);
      for (auto& start : from) start.push_back({static_cast<Node>(chance() % network.nodes()), 100});
      std::vector<Ms> matrix(from.size() * count), row(count);
      climb.matrix(metric, from, targets, matrix);
      for (std::size_t i = 0; i < from.size(); ++i) {
        climb.times(metric, from[i], targets, row);
        const auto all = search.to_all(metric.weights(), from[i]);
        for (std::size_t j = 0; j < count; ++j) {
          Ms expected = kNever;
          for (const Start& end : places[j]) expected = std::min(expected, sum(all[end.node], end.ms));
          ASSERT_EQ(matrix[i * count + j], expected);
          ASSERT_EQ(row[j], expected);
        }
      }
    }
  }
}

TEST(Ways, ToSomeNodesEndWhenTheseAreReached) {
  const Network network = City(15, 2).laid().network;
  const auto weights = travel_times(network, city_profile());
  Search search(network);
  const Start from[] = {{3, 0}};
  const auto all = search.to_all(weights, from);
  const Node wanted[] = {7, 3, 100, 7};
  EXPECT_THAT(search.to_some(weights, from, wanted), testing::ElementsAre(all[7], 0, all[100], all[7]));
}

TEST(Ways, OfANetworkWithoutRoadsAreNone) {
  const Network nothing({}, {}, {});
  EXPECT_EQ(contraction_order(nothing).size(), 0u);
  EXPECT_EQ(hierarchy_of(nothing)->edges(), 0u);
  const Network alone({{0, 0}, {10, 10}}, {}, {});
  const Network network = in_order(alone, contraction_order(alone));
  const Metric metric(hierarchy_of(network), {});
  Climb climb(metric.hierarchy());
  const Start a[] = {{0, 0}}, b[] = {{1, 0}};
  EXPECT_EQ(climb.time(metric, a, b), kNever);
  EXPECT_EQ(climb.way(metric, a, a).ms, 0);
  EXPECT_EQ(climb.time(metric, {}, b), kNever);
}

TEST(Hierarchy, IsRefusedWhereTheOrderBringsUpTooMuch) {
  // A crowd of nodes about a centre that is contracted first.
  std::vector<Spot> nodes(1000);
  std::vector<Road> roads;
  for (std::uint32_t n = 1; n < nodes.size(); ++n) {
    nodes[n] = {static_cast<std::int32_t>(n * 1000), 0};
    roads.push_back({0, n, 0, 0, 0, {}});
  }
  EXPECT_FALSE(Hierarchy::over(Network(nodes, roads, {})));
}

}  // namespace
}  // namespace anlan::road
