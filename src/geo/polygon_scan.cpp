#include "geo/polygon_scan.h"

#include <algorithm>
#include <cmath>

namespace anlan::geo {
namespace {

// A passage is computed to within 2e-12 degrees; who lies so close is tested.
constexpr double kSlack = 1e-11;

constexpr unsigned char kOdd = 1, kUnsure = 2;

}  // namespace

PolygonScan::PolygonScan(const PointIndex& index, const Polygon& polygon) : index_(index) {
  const auto holds_places = [](const Ring& ring) { return std::ranges::all_of(ring, is_place); };
  if (!holds_places(polygon.outer) || !std::ranges::all_of(polygon.holes, holds_places)) return;
  edges_.reserve(polygon.outer.size());
  add_ring(polygon.outer);
  for (const Ring& hole : polygon.holes) add_ring(hole);
  std::ranges::sort(edges_, {}, &Edge::first_row);
}

void PolygonScan::add_ring(const Ring& ring) {
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    LngLat low = ring[j], high = ring[i];
    if (low.lat > high.lat || (low.lat == high.lat && low.lng > high.lng)) std::swap(low, high);
    const auto rows = index_.rows_between(low.lat, high.lat);
    if (low == high || rows.empty()) continue;
    const auto first = static_cast<std::uint32_t>(rows.data() - index_.rows_.data());
    edges_.push_back({low, high, (high.lng - low.lng) / (high.lat - low.lat), first,
                      first + static_cast<std::uint32_t>(rows.size()) - 1});
  }
}

PolygonScan::Passage PolygonScan::passage(const Edge& edge, double south, double north) const {
  if (std::isinf(edge.slope)) {
    const auto [west, east] = std::minmax(edge.low.lng, edge.high.lng);
    return {west - kSlack, east + kSlack, &edge};
  }
  const double from = edge.low.lat >= south ? edge.low.lng : edge.low.lng + (south - edge.low.lat) * edge.slope;
  const double to = edge.high.lat <= north ? edge.high.lng : edge.low.lng + (north - edge.low.lat) * edge.slope;
  return {std::min(from, to) - kSlack, std::max(from, to) + kSlack, &edge};
}

void PolygonScan::run(Gather& found) {
  std::size_t next = 0;
  for (std::uint32_t row = 0; next < edges_.size() || !active_.empty(); ++row) {
    std::erase_if(active_, [&](const Edge* edge) { return edge->last_row < row; });
    if (active_.empty()) {
      if (next == edges_.size()) return;
      row = edges_[next].first_row;
    }
    for (; next < edges_.size() && edges_[next].first_row == row; ++next) active_.push_back(&edges_[next]);
    scan_row(index_.rows_[row], found);
  }
}

// Between passages that do not touch, all points of the row are alike: odd where an odd number of edges lies west of
// them at any one latitude of the row. The eastern neighbourhood of touching passages is such a place, so that their
// points need no edge but these.
void PolygonScan::scan_row(const PointIndex::Row& row, Gather& found) {
  passages_.clear();
  for (const Edge* edge : active_) passages_.push_back(passage(*edge, row.south, row.north));
  std::ranges::sort(passages_, {}, &Passage::west);
  bool odd_west = false;
  std::uint32_t at = row.begin;
  for (std::size_t i = 0, next = 0; i < passages_.size(); i = next) {
    bool odd_east = odd_west;
    double east = passages_[i].east;
    for (next = i; next < passages_.size() && passages_[next].west <= east; ++next) {
      const Passage& p = passages_[next];
      east = std::max(east, p.east);
      odd_east ^= p.edge->low.lat <= row.south && row.south < p.edge->high.lat;
    }
    const std::uint32_t begin = index_.reaching(at, row.end, passages_[i].west);
    const std::uint32_t end = index_.passing(begin, row.end, east);
    if (odd_west) found.add(at, begin);
    test(begin, end, {&passages_[i], next - i}, odd_east, found);
    at = end;
    odd_west = odd_east;
  }
}

// Without branches, since nothing foretells them; the few points that rounding leaves unsure are asked again.
void PolygonScan::test(std::uint32_t begin, std::uint32_t end, std::span<const Passage> passing, bool odd_east,
                       Gather& found) {
  if (begin == end) return;
  const std::size_t count = end - begin;
  marks_.assign(count, odd_east ? kOdd : 0);
  const double* lng = &index_.lng_[begin];
  const double* lat = &index_.lat_[begin];
  for (const Passage& p : passing) {
    const LngLat low = p.edge->low, high = p.edge->high;
    const double width = high.lng - low.lng, height = high.lat - low.lat;
    for (std::size_t i = 0; i < count; ++i) {
      const double left = width * (lat[i] - low.lat), right = (lng[i] - low.lng) * height;
      const double sign = left - right;
      const bool level = (low.lat <= lat[i]) & (lat[i] < high.lat);
      const bool unsure = std::abs(sign) < kSideError * (std::abs(left) + std::abs(right));
      marks_[i] = static_cast<unsigned char>((marks_[i] ^ static_cast<unsigned char>(level & (sign > 0))) |
                                             (level & unsure ? kUnsure : 0));
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const bool inside =
        (marks_[i] & kUnsure) == 0 ? (marks_[i] & kOdd) != 0 : odd_east != odd({lng[i], lat[i]}, passing);
    const auto at = begin + static_cast<std::uint32_t>(i);
    if (inside) found.add(at, at + 1);
  }
}

bool PolygonScan::odd(LngLat place, std::span<const Passage> passing) const {
  bool odd = false;
  for (const Passage& p : passing)
    odd ^= p.edge->low.lat <= place.lat && place.lat < p.edge->high.lat && side(p.edge->low, p.edge->high, place) > 0;
  return odd;
}

}  // namespace anlan::geo
