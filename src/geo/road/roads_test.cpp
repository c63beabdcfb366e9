#include "geo/road/roads.h"

#include <gmock/gmock.h>

#include "geo/polygon.h"
#include "geo/road/city_fixture.h"
#include "geo/road/order.h"

namespace anlan::road {
namespace {

std::shared_ptr<const Roads> roads_of(const Network& network, Profile profile = city_profile()) {
  auto roads = Roads::over(std::make_unique<const Network>(in_order(network, contraction_order(network))), profile, {});
  EXPECT_TRUE(roads);
  return roads;
}

double metres_of(const std::vector<LngLat>& line) {
  double metres = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) metres += distance_m(line[i], line[i + 1]);
  return metres;
}

// Three sides of a square of 1,112 m: south, west and north.
Network square() {
  const std::vector<Spot> places{{0, 0}, {100'000, 0}, {100'000, 100'000}, {0, 100'000}};
  Way south, north, west;
  south.places = {0, 1};
  north.places = {2, 3};
  west.places = {0, 3};
  const Way ways[] = {south, north, west};
  return lay(places, ways).network;
}

TEST(RoadGrid, FindsTheNearestOfAllRoads) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    City city(30, seed);
    const Network network = city.laid().network;
    const RoadGrid grid(network);
    const auto any = [](std::uint32_t) { return true; };
    for (int i = 0; i < 300; ++i) {
      LngLat from = city.anywhere();
      if (i % 5 == 0) from = {from.lng + 0.03, from.lat - 0.02};  // beside the city
      const double reach = i % 3 == 0 ? 100 : 5000;
      double least = 1e9;
      for (std::uint32_t r = 0; r < network.roads().size(); ++r) {
        if (!network.is_main(network.roads()[r].tail) || !network.is_main(network.roads()[r].head)) continue;
        const auto near = geo::nearest(network.line(r), from);
        least = std::min(least, near->distance_m);
      }
      const auto snap = grid.nearest(from, reach, any);
      if (std::abs(least - reach) < 1) continue;
      ASSERT_EQ(snap.has_value(), least < reach) << seed << ' ' << i;
      if (!snap) continue;
      ASSERT_NEAR(snap->distance_m, least, 0.05 + least * 0.01);
    }
  }
}

TEST(RoadGrid, ReachesAcrossTheWorldWithoutWalkingIt) {
  const Way far{{0, 1}, {}, false};
  const Network network = lay({{-1'790'000'000, -890'000'000}, {1'790'000'000, 890'000'000}}, {&far, 1}).network;
  const RoadGrid grid(network);
  EXPECT_LT(grid.bytes(), 1'000'000u);
  EXPECT_TRUE(grid.nearest({0, 0}, 1e8, [](std::uint32_t) { return true; }));
  EXPECT_FALSE(grid.nearest({0, std::nan("")}, 1e8, [](std::uint32_t) { return true; }));
}

TEST(Router, GoesAlongRoadsFromPlaceToPlace) {
  const auto roads = roads_of(square());
  Router router(roads, roads->metric());
  const Route route = router.route({0.005, -0.0001}, {0.005, 0.0101});
  EXPECT_EQ(route.travel.basis, Basis::kRoad);
  EXPECT_EQ(route.travel, router.time({0.005, -0.0001}, {0.005, 0.0101}));
  EXPECT_NEAR(route.metres, 556 + 1112 + 556 + 22, 5);
  EXPECT_NEAR(metres_of(route.line), route.metres, 1);
  const double kmh = city_profile().kmh[static_cast<std::size_t>(Class::kMinor)];
  EXPECT_NEAR(route.travel.ms, 2224 / 1000.0 / kmh * 3.6e6 + 22.2 / 1000 / 5 * 3.6e6, 500);
}

TEST(Router, StaysOnOneRoadWhereBothPlacesLieOnIt) {
  const auto roads = roads_of(square());
  Router router(roads, roads->metric());
  const Route route = router.route({0.002, 0}, {0.004, 0});
  EXPECT_NEAR(route.metres, 222.4, 1);
  EXPECT_THAT(route.line, testing::Each(testing::Field(&LngLat::lat, 0)));
}

TEST(Router, LeavesAClosedRoadByTheNearestOpenOne) {
  const auto roads = roads_of(square());
  const Network& network = roads->network();
  std::vector<std::uint32_t> west;
  for (std::uint32_t r = 0; r < network.roads().size(); ++r)
    if (network.line(r).front().lng == 0 && network.line(r).back().lng == 0) west.push_back(r);
  ASSERT_EQ(west.size(), 1u);
  Router router(roads, roads->metric({}, west));
  EXPECT_EQ(router.time({0.005, 0}, {0.005, 0.01}).ms, kNever);
  EXPECT_EQ(router.time({0.005, 0}, {0.005, 0.01}).basis, Basis::kRoad);
  EXPECT_TRUE(router.route({0.005, 0}, {0.005, 0.01}).line.empty());
  const auto snap = router.snap({0, 0.002});
  ASSERT_TRUE(snap);
  EXPECT_NE(snap->road, west[0]);
  router.use(roads->metric());
  EXPECT_LT(router.time({0.005, 0}, {0.005, 0.01}).ms, kNever);
}

TEST(Router, SaysThatItGuessesWhereNoRoadIsNear) {
  const auto roads = roads_of(square());
  Router router(roads, roads->metric());
  const LngLat far{0.5, 0.5};
  EXPECT_EQ(router.time({0, 0}, far).basis, Basis::kCrow);
  const auto bare = Roads::over(nullptr, city_profile(), {1.5, 30});
  EXPECT_FALSE(bare->has_network());
  Router guess(bare, bare->metric());
  const Route route = guess.route({0, 0}, {0.1, 0});
  EXPECT_EQ(route.travel.basis, Basis::kCrow);
  EXPECT_NEAR(route.metres, 11'119.5 * 1.5, 2);
  EXPECT_NEAR(route.travel.ms, 11.1195 * 1.5 / 30 * 3.6e6, 500);
  EXPECT_EQ(guess.times({0, 0}, std::vector<LngLat>{{0.1, 0}}).at(0), route.travel);
}

TEST(Router, GivesTheSameTimesByMatrixByRowAndOneByOne) {
  City city(30, 11);
  const auto roads = roads_of(city.laid().network);
  Router router(roads, roads->metric({3.2, 0}));
  std::vector<LngLat> from, to;
  for (int i = 0; i < 19; ++i) from.push_back(city.anywhere());
  for (int i = 0; i < 40; ++i) to.push_back(city.anywhere());
  to[3] = from[3];
  to[4] = {120, 36};
  const auto matrix = router.matrix(from, to);
  std::size_t roads_taken = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto row = router.times(from[i], to);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const Travel& one = matrix[i * to.size() + j];
      ASSERT_EQ(row[j], one);
      ASSERT_EQ(router.time(from[i], to[j]), one);
      const Route route = router.route(from[i], to[j]);
      ASSERT_EQ(route.travel, one);
      if (one.basis == Basis::kCrow || one.ms == kNever) continue;
      ++roads_taken;
      ASSERT_NEAR(metres_of(route.line), route.metres, 2 + route.metres * 0.001);
      ASSERT_GE(one.ms, route.metres / 1000 / 101 * 3.6e6);  // no road is faster
    }
  }
  EXPECT_GT(roads_taken, 500u);
}

}  // namespace
}  // namespace anlan::road
