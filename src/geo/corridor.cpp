#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <cmath>
#include <numbers>

#include "geo/polygon.h"

namespace anlan::geo {
namespace {

namespace bg = boost::geometry;
using Flat = bg::model::d2::point_xy<double>;
using FlatLine = bg::model::linestring<Flat>;
using FlatAreas = bg::model::multi_polygon<bg::model::polygon<Flat>>;

constexpr double kDegree = std::numbers::pi / 180, kDegree_m = 6371008.8 * kDegree;
constexpr double kPiece = 0.5;  // degrees of latitude

// Metres east and north of a place. A degree of longitude is as short as at the northern or southern end of all that it
// serves, so that nothing is farther away than it is on the ground.
struct Plane {
  Plane(std::span<const LngLat> piece, double reach_m) : middle(piece.front()) {
    double farthest = 0;
    for (const LngLat p : piece) farthest = std::max(farthest, std::abs(p.lat) + reach_m / kDegree_m);
    lng_m = kDegree_m * std::cos(std::min(farthest, 89.9) * kDegree);
  }
  Flat flat(LngLat p) const { return {(p.lng - middle.lng) * lng_m, (p.lat - middle.lat) * kDegree_m}; }
  LngLat place(const Flat& p) const { return {middle.lng + p.x() / lng_m, middle.lat + p.y() / kDegree_m}; }
  template <typename FlatRing>
  Ring ring(const FlatRing& points) const {
    Ring out;
    for (const Flat& p : points) out.push_back(place(p));
    return out;
  }

  LngLat middle;
  double lng_m;
};

void add_piece(std::span<const LngLat> piece, double reach_m, std::vector<Polygon>& out) {
  constexpr std::size_t kRound = 32;  // corners of a full circle; they lie outside of it
  const double far = reach_m / std::cos(std::numbers::pi / kRound);
  const Plane plane(piece, far);
  FlatLine line;
  for (const LngLat p : piece) line.push_back(plane.flat(p));
  FlatAreas areas;
  const bg::strategy::buffer::distance_symmetric<double> distance(far);
  const bg::strategy::buffer::join_round join(kRound);
  const bg::strategy::buffer::end_round end(kRound);
  const bg::strategy::buffer::point_circle circle(kRound);
  bg::buffer(line, areas, distance, bg::strategy::buffer::side_straight(), join, end, circle);
  for (const auto& area : areas) {
    out.push_back({plane.ring(area.outer()), {}});
    for (const auto& hole : area.inners()) out.back().holes.push_back(plane.ring(hole));
  }
}

// A long edge is cut where it leaves a piece.
std::vector<LngLat> with_short_edges(std::span<const LngLat> line) {
  std::vector<LngLat> out;
  for (const LngLat p : line) {
    const LngLat from = out.empty() ? p : out.back();
    const double steps = std::ceil(std::abs(p.lat - from.lat) / kPiece);
    for (double step = 1; step < steps; ++step)
      out.push_back({from.lng + step / steps * (p.lng - from.lng), from.lat + step / steps * (p.lat - from.lat)});
    if (out.empty() || out.back() != p) out.push_back(p);
  }
  return out;
}

}  // namespace

std::vector<Polygon> corridor(std::span<const LngLat> line, double width_m) {
  std::vector<Polygon> out;
  if (!(width_m > 0) || !std::isfinite(width_m) || !std::ranges::all_of(line, is_place)) return out;
  const auto points = with_short_edges(line);
  double least = 0, most = 0;
  for (std::size_t begin = 0, end = 0; end < points.size(); begin = end - 1) {
    least = most = points[begin].lat;
    for (end = begin; end < points.size(); ++end) {
      least = std::min(least, points[end].lat), most = std::max(most, points[end].lat);
      if (most - least > kPiece && end > begin + 1) break;
    }
    add_piece(std::span(points).subspan(begin, end - begin), width_m / 2, out);
    if (end == points.size()) break;
  }
  return out;
}

}  // namespace anlan::geo
