#pragma once
// Travel times and routes between places, by road where there are roads, else as the crow flies; every answer says
// which it is.

#include <memory>
#include <vector>

#include "geo/road/climb.h"
#include "geo/road/road_grid.h"

namespace anlan::road {

enum class Basis : std::uint8_t {
  kRoad,  // over the network
  kCrow,  // great circle × Crow::detour: there is no network, or a place is too far from its roads
};

constexpr auto names_of(Basis) {
  using P = std::pair<Basis, std::string_view>;
  return std::array{P{Basis::kRoad, "road"}, P{Basis::kCrow, "crow"}};
}

struct Travel {
  Ms ms = kNever;  // kNever: roads are there, and no open one leads there
  Basis basis = Basis::kCrow;
  bool operator==(const Travel&) const = default;
};

// The way itself, for a map and for the person who drives.
struct Route {
  Travel travel;
  double metres = 0;
  std::vector<LngLat> line;  // from place to place; empty where there is no way
};

// What a node knows of its roads. Immutable; any number of threads may ask.
class Roads {
 public:
  // Without a network: all as the crow flies. The network's nodes should be in_order(). Nothing where it is so large or
  // so badly ordered that no hierarchy comes of it.
  static std::shared_ptr<const Roads> over(std::unique_ptr<const Network>, const Profile&, const Crow&);

  bool has_network() const { return network_ != nullptr; }
  const Network& network() const { return *network_; }
  const std::shared_ptr<const Hierarchy>& hierarchy() const { return hierarchy_; }
  const RoadGrid& grid() const { return *grid_; }
  const Profile& profile() const { return profile_; }
  const Crow& crow() const { return crow_; }
  // Null without a network. For a vehicle and closed roads, see Network::roads_in(); some hundredths of a second, so
  // kept for as long as closures stay.
  std::shared_ptr<const Metric> metric(const Vehicle& = {}, std::span<const std::uint32_t> closed = {}) const;
  std::size_t bytes() const;

 private:
  Roads() = default;
  std::unique_ptr<const Network> network_;
  std::shared_ptr<const Hierarchy> hierarchy_;
  std::unique_ptr<const RoadGrid> grid_;
  Profile profile_;
  Crow crow_;
};

// Asks the roads as they are at a moment. Used by one thread at a time; making one costs some 60 bytes a node.
class Router {
 public:
  // `metric`: of these roads; null without a network.
  Router(std::shared_ptr<const Roads>, std::shared_ptr<const Metric> metric);

  // Other closures or another vehicle.
  void use(std::shared_ptr<const Metric> metric) { metric_ = std::move(metric); }

  // Each answer is of the metric in use; the sum of a route's roads is its time, to a millisecond a road at either end.
  Travel time(LngLat from, LngLat to);
  Route route(LngLat from, LngLat to);
  // From a place to each of some.
  std::vector<Travel> times(LngLat from, std::span<const LngLat> to);
  // out[i * to.size() + j]: from the i-th to the j-th.
  std::vector<Travel> matrix(std::span<const LngLat> from, std::span<const LngLat> to);
  // Onto the nearest road that is open in either direction; nothing where it is out of reach.
  std::optional<Snap> snap(LngLat) const;

 private:
  struct End;  // a place on the network: nodes by which it is left and reached
  End end(LngLat) const;
  std::vector<Start> leaving(const Snap&) const;
  std::vector<Start> reaching(const Snap&) const;
  Ms along_one_road(const Snap& from, const Snap& to) const;
  Travel crow(LngLat from, LngLat to) const;
  Ms off_road(const Snap&) const;

  std::shared_ptr<const Roads> roads_;
  std::shared_ptr<const Metric> metric_;
  std::unique_ptr<Climb> climb_;
};

}  // namespace anlan::road
