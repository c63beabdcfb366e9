#include "geo/road/network.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"

namespace anlan::road {
namespace {

constexpr double kMsPerHour = 3.6e6;

// Whether two straight pieces cross within both. Where one only ends on the other, that end is a point of the road,
// and the test of points finds it.
bool meet(LngLat a, LngLat b, LngLat c, LngLat d) {
  const auto opposite = [](double x, double y) { return (x > 0 && y < 0) || (x < 0 && y > 0); };
  return opposite(side(a, b, c), side(a, b, d)) && opposite(side(c, d, a), side(c, d, b));
}

// Of a line with few points and an outline with some hundred; asked of roads within the outline's box alone.
bool touches(const std::vector<LngLat>& line, const geo::Polygon& polygon) {
  const auto inside = [&](LngLat p) {
    bool odd = contains(polygon.outer, p);
    for (const Ring& hole : polygon.holes) odd ^= contains(hole, p);
    return odd;
  };
  if (std::ranges::any_of(line, inside)) return true;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    for (std::size_t j = 0; j + 1 < polygon.outer.size(); ++j)
      if (meet(line[i], line[i + 1], polygon.outer[j], polygon.outer[j + 1])) return true;
  return false;
}

// What is driven there: the road's own limit where it has one, else what its class is driven at. A class that the
// profile does not drive is not driven whatever stands on the sign.
double kmh_on(const Traits& traits, const Profile& profile) {
  const double by_class = profile.kmh[static_cast<std::size_t>(traits.road_class)];
  return by_class > 0 && traits.kmh > 0 ? traits.kmh * profile.limit_share : by_class;
}

// What is not known of either side holds nobody up: most maps name few limits, and a fire engine that is sent round
// a bridge which would have borne it comes too late as well.
bool carries(const Traits& traits, const Vehicle& vehicle) {
  return (traits.height_cm == 0 || vehicle.height_m * 100 <= traits.height_cm) &&
         (traits.weight_10kg == 0 || vehicle.weight_t * 100 <= traits.weight_10kg);
}

}  // namespace

// Arcs by counting: how many leave each node, where those of a node begin, then each into its place.
Network::Network(std::vector<Spot> nodes, std::vector<Road> roads, std::vector<Spot> shape)
    : nodes_(std::move(nodes)), roads_(std::move(roads)), shape_(std::move(shape)), first_(nodes_.size() + 1) {
  for (std::uint32_t r = 0; r < roads_.size(); ++r) {
    Road& road = roads_[r];
    ANLAN_ASSERT(road.tail < nodes_.size() && road.head < nodes_.size());
    ANLAN_ASSERT(road.shape_begin <= road.shape_end && road.shape_end <= shape_.size());
    ++first_[road.tail + 1];
    ++first_[road.head + 1];
    const auto points = line(r);
    double length = 0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) length += distance_m(points[i], points[i + 1]);
    road.length_m = static_cast<float>(length);
  }
  for (std::size_t n = 0; n < nodes_.size(); ++n) first_[n + 1] += first_[n];
  arcs_.resize(2 * roads_.size());
  auto next = first_;
  for (std::uint32_t r = 0; r < roads_.size(); ++r) {
    arcs_[next[roads_[r].tail]++] = {roads_[r].head, 2 * r};
    arcs_[next[roads_[r].head]++] = {roads_[r].tail, 2 * r + 1};
  }
  main_ = largest_part(*this);
  main_nodes_ = static_cast<std::size_t>(std::ranges::count(main_, 1));
}

std::vector<LngLat> Network::line(std::uint32_t number) const {
  const Road& road = roads_[number];
  std::vector<LngLat> points{place_of(road.tail)};
  for (std::uint32_t i = road.shape_begin; i < road.shape_end; ++i) points.push_back(place(shape_[i]));
  points.push_back(place_of(road.head));
  return points;
}

std::vector<std::uint32_t> Network::roads_in(const geo::Polygon& polygon) const {
  std::vector<std::uint32_t> found;
  Ring closed = polygon.outer;
  if (!closed.empty() && !(closed.front() == closed.back())) closed.push_back(closed.front());
  if (closed.size() < 4 || !std::ranges::all_of(closed, is_place)) return found;
  const geo::Polygon area{closed, polygon.holes};
  double west = 360, east = -360, south = 90, north = -90;
  for (const LngLat p : closed)
    west = std::min(west, p.lng), east = std::max(east, p.lng), south = std::min(south, p.lat),
    north = std::max(north, p.lat);
  for (std::uint32_t r = 0; r < roads_.size(); ++r) {
    const auto points = line(r);
    // Cheap, and true of nearly all.
    const auto beyond = [&](auto&& is_out) { return std::ranges::all_of(points, is_out); };
    if (beyond([&](LngLat p) { return p.lng < west; }) || beyond([&](LngLat p) { return p.lng > east; }) ||
        beyond([&](LngLat p) { return p.lat < south; }) || beyond([&](LngLat p) { return p.lat > north; }))
      continue;
    if (touches(points, area)) found.push_back(r);
  }
  return found;
}

std::optional<geo::Box> Network::bounds() const {
  if (nodes_.empty()) return std::nullopt;
  Spot low = nodes_[0], high = nodes_[0];
  for (const std::vector<Spot>* spots : {&nodes_, &shape_})
    for (const Spot s : *spots) {
      low = {std::min(low.lng, s.lng), std::min(low.lat, s.lat)};
      high = {std::max(high.lng, s.lng), std::max(high.lat, s.lat)};
    }
  return geo::Box{place(low), place(high)};
}

std::size_t Network::bytes() const {
  return (nodes_.size() + shape_.size()) * sizeof(Spot) + roads_.size() * sizeof(Road) + arcs_.size() * sizeof(Arc) +
         first_.size() * sizeof(first_[0]) + main_.size();
}

std::vector<Ms> travel_times(const Network& network, const Profile& profile, const Vehicle& vehicle,
                             std::span<const std::uint32_t> closed_roads) {
  std::vector<Ms> times(2 * network.roads().size(), kNever);
  for (ArcNumber a = 0; a < times.size(); ++a) {
    const Road& road = network.road(a);
    const double kmh = kmh_on(road.traits, profile);
    if (!network.is_drivable(a) || !carries(road.traits, vehicle) || !(kmh > 0)) continue;
    // Rounded up, so that A*'s guess from the great circle never exceeds it.
    const double ms = std::ceil(road.length_m / 1000.0 / kmh * kMsPerHour);
    times[a] = ms < kNever ? std::max(static_cast<Ms>(ms), 1) : kNever;
  }
  for (const std::uint32_t r : closed_roads) times[2 * r] = times[2 * r + 1] = kNever;
  return times;
}

}  // namespace anlan::road
