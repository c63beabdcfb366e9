#include "geo/polygon.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace anlan::geo {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

// Square metres between the equator and a latitude for each radian of longitude, on the ellipsoid of CGCS2000 (GB
// 22021-2008): Snyder, Map Projections, USGS Professional Paper 1395, (3-12).
double zone_m2(double lat) {
  constexpr double kAxis_m = 6378137, kFlattening = 1 / 298.257222101;
  constexpr double kSquare = kFlattening * (2 - kFlattening);
  const double eccentricity = std::sqrt(kSquare), sine = std::sin(lat * kDegree);
  return kAxis_m * kAxis_m * (1 - kSquare) / 2 *
         (sine / (1 - kSquare * sine * sine) + std::atanh(eccentricity * sine) / eccentricity);
}

// Between a ring and the equator; the mean of a zone along an edge by Simpson's rule.
double ring_m2(const Ring& ring) {
  double sum = 0;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const double from = ring[j].lat, to = ring[i].lat;
    sum += (ring[i].lng - ring[j].lng) * kDegree * (zone_m2(from) + 4 * zone_m2((from + to) / 2) + zone_m2(to)) / 6;
  }
  return std::abs(sum);
}

}  // namespace

double area_km2(const Polygon& polygon) {
  double area_m2 = ring_m2(polygon.outer);
  for (const Ring& hole : polygon.holes) area_m2 -= ring_m2(hole);
  return area_m2 / 1e6;
}

std::optional<Box> bounds(std::span<const Polygon> polygons) {
  std::optional<Box> box;
  for (const Polygon& polygon : polygons) {
    for (const LngLat p : polygon.outer) {
      if (!is_place(p)) return std::nullopt;
      if (!box) box = Box{p, p};
      auto& [least, most] = *box;
      least = {std::min(least.lng, p.lng), std::min(least.lat, p.lat)};
      most = {std::max(most.lng, p.lng), std::max(most.lat, p.lat)};
    }
  }
  return box;
}

std::optional<Nearest> nearest(std::span<const LngLat> line, LngLat from) {
  const double shrink = std::cos(from.lat * kDegree);  // of a degree of longitude
  std::optional<Nearest> best;
  double best_square = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const LngLat a = line[i], b = line[std::min(i + 1, line.size() - 1)];
    const double dx = (b.lng - a.lng) * shrink, dy = b.lat - a.lat;
    const double x = (from.lng - a.lng) * shrink, y = from.lat - a.lat, square = dx * dx + dy * dy;
    const double t = square > 0 ? std::clamp((x * dx + y * dy) / square, 0.0, 1.0) : 0;
    const double away = std::pow(x - t * dx, 2) + std::pow(y - t * dy, 2);
    if (best && !(away < best_square)) continue;
    best_square = away;
    best = Nearest{{a.lng + t * (b.lng - a.lng), a.lat + t * (b.lat - a.lat)}, 0};
  }
  if (best) best->distance_m = distance_m(from, best->place);
  return best;
}

}  // namespace anlan::geo
