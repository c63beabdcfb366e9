#include "geo/road/roads.h"

#include <algorithm>
#include <cmath>

namespace anlan::road {
namespace {

constexpr double kMsPerHour = 3.6e6;

// Up, as the times of arcs are.
Ms whole(double ms) { return ms < kNever ? static_cast<Ms>(std::ceil(ms)) : kNever; }
// Of a road that is driven in part.
Ms part(Ms ms, double share) { return ms < kNever ? whole(ms * std::clamp(share, 0.0, 1.0)) : kNever; }

// The line of a route, piece by piece in the order in which it is driven.
class Drawing {
 public:
  explicit Drawing(const Network& network) : network_(network) {}

  void point(LngLat p) {
    if (line_.empty() || !(line_.back() == p)) line_.push_back(p);
  }
  // Along a road between two parts of its length.
  void drive(std::uint32_t road, double begin, double end) {
    const auto points = network_.line(road);
    std::vector<double> at{0};
    for (std::size_t i = 1; i < points.size(); ++i) at.push_back(at.back() + distance_m(points[i - 1], points[i]));
    const auto between = [&](double part) {
      const double far = part * at.back();
      std::size_t i = 1;
      while (i + 1 < at.size() && at[i] < far) ++i;
      const double share = at[i] > at[i - 1] ? std::clamp((far - at[i - 1]) / (at[i] - at[i - 1]), 0.0, 1.0) : 0;
      const LngLat a = points[i - 1], b = points[i];
      return share == 1 ? b : LngLat{a.lng + (b.lng - a.lng) * share, a.lat + (b.lat - a.lat) * share};
    };
    std::vector<LngLat> driven{between(std::min(begin, end))};
    for (std::size_t i = 0; i < points.size(); ++i)
      if (at[i] > std::min(begin, end) * at.back() && at[i] < std::max(begin, end) * at.back())
        driven.push_back(points[i]);
    driven.push_back(between(std::max(begin, end)));
    if (end < begin) std::ranges::reverse(driven);
    for (const LngLat p : driven) point(p);
    metres_ += network_.roads()[road].length_m * std::abs(end - begin);
  }
  std::vector<LngLat> line() const { return line_; }
  double metres() const { return metres_; }

 private:
  const Network& network_;
  std::vector<LngLat> line_;
  double metres_ = 0;
};

// The nodes by which a journey leaves the road of its start and enters that of its end.
std::pair<Node, Node> ends_of(const Network& network, const Found& found, std::span<const Start> leaving,
                              std::span<const Start> reaching) {
  if (!found.arcs.empty()) return {network.tail(found.arcs.front()), network.head(found.arcs.back())};
  for (const Start& start : leaving)
    for (const Start& end : reaching)
      if (start.node == end.node && sum(start.ms, end.ms) == found.ms) return {start.node, end.node};
  return {kNone, kNone};
}

}  // namespace

std::shared_ptr<const Roads> Roads::over(std::unique_ptr<const Network> network, const Profile& profile,
                                         const Crow& crow) {
  std::shared_ptr<Roads> roads(new Roads);
  roads->profile_ = profile;
  roads->crow_ = crow;
  if (!network) return roads;
  auto hierarchy = Hierarchy::over(*network);
  if (!hierarchy) return nullptr;
  roads->network_ = std::move(network);
  roads->hierarchy_ = std::make_shared<const Hierarchy>(std::move(*hierarchy));
  roads->grid_ = std::make_unique<const RoadGrid>(*roads->network_);
  return roads;
}

std::shared_ptr<const Metric> Roads::metric(const Vehicle& vehicle, std::span<const std::uint32_t> closed) const {
  if (!network_) return nullptr;
  return std::make_shared<const Metric>(hierarchy_, travel_times(*network_, profile_, vehicle, closed));
}

std::size_t Roads::bytes() const { return network_ ? network_->bytes() + hierarchy_->bytes() + grid_->bytes() : 0; }

struct Router::End {
  std::optional<Snap> snap;
  std::vector<Start> leaving, reaching;
};

Router::Router(std::shared_ptr<const Roads> roads, std::shared_ptr<const Metric> metric)
    : roads_(std::move(roads)), metric_(std::move(metric)) {
  if (roads_->has_network()) climb_ = std::make_unique<Climb>(*roads_->hierarchy());
}

std::optional<Snap> Router::snap(LngLat place) const {
  if (!metric_) return std::nullopt;
  const auto weights = metric_->weights();
  return roads_->grid().nearest(place, roads_->profile().reach_m, [&](std::uint32_t r) {
    return weights[2 * r] < kNever || weights[2 * r + 1] < kNever;
  });
}

// On foot, or across a field: slow enough that a road near by is preferred to a faster one farther off.
Ms Router::off_road(const Snap& snap) const {
  const double kmh = roads_->profile().off_road_kmh;
  return kmh > 0 ? whole(snap.distance_m / 1000 / kmh * kMsPerHour) : 0;
}

// By the head along the road and, where that is driven too, by the tail against it.
std::vector<Start> Router::leaving(const Snap& snap) const {
  const auto weights = metric_->weights();
  const Road& road = roads_->network().roads()[snap.road];
  std::vector<Start> starts;
  if (const Ms ms = weights[2 * snap.road]; ms < kNever)
    starts.push_back({road.head, sum(off_road(snap), part(ms, 1 - snap.along))});
  if (const Ms ms = weights[2 * snap.road + 1]; ms < kNever)
    starts.push_back({road.tail, sum(off_road(snap), part(ms, snap.along))});
  return starts;
}

// The other way round: from the tail along the road, from the head against it.
std::vector<Start> Router::reaching(const Snap& snap) const {
  const auto weights = metric_->weights();
  const Road& road = roads_->network().roads()[snap.road];
  std::vector<Start> ends;
  if (const Ms ms = weights[2 * snap.road]; ms < kNever)
    ends.push_back({road.tail, sum(off_road(snap), part(ms, snap.along))});
  if (const Ms ms = weights[2 * snap.road + 1]; ms < kNever)
    ends.push_back({road.head, sum(off_road(snap), part(ms, 1 - snap.along))});
  return ends;
}

Router::End Router::end(LngLat place) const {
  End end{snap(place), {}, {}};
  if (end.snap) end.leaving = leaving(*end.snap), end.reaching = reaching(*end.snap);
  return end;
}

// Between two places of one road no node need lie.
Ms Router::along_one_road(const Snap& from, const Snap& to) const {
  if (from.road != to.road) return kNever;
  const Ms ms = metric_->weights()[2 * from.road + (to.along < from.along ? 1 : 0)];
  return sum(sum(off_road(from), off_road(to)), part(ms, std::abs(to.along - from.along)));
}

// Off-road parts are in the detour.
Travel Router::crow(LngLat from, LngLat to) const {
  const Crow& crow = roads_->crow();
  return {whole(distance_m(from, to) * crow.detour / 1000 / crow.kmh * kMsPerHour), Basis::kCrow};
}

Travel Router::time(LngLat from, LngLat to) {
  const End a = end(from), b = end(to);
  if (!a.snap || !b.snap) return crow(from, to);
  return {std::min(climb_->time(*metric_, a.leaving, b.reaching), along_one_road(*a.snap, *b.snap)), Basis::kRoad};
}

Route Router::route(LngLat from, LngLat to) {
  const End a = end(from), b = end(to);
  if (!a.snap || !b.snap) return {crow(from, to), distance_m(from, to) * roads_->crow().detour, {from, to}};
  const Found found = climb_->way(*metric_, a.leaving, b.reaching);
  const Ms direct = along_one_road(*a.snap, *b.snap);
  Route route{{std::min(found.ms, direct), Basis::kRoad}, 0, {}};
  if (route.travel.ms == kNever) return route;
  Drawing drawing(roads_->network());
  drawing.point(from);
  if (direct <= found.ms) {
    drawing.drive(a.snap->road, a.snap->along, b.snap->along);
  } else {
    const auto [left, entered] = ends_of(roads_->network(), found, a.leaving, b.reaching);
    drawing.drive(a.snap->road, a.snap->along, left == roads_->network().roads()[a.snap->road].head ? 1 : 0);
    for (const ArcNumber arc : found.arcs) drawing.drive(arc / 2, arc % 2, 1 - arc % 2);
    drawing.drive(b.snap->road, entered == roads_->network().roads()[b.snap->road].tail ? 0 : 1, b.snap->along);
  }
  drawing.point(to);
  route.line = drawing.line();
  route.metres = drawing.metres() + a.snap->distance_m + b.snap->distance_m;
  return route;
}

std::vector<Travel> Router::times(LngLat from, std::span<const LngLat> to) { return matrix({&from, 1}, to); }

// Every place is brought onto a road once, and what lies above all ends is gathered once.
std::vector<Travel> Router::matrix(std::span<const LngLat> from, std::span<const LngLat> to) {
  std::vector<Travel> out;
  out.reserve(from.size() * to.size());
  if (!metric_) {
    for (const LngLat a : from)
      for (const LngLat b : to) out.push_back(crow(a, b));
    return out;
  }
  std::vector<End> starts, ends;
  std::vector<std::vector<Start>> leaving, reaching;
  for (const LngLat place : from) leaving.push_back(starts.emplace_back(end(place)).leaving);
  for (const LngLat place : to) reaching.push_back(ends.emplace_back(end(place)).reaching);
  const Targets targets(*roads_->hierarchy(), reaching);
  std::vector<Ms> times(from.size() * to.size());
  if (from.size() == 1)
    climb_->times(*metric_, leaving[0], targets, times);
  else
    climb_->matrix(*metric_, leaving, targets, times);
  for (std::size_t i = 0; i < from.size(); ++i)
    for (std::size_t j = 0; j < to.size(); ++j) {
      const auto &a = starts[i].snap, &b = ends[j].snap;
      if (!a || !b)
        out.push_back(crow(from[i], to[j]));
      else
        out.push_back({std::min(times[i * to.size() + j], along_one_road(*a, *b)), Basis::kRoad});
    }
  return out;
}

}  // namespace anlan::road
