#include "geo/polygon.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>

#include "geo/places_fixture.h"

namespace anlan::geo {
namespace {

using testing::IsEmpty;

const double kNone = std::nan("");

bool on(LngLat a, LngLat b, LngLat p) {
  const auto [west, east] = std::minmax(a.lng, b.lng);
  const auto [south, north] = std::minmax(a.lat, b.lat);
  return side(a, b, p) == 0 && west <= p.lng && p.lng <= east && south <= p.lat && p.lat <= north;
}

bool meet(LngLat a, LngLat b, LngLat c, LngLat d) {
  const bool across = (side(a, b, c) > 0) != (side(a, b, d) > 0) && (side(c, d, a) > 0) != (side(c, d, b) > 0);
  return on(a, b, c) || on(a, b, d) || on(c, d, a) || on(c, d, b) || (across && side(a, b, c) != 0);
}

// Each edge against each.
bool simple_by_pairs(Ring ring) {
  ring.erase(std::ranges::unique(ring).begin(), ring.end());
  const std::size_t n = ring.size() - 1;
  if (n < 3) return false;
  for (std::size_t i = 0; i < n; ++i) {
    if (on(ring[i], ring[i + 1], ring[(i + 2) % n]) || on(ring[(i + 1) % n], ring[(i + 1) % n + 1], ring[i]))
      return false;
    for (std::size_t j = i + 2; j < n; ++j)
      if ((j + 1) % n != i && meet(ring[i], ring[i + 1], ring[j], ring[j + 1])) return false;
  }
  return true;
}

TEST(Polygon, ARingIsSimpleAsPairsOfItsEdgesSay) {
  int simple = 0, crossed = 0;
  for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
    Places places(seed);
    Ring ring = places.below(2) == 0 ? places.tangle({118.5, 36.5}, 0.4, 3 + places.below(4))
                                     : places.star({118.5, 36.5}, 0.4, 3 + places.below(30));
    // On a coarse lattice corners fall on edges, edges on edges, and many are level or upright.
    const double cells = seed % 3 == 0 ? 8 : seed % 3 == 1 ? 64 : 1 << 20;
    for (LngLat& p : ring) p = {std::round(p.lng * cells) / cells, std::round(p.lat * cells) / cells};
    const bool expected = simple_by_pairs(ring);
    ASSERT_EQ(is_simple(ring), expected) << seed;
    std::ranges::reverse(ring);
    ASSERT_EQ(is_simple(ring), expected) << seed;
    for (LngLat& p : ring) p = {p.lat, 90 - p.lng / 2};
    ASSERT_EQ(is_simple(ring), expected) << seed;
    ++(expected ? simple : crossed);
  }
  EXPECT_GT(simple, 2000);
  EXPECT_GT(crossed, 2000);
}

TEST(Polygon, ALongRingIsSimpleUntilOneCornerIsMoved) {
  Places places(1);
  Ring ring = places.star({118.5, 36.5}, 0.4, 20'000);
  EXPECT_TRUE(is_simple(ring));
  std::swap(ring[7000], ring[7001]);
  EXPECT_FALSE(is_simple(ring));
  const auto where = crossing(ring);
  ASSERT_TRUE(where);
  EXPECT_LT(nearest(std::span(ring).subspan(6990, 20), *where)->distance_m, 0.01);
}

TEST(Polygon, TheCrossingIsNamed) {
  const auto where = crossing({{118, 36}, {119, 37}, {119, 36}, {118, 37}, {118, 36}});
  ASSERT_TRUE(where);
  EXPECT_NEAR(where->lng, 118.5, 1e-12);
  EXPECT_NEAR(where->lat, 36.5, 1e-12);
  EXPECT_EQ(crossing({{118, 36}, {119, 36}, {118.5, 36.5}, {119, 37}, {118, 37}, {118.5, 36.5}, {118, 36}}),
            (LngLat{118.5, 36.5}));
}

TEST(Polygon, ARingWithoutThreePlacesIsNotSimple) {
  EXPECT_FALSE(is_simple({}));
  EXPECT_FALSE(is_simple({{118, 36}}));
  EXPECT_FALSE(is_simple({{118, 36}, {118, 36}, {118, 36}, {118, 36}}));
  EXPECT_FALSE(is_simple({{118, 36}, {119, 37}, {118, 36}}));
  EXPECT_FALSE(is_simple({{118, 36}, {119, 37}, {120, 38}, {118, 36}}));
  EXPECT_FALSE(is_simple({{118, 36}, {119, 36}, {119, kNone}, {118, 36}}));
  EXPECT_FALSE(is_simple({{36, 118}, {36, 119}, {37, 119}, {36, 118}}));
  EXPECT_TRUE(is_simple({{118, 36}, {118, 36}, {119, 36}, {119, 37}, {119, 37}, {118, 36}}));
}

// 510,065,621.724 km² in all (Moritz 2000, GRS 80); the others: ST_Area of PostGIS 3.3 on geography,
// with edges cut into thousandths of a degree.
TEST(Polygon, AnAreaIsThatOnTheEllipsoid) {
  Ring globe;
  for (int lat = -90; lat <= 90; ++lat) globe.push_back({180, static_cast<double>(lat)});
  for (int lat = 90; lat >= -90; --lat) globe.push_back({-180, static_cast<double>(lat)});
  EXPECT_NEAR(area_km2({globe, {}}), 510'065'621.724, 0.1);
  const Ring triangle{{118.7, 36.8}, {118.8, 36.8}, {118.75, 36.9}, {118.7, 36.8}};
  EXPECT_NEAR(area_km2({triangle, {}}), 49.497725, 1e-5);
  const Ring square{{118, 36}, {118.5, 36}, {118.5, 36.5}, {118, 36.5}, {118, 36}};
  EXPECT_NEAR(area_km2({square, {}}), 2493.29654514, 1e-4);
  const Ring hole{{118.1, 36.1}, {118.1, 36.2}, {118.2, 36.2}, {118.2, 36.1}, {118.1, 36.1}};
  EXPECT_NEAR(area_km2({square, {hole}}), area_km2({square, {}}) - area_km2({hole, {}}), 1e-9);
  EXPECT_EQ(area_km2({}), 0);
}

TEST(Polygon, ACircleHasItsArea) {
  const double radius_km = 5, corners = 64;
  const double inscribed = radius_km * radius_km * corners / 2 * std::sin(2 * std::numbers::pi / corners);
  EXPECT_NEAR(area_km2({circle_ring({118.74, 36.85}, 5000), {}}) / inscribed, 1, 0.004);  // sphere and ellipsoid
}

TEST(Polygon, BoundsHoldAllOuterRings) {
  const std::vector<Polygon> polygons{{{{118, 36}, {119, 36.5}, {118.5, 37}, {118, 36}}, {}},
                                      {{{117.5, 36.2}, {118, 36.2}, {118, 36.4}, {117.5, 36.2}}, {}}};
  EXPECT_EQ(bounds(polygons), (Box{{117.5, 36}, {119, 37}}));
  EXPECT_EQ(bounds({}), std::nullopt);
  EXPECT_EQ(bounds(std::vector<Polygon>{{{{118, 36}, {kNone, 36.5}, {118, 36}}, {}}}), std::nullopt);
}

TEST(Polygon, TheNearestPlaceOfALineMayBeACornerOrBetweenTwo) {
  const std::vector<LngLat> line{{118, 36}, {118.2, 36}, {118.2, 36.2}};
  const auto beside = nearest(line, {118.1, 36.01});
  ASSERT_TRUE(beside);
  EXPECT_NEAR(beside->place.lng, 118.1, 1e-9);
  EXPECT_NEAR(beside->place.lat, 36, 1e-9);
  EXPECT_NEAR(beside->distance_m, 1112, 1);
  EXPECT_EQ(nearest(line, {118.3, 35.9})->place, line[1]);
  EXPECT_EQ(nearest(std::vector<LngLat>{{118, 36}}, {119, 36})->place, (LngLat{118, 36}));
  EXPECT_FALSE(nearest({}, {118, 36}));
}

double distance_to(const std::vector<LngLat>& line, LngLat from) { return nearest(line, from)->distance_m; }

bool in_any(const std::vector<Polygon>& polygons, LngLat p) {
  return std::ranges::any_of(polygons, [&](const Polygon& polygon) {
    bool odd = contains(polygon.outer, p);
    for (const Ring& hole : polygon.holes) odd ^= contains(hole, p);
    return odd;
  });
}

TEST(Polygon, ACorridorCoversWhatIsNearTheLineAndLittleElse) {
  int within = 0, without = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    Places places(seed);
    std::vector<LngLat> reach{places.anywhere()};
    const std::size_t bends = places.below(60);
    const double stride = std::pow(10, places.between(-3, -0.3));
    for (std::size_t i = 0; i < bends; ++i)
      reach.push_back(
          {reach.back().lng + places.between(-0.5, 1) * stride, reach.back().lat + places.between(-1, 0.7) * stride});
    const double width_m = std::pow(10, places.between(1, 4.3));
    const auto polygons = corridor(reach, width_m);
    ASSERT_FALSE(polygons.empty());
    for (int i = 0; i < 300; ++i) {
      const LngLat corner = reach[places.below(reach.size())];
      const double far = width_m / 111'000;
      const LngLat p{corner.lng + places.between(-far, far), corner.lat + places.between(-far, far)};
      const double away = distance_to(reach, p);
      const bool inside = in_any(polygons, p);
      ++(inside ? within : without);
      ASSERT_FALSE(inside ? away > width_m / 2 * 1.03 : away < width_m / 2 * 0.999)
          << seed << ' ' << away << ' ' << width_m;
    }
  }
  EXPECT_GT(within, 5000);
  EXPECT_GT(without, 5000);
}

TEST(Polygon, ACorridorOfALongRiverKeepsItsWidthFromEndToEnd) {
  const std::vector<LngLat> river{{110, 20}, {112, 45}};
  const auto polygons = corridor(river, 2000);
  EXPECT_GT(polygons.size(), 40u);
  for (double t = 0.005; t < 1; t += 0.01) {
    const LngLat on_it{110 + 2 * t, 20 + 25 * t};
    const double degree = 111'195 * std::cos(on_it.lat * std::numbers::pi / 180);
    EXPECT_TRUE(in_any(polygons, {on_it.lng + 999 / degree, on_it.lat}));
    EXPECT_FALSE(in_any(polygons, {on_it.lng + 1040 / degree, on_it.lat}));
  }
}

TEST(Polygon, ACorridorOfAPointIsACircleAndOfNothingNothing) {
  const auto polygons = corridor(std::vector<LngLat>{{118, 36}, {118, 36}}, 2000);
  ASSERT_EQ(polygons.size(), 1u);
  EXPECT_NEAR(area_km2(polygons[0]), std::numbers::pi, 0.05);
  EXPECT_TRUE(is_simple(polygons[0].outer));
  EXPECT_THAT(corridor({}, 2000), IsEmpty());
  EXPECT_THAT(corridor(std::vector<LngLat>{{118, 36}, {118.1, 36}}, 0), IsEmpty());
  EXPECT_THAT(corridor(std::vector<LngLat>{{118, 36}, {118.1, 36}}, kNone), IsEmpty());
  EXPECT_THAT(corridor(std::vector<LngLat>{{118, 36}, {118.1, 36}}, std::numeric_limits<double>::infinity()),
              IsEmpty());
  EXPECT_THAT(corridor(std::vector<LngLat>{{118, 36}, {kNone, 36}}, 2000), IsEmpty());
}

}  // namespace
}  // namespace anlan::geo
