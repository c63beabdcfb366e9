#include "geo/road/network.h"

#include <gmock/gmock.h>

#include "geo/road/city_fixture.h"

namespace anlan::road {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Way way(std::vector<std::uint32_t> places, bool one_way = false) {
  Way w;
  w.places = std::move(places);
  w.traits.one_way = one_way;
  return w;
}
std::vector<Spot> row_of(std::size_t count) {
  std::vector<Spot> places;
  for (std::size_t i = 0; i < count; ++i)
    places.push_back({1'190'000'000, static_cast<std::int32_t>(360'000'000 + i * 10'000)});
  return places;
}
std::size_t hops(const Network& network, ArcNumber a) {
  return network.road(a).shape_end - network.road(a).shape_begin + 1;
}

TEST(Network, HasNodesWhereLinesMeetOrEnd) {
  const Way ways[] = {way({0, 1, 2, 3}), way({4, 2, 5})};
  const Laid laid = lay(row_of(6), ways);
  EXPECT_EQ(laid.network.nodes(), 5u);  // not place 1
  ASSERT_EQ(laid.network.roads().size(), 4u);
  EXPECT_EQ(hops(laid.network, 0), 2u);
  EXPECT_EQ(laid.network.line(0).size(), 3u);
  EXPECT_NEAR(laid.network.roads()[0].length_m, 2 * 111.19, 0.1);
  EXPECT_EQ(laid.dropped, 0u);
}

TEST(Network, HasNoRoadOfAWayThatGoesNowhere) {
  const Way ways[] = {way({}), way({1}), way({2, 2, 2}), way({0, 0, 1})};
  const Laid laid = lay(row_of(3), ways);
  EXPECT_EQ(laid.dropped, 3u);
  EXPECT_EQ(laid.network.roads().size(), 1u);
}

TEST(Network, CutsALoopSoThatNoRoadEndsWhereItBegins) {
  const Way ways[] = {way({0, 1, 2, 3, 0}), way({4, 5, 6, 5, 7})};
  const Laid laid = lay(row_of(8), ways);
  for (const Road& road : laid.network.roads()) EXPECT_NE(road.tail, road.head);
  EXPECT_EQ(laid.network.roads().size(), 2u + 4u);
}

TEST(Network, DrivesAOneWayInItsOwnDirectionOnly) {
  Way back = way({2, 1}, true);
  back.reversed = true;
  const Way ways[] = {way({0, 1}, true), back, way({2, 0}, true)};
  const Network network = lay(row_of(3), ways).network;
  const auto times = travel_times(network, city_profile());
  for (ArcNumber a = 0; a < times.size(); ++a) EXPECT_EQ(times[a] < kNever, a % 2 == 0);
  EXPECT_EQ(network.tail(2), 1u);
  EXPECT_EQ(network.main_nodes(), 3u);
}

TEST(Network, MainPartIsTheLargestInWhichEachReachesEach) {
  // A ring of three, a way into it, and a line of two apart.
  const Way ways[] = {way({0, 1}, true), way({1, 2}, true), way({2, 0}, true), way({3, 0}, true), way({4, 5})};
  const Network network = lay(row_of(6), ways).network;
  std::vector<bool> main;
  for (Node n = 0; n < network.nodes(); ++n) main.push_back(network.is_main(n));
  EXPECT_THAT(main, ElementsAre(true, true, true, false, false, false));
}

TEST(Network, MainPartIsWhatReachesAndIsReachedFromOneOfItsNodes) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Network network = City(10, seed).laid().network;
    const auto reach = [&](Node from, bool against) {
      std::vector<Node> left{from};
      std::vector<bool> seen(network.nodes(), false);
      seen[from] = true;
      while (!left.empty()) {
        const Node n = left.back();
        left.pop_back();
        for (const Arc arc : network.arcs(n))
          if (!seen[arc.head] && network.is_drivable(against ? arc.number ^ 1 : arc.number))
            seen[arc.head] = true, left.push_back(arc.head);
      }
      return seen;
    };
    Node one = 0;
    while (!network.is_main(one)) ++one;
    const auto out = reach(one, false), in = reach(one, true);
    for (Node n = 0; n < network.nodes(); ++n) ASSERT_EQ(network.is_main(n), out[n] && in[n]) << seed;
  }
}

TEST(TravelTimes, FollowClassLimitVehicleAndClosure) {
  Way limited = way({1, 2}), low = way({2, 3}), weak = way({3, 4});
  limited.traits.kmh = 60;
  low.traits.height_cm = 350;
  weak.traits.weight_10kg = 1000;
  const Way ways[] = {way({0, 1}), limited, low, weak};
  const Network network = lay(row_of(5), ways).network;
  Profile profile = city_profile();
  profile.limit_share = 0.5;
  const auto minor_kmh = profile.kmh[static_cast<std::size_t>(Class::kMinor)];
  const auto expected = [&](double kmh) { return std::ceil(network.roads()[0].length_m / 1000.0 / kmh * 3.6e6); };
  const auto times = travel_times(network, profile);
  EXPECT_EQ(times[0], expected(minor_kmh));
  EXPECT_EQ(times[2], std::ceil(network.roads()[1].length_m / 1000.0 / 30 * 3.6e6));
  EXPECT_LT(times[4], kNever);
  const std::uint32_t closed[] = {0};
  const auto heavy = travel_times(network, profile, {3.6, 12}, closed);
  EXPECT_EQ(heavy[0], kNever);
  EXPECT_EQ(heavy[1], kNever);
  EXPECT_LT(heavy[2], kNever);
  EXPECT_EQ(heavy[4], kNever);
  EXPECT_EQ(heavy[6], kNever);
  EXPECT_LT(travel_times(network, profile, {3.5, 10})[4], kNever);
  EXPECT_LT(travel_times(network, profile, {3.5, 10})[6], kNever);
  profile.kmh[static_cast<std::size_t>(Class::kMinor)] = 0;
  EXPECT_EQ(travel_times(network, profile)[2], kNever);
}

TEST(Network, NamesTheRoadsThatAnAreaTouches) {
  const Way ways[] = {way({0, 1}), way({1, 5}), way({5, 7})};
  const Network network = lay(row_of(8), ways).network;
  const auto box = [](double south, double north) {
    return geo::Polygon{{{118.9, south}, {119.1, south}, {119.1, north}, {118.9, north}, {118.9, south}}, {}};
  };
  EXPECT_THAT(network.roads_in(box(36.0025, 36.003)), ElementsAre(1));  // no point of it lies inside
  EXPECT_THAT(network.roads_in(box(35.9995, 36.0005)), ElementsAre(0));
  EXPECT_THAT(network.roads_in(box(36.0055, 36.0065)), ElementsAre(2));
  EXPECT_THAT(network.roads_in(box(36.1, 36.2)), IsEmpty());
  EXPECT_THAT(network.roads_in({}), IsEmpty());
}

}  // namespace
}  // namespace anlan::road
