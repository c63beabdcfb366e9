#include "geo/point_index.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "geo/places_fixture.h"

namespace anlan::geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Numbers = std::vector<std::uint32_t>;

Numbers sorted(const Selection& selection) {
  Numbers numbers;
  selection.append_to(numbers);
  std::ranges::sort(numbers);
  return numbers;
}

Numbers asked_one_by_one(const std::vector<Point>& points, const std::function<bool(LngLat)>& holds) {
  Numbers numbers;
  for (const Point& p : points)
    if (holds(p.place)) numbers.push_back(p.number);
  std::ranges::sort(numbers);
  return numbers;
}

bool holds(const Polygon& polygon, LngLat place) {
  bool odd = contains(polygon.outer, place);
  for (const Ring& hole : polygon.holes) odd ^= contains(hole, place);
  return odd;
}

// Corners and edges go through points, and points lie on corners and edges.
void meet(Places& places, Ring& ring, std::vector<Point>& points) {
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    if (places.below(4) == 0) ring[i] = points[places.below(points.size())].place;
    if (places.below(8) == 0 && i > 0) ring[i].lat = ring[i - 1].lat;
    if (places.below(8) == 0 && i > 0) ring[i].lng = ring[i - 1].lng;
  }
  ring.back() = ring.front();
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const double t = places.between(0, 1);
    const LngLat a = ring[i], b = ring[i + 1];
    points[places.below(points.size())].place = a;
    points[places.below(points.size())].place = {a.lng + t * (b.lng - a.lng), a.lat + t * (b.lat - a.lat)};
    points[places.below(points.size())].place = {places.between(118, 119), a.lat};
  }
}

TEST(PointIndex, FindsInAnyPolygonWhatAskingEachPointFinds) {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Places places(seed);
    auto points = places.city(1 + places.below(3000));
    const LngLat center = points[places.below(points.size())].place;
    const double radius = std::pow(10, places.between(-3, 0.3));
    const std::size_t corners = 3 + places.below(seed % 3 == 0 ? 20 : 200);
    Polygon polygon;
    polygon.outer = seed % 2 == 0 ? places.star(center, radius, corners) : places.tangle(center, radius, corners);
    if (seed % 5 == 0) polygon.holes.push_back(places.star(center, radius / 4, 9));
    if (seed % 10 == 0) polygon.holes.push_back(places.tangle(places.anywhere(), radius / 2, 7));
    if (seed % 4 < 2) meet(places, polygon.outer, points);
    const PointIndex index(points);
    const Numbers expected = asked_one_by_one(points, [&](LngLat p) { return holds(polygon, p); });
    ASSERT_EQ(sorted(index.within(polygon)), expected) << seed;
    ASSERT_EQ(index.within(polygon).count(), expected.size()) << seed;
    found += expected.size();
  }
  EXPECT_GT(found, 50'000u);
}

TEST(PointIndex, PolygonsThatMeetShareNoPointAndLoseNone) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Places places(seed);
    auto points = places.city(3000);
    const LngLat middle{118.5, 36.5};
    Ring around = places.star(middle, 0.4, 12);
    meet(places, around, points);
    const PointIndex index(points);
    std::vector<std::size_t> times(points.size(), 0), even_odd(points.size(), 0);
    for (std::size_t i = 0; i + 1 < around.size(); ++i)
      index.within(Polygon{{around[i + 1], middle, around[i], around[i + 1]}, {}}).visit([&](auto n) { ++times[n]; });
    index.within(Polygon{around, {}}).visit([&](auto n) { ++even_odd[n]; });
    for (std::size_t i = 0; i < times.size(); ++i) ASSERT_EQ(times[i] % 2, even_odd[i]) << seed << ' ' << i;
  }
}

TEST(PointIndex, ALatticeOfBoxesHoldsEachPointOnce) {
  std::vector<Point> points;
  for (std::uint32_t i = 0; i < 10'000; ++i) points.push_back({{118 + (i % 100) / 64.0, 36 + (i / 100) / 64.0}, i});
  const PointIndex index(points);
  std::vector<int> times(points.size(), 0);
  for (int x = 0; x < 13; ++x) {
    for (int y = 0; y < 13; ++y) {
      const Box box{{118 + x / 8.0, 36 + y / 8.0}, {118 + (x + 1) / 8.0, 36 + (y + 1) / 8.0}};
      const auto [w, s] = box.south_west;
      const auto [e, n] = box.north_east;
      index.within(box).visit([&](auto number) { ++times[number]; });
      EXPECT_EQ(sorted(index.within(box)), sorted(index.within(Polygon{{{w, s}, {e, s}, {e, n}, {w, n}, {w, s}}, {}})));
    }
  }
  EXPECT_THAT(times, testing::Each(1));
}

TEST(PointIndex, APointInSeveralPolygonsIsFoundOnce) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Places places(seed);
    const auto points = places.city(2000);
    const PointIndex index(points);
    std::vector<Polygon> polygons(places.below(40));
    for (Polygon& polygon : polygons) polygon.outer = places.star(places.anywhere(), 0.2, 3 + places.below(30));
    const auto in_any = [&](LngLat p) { return std::ranges::any_of(polygons, [&](auto& x) { return holds(x, p); }); };
    ASSERT_EQ(sorted(index.within(polygons)), asked_one_by_one(points, in_any)) << seed;
  }
}

TEST(PointIndex, FindsInACircleWhatTheDistanceSays) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Places places(seed);
    auto points = places.city(2000);
    Circle circle{points[places.below(points.size())].place, std::pow(10, places.between(0, 5.3))};
    if (seed % 10 == 0) circle.radius_m = 0;
    if (seed % 10 == 1) circle.radius_m = distance_m(circle.center, points[places.below(points.size())].place);
    if (seed % 10 == 2) circle.radius_m *= 100;
    for (int i = 0; i < 20; ++i)
      points.push_back({circle_ring(circle.center, circle.radius_m + 1e-6).front(), 3000u + static_cast<unsigned>(i)});
    const PointIndex index(points);
    const auto near = [&](LngLat p) { return distance_m(circle.center, p) <= circle.radius_m; };
    ASSERT_EQ(sorted(index.within(circle)), asked_one_by_one(points, near)) << seed;
  }
}

TEST(PointIndex, ACircleReachesOverTheDateLineAndAPole) {
  const std::vector<Point> points{{{179.99, 10}, 1}, {{-179.99, 10}, 2}, {{0, 89.9}, 3}, {{180, 89.9}, 4}};
  const PointIndex index(points);
  EXPECT_THAT(sorted(index.within(Circle{{180, 10}, 2000})), ElementsAre(1, 2));
  EXPECT_THAT(sorted(index.within(Circle{{90, 90}, 20'000})), ElementsAre(3, 4));
  EXPECT_THAT(sorted(index.within(Circle{{0, 0}, 1e9})), ElementsAre(1, 2, 3, 4));
}

TEST(PointIndex, WhatHasNoAreaHoldsNothing) {
  const std::vector<Point> points{{{118, 36}, 1}, {{118.5, 36.5}, 2}, {{119, 37}, 3}};
  const PointIndex index(points);
  const double none = std::nan(""), infinite = std::numeric_limits<double>::infinity();
  for (const Ring& ring : {Ring{}, Ring{{118, 36}}, Ring{{118, 36}, {119, 37}}, Ring{{118, 36}, {119, 37}, {118, 36}},
                           Ring{{118.5, 36.5}, {118.5, 36.5}, {118.5, 36.5}, {118.5, 36.5}},
                           Ring{{117, 36.5}, {118.5, 36.5}, {120, 36.5}, {117, 36.5}},
                           Ring{{117, 35}, {120, 35}, {none, 38}, {117, 38}, {117, 35}},
                           Ring{{117, 35}, {infinite, 35}, {120, 38}, {117, 38}, {117, 35}}})
    EXPECT_THAT(sorted(index.within(Polygon{ring, {}})), IsEmpty());
  const Ring whole{{117, 35}, {120, 35}, {120, 38}, {117, 38}, {117, 35}};
  EXPECT_THAT(sorted(index.within(Polygon{whole, {{{0, none}}}})), IsEmpty());
  EXPECT_THAT(sorted(index.within(Circle{{118, 36}, -1})), IsEmpty());
  EXPECT_THAT(sorted(index.within(Circle{{118, 36}, none})), IsEmpty());
  EXPECT_THAT(sorted(index.within(Circle{{none, 36}, 1000})), IsEmpty());
  EXPECT_THAT(sorted(index.within(Box{{119, 37}, {118, 36}})), IsEmpty());
  EXPECT_THAT(sorted(index.within(Box{{118, none}, {120, 38}})), IsEmpty());
  EXPECT_THAT(sorted(index.within(std::vector<Polygon>{})), IsEmpty());
}

TEST(PointIndex, ARingIsClosedWhereItIsNot) {
  const std::vector<Point> points{{{118.5, 36.5}, 7}};
  EXPECT_EQ(PointIndex(points).within(Polygon{{{118, 36}, {119, 36}, {119, 37}, {118, 37}}, {}}).count(), 1u);
}

TEST(PointIndex, ARingRoundTheCityHoldsAllOfIt) {
  Places places(5);
  auto points = places.city(5000);
  points.push_back({{118.5, 36.5}, 9999});
  const PointIndex index(points);
  const auto in_city = [](LngLat p) { return p.lng > 100; };
  EXPECT_EQ(sorted(index.within(Polygon{{{100, 20}, {140, 20}, {140, 50}, {100, 50}, {100, 20}}, {}})),
            asked_one_by_one(points, in_city));
}

TEST(PointIndex, AnEmptyIndexAndPointsWithoutAPlaceAnswerNothing) {
  const Polygon world{{{-360, -90}, {360, -90}, {360, 90}, {-360, 90}, {-360, -90}}, {}};
  const std::vector<Point> nowhere{{{std::nan(""), 36}, 1}, {{118, std::nan("")}, 2}, {{36, 118}, 3}, {{181, 36}, 4}};
  for (const PointIndex& index : {PointIndex(), PointIndex(std::vector<Point>{}), PointIndex(nowhere)}) {
    EXPECT_EQ(index.size(), 0u);
    EXPECT_EQ(index.within(world).count(), 0u);
    EXPECT_EQ(index.within(Circle{{118, 36}, 1e8}).count(), 0u);
    EXPECT_EQ(index.within(Box{{-180, -90}, {180, 90}}).count(), 0u);
  }
}

TEST(PointIndex, SelectionsOfSeveralShapesUnite) {
  const std::vector<Point> points{{{118, 36}, 1}, {{118.1, 36}, 2}, {{118.2, 36}, 3}, {{118.3, 36}, 4}};
  const PointIndex index(points);
  Selection selection = index.within(Circle{{118, 36}, 10'000});
  selection.unite(index.within(Box{{118.05, 35}, {118.15, 37}}));
  selection.unite(index.within(Box{{118.25, 35}, {119, 37}}));
  Numbers numbers{9};
  selection.append_to(numbers);
  EXPECT_THAT(numbers, ElementsAre(9, 1, 2, 4));
  EXPECT_EQ(selection.count(), 3u);
}

TEST(PointIndex, TellsItsMemory) {
  Places places(6);
  const auto points = places.city(100'000);
  const PointIndex index(points);
  EXPECT_GE(index.bytes(), index.size() * 20);
  EXPECT_LT(index.bytes(), index.size() * 21);
}

}  // namespace
}  // namespace anlan::geo
