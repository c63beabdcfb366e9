#include "bare_grid.h"

#include <algorithm>
#include <cmath>

namespace anlan::bench {

BareGrid::BareGrid(std::span<const geo::Point> points) {
  side_ = static_cast<int>(std::sqrt(static_cast<double>(points.size()))) + 1;
  LngLat least = points[0].place, most = least;
  for (const auto& p : points) {
    least = {std::min(least.lng, p.place.lng), std::min(least.lat, p.place.lat)};
    most = {std::max(most.lng, p.place.lng), std::max(most.lat, p.place.lat)};
  }
  west_ = least.lng, south_ = least.lat;
  wide_ = (most.lng - west_) / side_ * 1.000001, high_ = (most.lat - south_) / side_ * 1.000001;
  starts_.assign(static_cast<std::size_t>(side_) * side_ + 1, 0);
  std::vector<std::uint32_t> cells;
  cells.reserve(points.size());
  for (const auto& p : points) {
    cells.push_back(static_cast<std::uint32_t>(row(p.place.lat) * side_ + column(p.place.lng)));
    ++starts_[cells.back() + 1];
  }
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  places_.resize(points.size()), numbers_.resize(points.size());
  auto next = starts_;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::uint32_t at = next[cells[i]]++;
    places_[at] = points[i].place, numbers_[at] = points[i].number;
  }
  edges_.resize(side_), border_.assign(side_, std::vector<unsigned char>(side_, 0));
}

int BareGrid::column(double lng) const { return std::clamp(static_cast<int>((lng - west_) / wide_), 0, side_ - 1); }
int BareGrid::row(double lat) const { return std::clamp(static_cast<int>((lat - south_) / high_), 0, side_ - 1); }

std::size_t BareGrid::bytes() const {
  return places_.size() * sizeof(LngLat) + (starts_.size() + numbers_.size()) * sizeof(std::uint32_t) +
         static_cast<std::size_t>(side_) * side_;
}

bool BareGrid::odd(std::span<const Edge> edges, LngLat p) {
  bool inside = false;
  for (const auto& [a, b] : edges)
    inside ^=
        ((a.lat > p.lat) != (b.lat > p.lat)) && p.lng < (b.lng - a.lng) * (p.lat - a.lat) / (b.lat - a.lat) + a.lng;
  return inside;
}

void BareGrid::mark_border(const Ring& ring) {
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    LngLat a = ring[i], b = ring[i + 1];
    if (a.lat > b.lat) std::swap(a, b);
    const double slope = b.lat == a.lat ? 0 : (b.lng - a.lng) / (b.lat - a.lat);
    for (int r = row(a.lat), last = row(b.lat); r <= last; ++r) {
      const double low = std::max(a.lat, south_ + r * high_), high = std::min(b.lat, south_ + (r + 1) * high_);
      double from = a.lng + (low - a.lat) * slope, to = a.lng + (high - a.lat) * slope;
      if (slope == 0) from = a.lng, to = b.lng;
      if (from > to) std::swap(from, to);
      edges_[r].push_back({a, b});
      for (int c = column(from), end = column(to); c <= end; ++c) border_[r][c] = 1;
    }
  }
}

template <typename Whole, typename Single>
void BareGrid::walk(const Ring& ring, Whole&& whole, Single&& single) {
  double least = ring[0].lat, most = least, west = ring[0].lng, east = west;
  for (const LngLat p : ring) {
    least = std::min(least, p.lat), most = std::max(most, p.lat);
    west = std::min(west, p.lng), east = std::max(east, p.lng);
  }
  mark_border(ring);
  const int first = column(west), last = column(east);
  for (int r = row(least), top = row(most); r <= top; ++r) {
    const std::size_t cells = static_cast<std::size_t>(r) * side_;
    for (int c = first; c <= last;) {
      int end = c + 1;
      if (border_[r][c]) {
        for (std::uint32_t at = starts_[cells + c]; at < starts_[cells + c + 1]; ++at)
          if (odd(edges_[r], places_[at])) single(at);
        border_[r][c] = 0;
      } else {
        while (end <= last && !border_[r][end]) ++end;
        if (odd(edges_[r], {west_ + (c + 0.5) * wide_, south_ + (r + 0.5) * high_}))
          whole(starts_[cells + c], starts_[cells + end]);
      }
      c = end;
    }
    edges_[r].clear();
  }
}

std::size_t BareGrid::count(const Ring& ring) {
  std::size_t count = 0;
  walk(
      ring, [&](std::uint32_t begin, std::uint32_t end) { count += end - begin; }, [&](std::uint32_t) { ++count; });
  return count;
}

void BareGrid::collect(const Ring& ring, std::vector<std::uint32_t>& numbers) {
  numbers.clear();
  walk(
      ring,
      [&](std::uint32_t begin, std::uint32_t end) {
        numbers.insert(numbers.end(), numbers_.begin() + begin, numbers_.begin() + end);
      },
      [&](std::uint32_t at) { numbers.push_back(numbers_[at]); });
}

}  // namespace anlan::bench
