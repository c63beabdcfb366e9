#include "base/geometry.h"

#include <gmock/gmock.h>

#include <limits>
#include <random>

namespace anlan {
namespace {

using testing::IsEmpty;

int sign(double value) { return (value > 0) - (value < 0); }

TEST(Geometry, ASideIsExactWhereRoundingWouldHideIt) {
  const double step = std::numeric_limits<double>::epsilon() * 64;  // between neighbouring doubles near 118
  const LngLat a{118, 36}, b{118 + 3 * step, 36 + 3 * step};
  EXPECT_EQ(side(a, b, {118 + step, 36 + step}), 0);
  EXPECT_GT(side(a, b, {118, 36 + step}), 0);
  EXPECT_LT(side(a, b, {118 + step, 36}), 0);
  EXPECT_GT(side({12, 12}, {24, 24}, {0.5, 0.5 + std::numeric_limits<double>::epsilon()}), 0);
  EXPECT_EQ(side({12, 12}, {24, 24}, {0.5, 0.5}), 0);
}

TEST(Geometry, ASideIsThatOfWholeNumbersOnAFineLattice) {
  std::mt19937_64 chance(1);
  const auto number = [&] { return static_cast<std::int64_t>(chance() % 2001) - 1000; };
  const auto place = [](std::int64_t x, std::int64_t y) {
    return LngLat{118 + std::ldexp(static_cast<double>(x), -46), 36 + std::ldexp(static_cast<double>(y), -46)};
  };
  int on_it = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::int64_t ax = number(), ay = number(), bx = number(), by = number();
    std::int64_t px = number(), py = number();
    if (i % 4 == 0) px = ax + (bx - ax) / 2, py = ay + (by - ay) / 2;
    const std::int64_t area = (bx - ax) * (py - ay) - (px - ax) * (by - ay);
    on_it += area == 0;
    const double found = side(place(ax, ay), place(bx, by), place(px, py));
    ASSERT_EQ(sign(found), (area > 0) - (area < 0))
        << ax << ' ' << ay << ' ' << bx << ' ' << by << ' ' << px << ' ' << py;
  }
  EXPECT_GT(on_it, 1000);
}

TEST(Geometry, ExactArithmeticAgreesWithThePlainWhereThatIsSure) {
  std::mt19937_64 chance(2);
  std::uniform_real_distribution<double> lng(110, 120), lat(30, 40);
  for (int i = 0; i < 10'000; ++i) {
    const LngLat a{lng(chance), lat(chance)}, b{lng(chance), lat(chance)}, p{lng(chance), lat(chance)};
    ASSERT_EQ(sign(exact_side(a, b, p)), sign(side(a, b, p)));
  }
}

TEST(Geometry, TheEdgesOfASquareAreHalfOpen) {
  const Ring square{{118, 36}, {119, 36}, {119, 37}, {118, 37}, {118, 36}};
  EXPECT_TRUE(contains(square, {118.5, 36.5}));
  EXPECT_TRUE(contains(square, {118, 36}));
  EXPECT_TRUE(contains(square, {118, 36.5}));
  EXPECT_TRUE(contains(square, {118.5, 36}));
  EXPECT_FALSE(contains(square, {119, 36.5}));
  EXPECT_FALSE(contains(square, {118.5, 37}));
  EXPECT_FALSE(contains({}, {118.5, 36.5}));
}

// Triangles around one point, of edges that rounding would put now left, now right of a place on them.
TEST(Geometry, RingsThatMeetShareNoPlaceAndLoseNone) {
  std::mt19937_64 chance(3);
  std::uniform_real_distribution<double> part(0, 1);
  const LngLat middle{118.3, 36.7};
  const Ring around{{118, 36}, {119.1, 36.2}, {119, 37.3}, {117.9, 37.1}, {118, 36}};
  for (int i = 0; i < 10'000; ++i) {
    const std::size_t corner = chance() % 4;
    const double t = part(chance);
    const LngLat p{middle.lng + t * (around[corner].lng - middle.lng),
                   middle.lat + t * (around[corner].lat - middle.lat)};
    int holding = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const bool forth = chance() % 2 == 0;
      const LngLat a = around[forth ? k : k + 1], b = around[forth ? k + 1 : k];
      holding += contains({middle, a, b, middle}, p);
    }
    ASSERT_EQ(holding, 1) << p.lng << ' ' << p.lat;
  }
}

TEST(Geometry, ACircleIsDrawnAtItsRadius) {
  const LngLat center{118.74, 36.85};
  const Ring ring = circle_ring(center, 5500);
  ASSERT_EQ(ring.size(), 65u);
  EXPECT_EQ(ring.front(), ring.back());
  EXPECT_NEAR(ring[0].lng, center.lng, 1e-9);
  EXPECT_GT(ring[0].lat, center.lat);
  EXPECT_LT(ring[16].lng, center.lng);
  for (const LngLat& p : ring) EXPECT_NEAR(distance_m(center, p), 5500, 0.01);
  EXPECT_THAT(circle_ring(center, 0), IsEmpty());
  EXPECT_THAT(circle_ring(center, std::nan("")), IsEmpty());
}

TEST(Geometry, WhatIsNoNumberOrNotOnTheGlobeIsNoPlace) {
  EXPECT_TRUE(is_place({118, 36}));
  EXPECT_TRUE(is_place({-180, -90}));
  EXPECT_FALSE(is_place({36, 118}));
  EXPECT_FALSE(is_place({std::nan(""), 36}));
  EXPECT_FALSE(is_place({118, std::nan("")}));
  EXPECT_FALSE(is_place({std::numeric_limits<double>::infinity(), 36}));
}

TEST(Geometry, TheFarSideOfTheGlobeIsHalfItsGirthAway) {
  EXPECT_NEAR(distance_m({0, 0}, {180, 0}), 20'015'115, 1);
  EXPECT_NEAR(distance_m({118, 36}, {-62, -36}), 20'015'115, 1);
}

}  // namespace
}  // namespace anlan
