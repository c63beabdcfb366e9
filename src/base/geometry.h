#pragma once
// Places on the ground, in CGCS2000 (EPSG:4490) degrees, longitude first.

#include <cmath>
#include <vector>

#include "base/fields.h"

namespace anlan {

struct LngLat {
  double lng = 0, lat = 0;
  bool operator==(const LngLat&) const = default;
};

// Ring of at least four points, first = last.
using Ring = std::vector<LngLat>;
template <>
struct DefaultLimit<Ring> {
  static constexpr std::int64_t value = 10'000;
};
// Of one area.
inline constexpr std::int64_t kMostRings = 1000;

// Whether both numbers are degrees on the globe: no NaN, at most ±360 and ±90 (a ring may go on beyond ±180).
bool is_place(LngLat);

// Distance over the ground in metres (haversine on the mean radius; error below 0.6 %).
double distance_m(LngLat, LngLat);

// 64 points around a centre on the same sphere, anticlockwise from north, and the first again. Empty where the radius
// is not above 0.
Ring circle_ring(LngLat center, double radius_m);

// As side(), by exact arithmetic.
double exact_side(LngLat a, LngLat b, LngLat p);

// What rounding can make of a difference of two such products, for each unit of their sum (Shewchuk 1997, §4.3).
inline constexpr double kSideError = 3.3306690738754716e-16;

// Where a point lies beside the straight line (in degrees) from `a` to `b`: above 0 on its left, below 0 on its right,
// 0 on it. The sign is exact for places; the value is nothing else.
inline double side(LngLat a, LngLat b, LngLat p) {
  const double left = (b.lng - a.lng) * (p.lat - a.lat), right = (p.lng - a.lng) * (b.lat - a.lat);
  const double sign = left - right;
  return std::abs(sign) >= kSideError * (std::abs(left) + std::abs(right)) ? sign : exact_side(a, b, p);
}

// Whether a point lies inside a closed ring, by the even-odd rule. Half-open: a point on an edge belongs to the side
// east of it, on a level edge to the side north of it, so that it lies in exactly one of the rings that meet there.
bool contains(const Ring&, LngLat);

}  // namespace anlan
