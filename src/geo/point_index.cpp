#include "geo/point_index.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/polygon_scan.h"

namespace anlan::geo {
namespace {

constexpr double kRadius_m = 6371008.8, kDegree = std::numbers::pi / 180;

bool can_be_found(const Point& point) { return is_place(point.place) && std::abs(point.place.lng) <= 180; }

// Half the width in degrees that a circle on the ground has at a latitude. Below 0 where it does not reach there.
double half_width(const Circle& circle, double lat) {
  const double reach = std::sin(circle.radius_m / kRadius_m / 2);
  const double rise = std::sin((lat - circle.center.lat) * kDegree / 2);
  const double left = reach * reach - rise * rise;
  if (left < 0) return -1;
  const double part = left / (std::cos(lat * kDegree) * std::cos(circle.center.lat * kDegree));
  return 2 * std::asin(std::sqrt(std::min(part, 1.0))) / kDegree;
}

}  // namespace

PointIndex::PointIndex(std::span<const Point> points) {
  std::vector<Point> all;
  all.reserve(points.size());
  std::ranges::copy_if(points, std::back_inserter(all), can_be_found);
  std::ranges::sort(all, {}, [](const Point& p) { return p.place.lat; });
  // About as many rows as points in a row: an edge then meets as few rows as it leaves points to be tested.
  const std::size_t in_row = static_cast<std::size_t>(std::sqrt(static_cast<double>(all.size()))) + 1;
  for (std::size_t begin = 0; begin < all.size(); begin += in_row) {
    const auto row = std::span(all).subspan(begin, std::min(in_row, all.size() - begin));
    rows_.push_back({row.front().place.lat, row.back().place.lat, static_cast<std::uint32_t>(begin),
                     static_cast<std::uint32_t>(begin + row.size())});
    std::ranges::sort(row, {}, [](const Point& p) { return p.place.lng; });
  }
  lng_.reserve(all.size()), lat_.reserve(all.size()), numbers_.reserve(all.size());
  for (const Point& p : all) lng_.push_back(p.place.lng), lat_.push_back(p.place.lat), numbers_.push_back(p.number);
}

std::size_t PointIndex::bytes() const {
  return sizeof *this + rows_.capacity() * sizeof(Row) + (lng_.capacity() + lat_.capacity()) * sizeof(double) +
         numbers_.capacity() * sizeof(std::uint32_t);
}

std::uint32_t PointIndex::reaching(std::uint32_t begin, std::uint32_t end, double lng) const {
  return static_cast<std::uint32_t>(std::lower_bound(lng_.begin() + begin, lng_.begin() + end, lng) - lng_.begin());
}

std::uint32_t PointIndex::passing(std::uint32_t begin, std::uint32_t end, double lng) const {
  return static_cast<std::uint32_t>(std::upper_bound(lng_.begin() + begin, lng_.begin() + end, lng) - lng_.begin());
}

std::span<const PointIndex::Row> PointIndex::rows_between(double south, double north) const {
  const auto first = std::ranges::lower_bound(rows_, south, {}, &Row::north);
  const auto last = std::ranges::upper_bound(rows_, north, {}, &Row::south);
  return first < last ? std::span(first, last) : std::span<const Row>{};
}

Selection PointIndex::within(const Polygon& polygon) const {
  Selection found(numbers_.data());
  Gather gather(found);
  PolygonScan(*this, polygon).run(gather);
  return found;
}

// In pairs, pairs of pairs and so on, so that many small polygons do not each pay for all before them.
Selection PointIndex::within(std::span<const Polygon> polygons) const {
  if (polygons.empty()) return Selection(numbers_.data());
  if (polygons.size() == 1) return within(polygons.front());
  Selection found = within(polygons.first(polygons.size() / 2));
  found.unite(within(polygons.subspan(polygons.size() / 2)));
  return found;
}

Selection PointIndex::within(const Circle& circle) const {
  Selection found(numbers_.data());
  Gather gather(found);
  if (!is_place(circle.center) || !(circle.radius_m >= 0)) return found;
  const double angle = circle.radius_m / kRadius_m, height = angle / kDegree * (1 + 1e-9) + 1e-9;
  const double slack =
      height * 1e-6 + 1e-11;  // what rounding makes of a width at the circle's northern and southern end
  const double lat = circle.center.lat, widest = std::asin(std::min(std::sin(angle) / std::cos(lat * kDegree), 1.0));
  const double outer = widest / kDegree + slack;
  // Where it reaches a pole or the date line, or over a good part of the globe, each point is asked.
  const bool plain = std::abs(lat) + height < 85 && std::abs(circle.center.lng) + outer < 180;
  for (const Row& row : rows_between(plain ? lat - height : -90, plain ? lat + height : 90)) {
    const auto ask = [&](std::uint32_t begin, std::uint32_t end) {
      for (std::uint32_t at = begin; at < end; ++at)
        if (distance_m(circle.center, {lng_[at], lat_[at]}) <= circle.radius_m) gather.add(at, at + 1);
    };
    if (!plain) {
      ask(row.begin, row.end);
      continue;
    }
    // A circle is nowhere in the row narrower than at one of its sides.
    const double inner = std::min(half_width(circle, row.south), half_width(circle, row.north)) - slack;
    const std::uint32_t begin = reaching(row.begin, row.end, circle.center.lng - outer);
    const std::uint32_t end = passing(begin, row.end, circle.center.lng + outer);
    const std::uint32_t sure = inner > 0 ? reaching(begin, end, circle.center.lng - inner) : end;
    const std::uint32_t unsure = inner > 0 ? passing(sure, end, circle.center.lng + inner) : end;
    ask(begin, sure);
    gather.add(sure, unsure);
    ask(unsure, end);
  }
  return found;
}

Selection PointIndex::within(const Box& box) const {
  Selection found(numbers_.data());
  Gather gather(found);
  const auto [south_west, north_east] = box;
  if (!is_place(south_west) || !is_place(north_east)) return found;
  for (const Row& row : rows_between(south_west.lat, north_east.lat)) {
    const std::uint32_t begin = reaching(row.begin, row.end, south_west.lng);
    const std::uint32_t end = reaching(begin, row.end, north_east.lng);
    if (south_west.lat <= row.south && row.north < north_east.lat) {
      gather.add(begin, end);
      continue;
    }
    for (std::uint32_t at = begin; at < end; ++at)
      if (south_west.lat <= lat_[at] && lat_[at] < north_east.lat) gather.add(at, at + 1);
  }
  return found;
}

}  // namespace anlan::geo
