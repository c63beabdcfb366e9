#include "base/geometry.h"

#include <cmath>
#include <numbers>

namespace anlan {

double distance_m(LngLat a, LngLat b) {
  constexpr double kRadius_m = 6371008.8, kDegree = std::numbers::pi / 180;
  const double dlat = (b.lat - a.lat) * kDegree, dlng = (b.lng - a.lng) * kDegree;
  const double h = std::pow(std::sin(dlat / 2), 2) +
                   std::cos(a.lat * kDegree) * std::cos(b.lat * kDegree) * std::pow(std::sin(dlng / 2), 2);
  return 2 * kRadius_m * std::asin(std::sqrt(h));
}

bool contains(const Ring& ring, LngLat p) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const LngLat a = ring[i], b = ring[j];
    if ((a.lat > p.lat) != (b.lat > p.lat) && p.lng < (b.lng - a.lng) * (p.lat - a.lat) / (b.lat - a.lat) + a.lng)
      inside = !inside;
  }
  return inside;
}

}  // namespace anlan
