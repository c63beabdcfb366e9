#pragma once
// Places on the ground, in CGCS2000 (EPSG:4490) degrees, longitude first.

#include <vector>

namespace anlan {

struct LngLat {
  double lng = 0, lat = 0;
  bool operator==(const LngLat&) const = default;
};

// Ring of at least four points, first = last.
using Ring = std::vector<LngLat>;

// Distance over the ground in metres (haversine on the mean radius; error below 0.6 %).
double distance_m(LngLat, LngLat);

// Whether a point lies inside a closed ring (even-odd rule; the edge counts as inside or outside).
bool contains(const Ring&, LngLat);

}  // namespace anlan
