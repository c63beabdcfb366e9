#pragma once
// What an area is made of. Degrees of CGCS2000; lines are straight in degrees.

#include <vector>

#include "base/geometry.h"

namespace anlan::geo {

// Even-odd over all of its rings together: inside the outer ring and outside of the holes, and where a ring crosses
// itself every second part. Half-open as contains() in base/geometry.h. A ring that is not closed is closed; one
// without area holds nothing. With a vertex that is no place the whole polygon holds nothing.
struct Polygon {
  Ring outer;
  std::vector<Ring> holes;
};

// All that distance_m() finds at most the radius away. Nothing where the radius is below 0 or no number.
struct Circle {
  LngLat center;
  double radius_m = 0;
};

// Half-open as the ring of its corners: with its west and south side, without its east and north side.
struct Box {
  LngLat south_west, north_east;
  bool operator==(const Box&) const = default;
};

}  // namespace anlan::geo
