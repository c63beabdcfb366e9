#include "geo/road/road_grid.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace anlan::road {
namespace {

constexpr double kMetresADegree = 111'195, kLeastSquare_m = 50;
constexpr std::int64_t kMostSquaresASide = 4000;

// Not to 0 at the poles, where a map of roads is a mistake and a square must have a width all the same.
double metres_a_degree_lng(double lat) {
  return kMetresADegree * std::max(std::cos(lat * std::numbers::pi / 180), 0.01);
}

}  // namespace

// The i-th point of a road: its tail, its shape, its head.
LngLat RoadGrid::point(std::uint32_t number, std::uint32_t i) const {
  const Road& road = network_.roads()[number];
  if (i == 0) return network_.place_of(road.tail);
  const std::uint32_t at = road.shape_begin + i - 1;
  return at < road.shape_end ? place(network_.shape()[at]) : network_.place_of(road.head);
}

// A side of a square is so long that all roads together cross at most a few squares for each of their pieces.
RoadGrid::RoadGrid(const Network& network) : network_(network) {
  const auto bounds = network.bounds();
  if (!bounds || network.roads().empty()) return;
  origin_ = bounds->south_west;
  const double middle = (bounds->south_west.lat + bounds->north_east.lat) / 2;
  double length = 0;
  for (const Road& road : network.roads()) length += road.length_m;
  const double width = (bounds->north_east.lng - origin_.lng) * metres_a_degree_lng(middle);
  const double height = (bounds->north_east.lat - origin_.lat) * kMetresADegree;
  const double pieces = static_cast<double>(network.roads().size() + network.shape().size());
  const double square = std::max({kLeastSquare_m, length / pieces, std::sqrt(width * height / pieces),
                                  std::max(width, height) / kMostSquaresASide});
  lng_step_ = square / metres_a_degree_lng(middle);
  lat_step_ = square / kMetresADegree;
  columns_ = static_cast<std::int64_t>(width / square) + 1;
  rows_ = static_cast<std::int64_t>(height / square) + 1;
  first_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
  // Walked twice: to count, and to put in place.
  const auto each = [&](auto&& visit) {
    for (std::uint32_t r = 0; r < network.roads().size(); ++r) {
      const Road& road = network.roads()[r];
      for (std::uint32_t i = 0; i <= road.shape_end - road.shape_begin; ++i)
        each_square(point(r, i), point(r, i + 1), [&](std::size_t at) { visit(at, Piece{r, i}); });
    }
  };
  each([&](std::size_t at, Piece) { ++first_[at + 1]; });
  for (std::size_t i = 0; i + 1 < first_.size(); ++i) first_[i + 1] += first_[i];
  pieces_.resize(first_.back());
  auto next = first_;
  each([&](std::size_t at, Piece piece) { pieces_[next[at]++] = piece; });
}

// In each row that the line goes through, the squares from where it enters to where it leaves.
template <class Visit>
void RoadGrid::each_square(LngLat a, LngLat b, Visit&& visit) const {
  if (a.lat > b.lat) std::swap(a, b);
  const auto column = [&](double lng) {
    return std::clamp(static_cast<std::int64_t>((lng - origin_.lng) / lng_step_), std::int64_t{0}, columns_ - 1);
  };
  const auto row = [&](double lat) {
    return std::clamp(static_cast<std::int64_t>((lat - origin_.lat) / lat_step_), std::int64_t{0}, rows_ - 1);
  };
  const auto lng_at = [&](double lat) {
    return b.lat > a.lat ? a.lng + (b.lng - a.lng) * std::clamp((lat - a.lat) / (b.lat - a.lat), 0.0, 1.0) : a.lng;
  };
  for (std::int64_t r = row(a.lat), last = row(b.lat); r <= last; ++r) {
    const double south = origin_.lat + static_cast<double>(r) * lat_step_;
    double west = r == row(a.lat) ? a.lng : lng_at(south), east = r == last ? b.lng : lng_at(south + lat_step_);
    if (west > east) std::swap(west, east);
    for (std::int64_t c = column(west), end = column(east); c <= end; ++c)
      visit(static_cast<std::size_t>(r * columns_ + c));
  }
}

// The place of a piece that is nearest; gives its distance.
double RoadGrid::place_on(const Piece& piece, LngLat from, Snap& snap) const {
  const LngLat a = point(piece.road, piece.number), b = point(piece.road, piece.number + 1);
  const double wide = metres_a_degree_lng(from.lat);
  const double dx = (b.lng - a.lng) * wide, dy = (b.lat - a.lat) * kMetresADegree;
  const double px = (from.lng - a.lng) * wide, py = (from.lat - a.lat) * kMetresADegree;
  const double square = dx * dx + dy * dy;
  const double part = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0;
  snap.place = {a.lng + (b.lng - a.lng) * part, a.lat + (b.lat - a.lat) * part};
  return std::hypot(px - dx * part, py - dy * part);
}

// Within a city a degree is as long everywhere, so the nearest is found on the plane; what is told is measured on the
// sphere.
std::optional<Snap> RoadGrid::nearest(LngLat from, double reach_m,
                                      const std::function<bool(std::uint32_t road)>& may_take) const {
  if (first_.empty() || !is_place(from)) return std::nullopt;
  const auto column = static_cast<std::int64_t>(std::floor((from.lng - origin_.lng) / lng_step_));
  const auto row = static_cast<std::int64_t>(std::floor((from.lat - origin_.lat) / lat_step_));
  const double square = std::min(lat_step_ * kMetresADegree, lng_step_ * metres_a_degree_lng(from.lat));
  Snap best;
  Piece piece_of_best{kNone, 0};
  double least = reach_m;
  const auto look = [&](std::int64_t c, std::int64_t r) {
    if (c < 0 || r < 0 || c >= columns_ || r >= rows_) return;
    const auto at = static_cast<std::size_t>(r * columns_ + c);
    for (std::uint32_t i = first_[at]; i < first_[at + 1]; ++i) {
      const Piece piece = pieces_[i];
      const Road& road = network_.roads()[piece.road];
      Snap snap;
      const double far = place_on(piece, from, snap);
      // Of roads at the same distance the lower number, whichever square came first.
      if (far > least || (far == least && piece.road >= piece_of_best.road)) continue;
      if (!network_.is_main(road.tail) || !network_.is_main(road.head) || !may_take(piece.road)) continue;
      least = far, best = snap, piece_of_best = piece;
    }
  };
  // Ring by ring: what lies in a ring is farther away than the ring before it is wide.
  const auto rings = static_cast<std::int64_t>(std::min(reach_m / square, 1e6)) + 1;
  for (std::int64_t ring = 0; ring <= rings && static_cast<double>(ring - 1) * square <= least; ++ring) {
    for (std::int64_t c = column - ring; c <= column + ring; ++c) {
      look(c, row - ring);
      if (ring > 0) look(c, row + ring);
    }
    for (std::int64_t r = row - ring + 1; r < row + ring; ++r) look(column - ring, r), look(column + ring, r);
  }
  if (piece_of_best.road == kNone) return std::nullopt;
  best.road = piece_of_best.road;
  best.distance_m = distance_m(from, best.place);
  // How far along the road it is: a place in the middle is reached from either end.
  double before = 0;
  for (std::uint32_t i = 0; i < piece_of_best.number; ++i)
    before += distance_m(point(best.road, i), point(best.road, i + 1));
  before += distance_m(point(best.road, piece_of_best.number), best.place);
  const double length = network_.roads()[best.road].length_m;
  best.along = length > 0 ? std::min(before / length, 1.0) : 0;
  return best;
}

}  // namespace anlan::road
