#pragma once
// The roads of a city as a graph. Made at once, then immutable: any number of threads may ask.
//
// Nodes are where roads meet or end. Each road is an arc in either direction: arc 2r runs along road r, arc 2r + 1
// against it, also where it is one-way (nobody drives that arc then: its weight is kNever). So one list of arcs serves
// searches from the start as well as from the end.
//
// Any numbering of the nodes is right. Hierarchy (hierarchy.h) contracts them in the order of their numbers, so they
// should be in_order() (order.h).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/road/road.h"
#include "geo/shapes.h"

namespace anlan::road {

using Node = std::uint32_t;
using ArcNumber = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffff;

// One end of a road as a node sees it.
struct Arc {
  Node head;
  ArcNumber number;
};

class Network {
 public:
  // The nodes of roads and the ends of their shapes must be there; lengths are computed here.
  Network(std::vector<Spot> nodes, std::vector<Road> roads, std::vector<Spot> shape);

  std::size_t nodes() const { return nodes_.size(); }
  LngLat place_of(Node n) const { return place(nodes_[n]); }
  const std::vector<Spot>& spots() const { return nodes_; }
  const std::vector<Road>& roads() const { return roads_; }
  const std::vector<Spot>& shape() const { return shape_; }

  // Those that leave a node; see above for one-way roads.
  std::span<const Arc> arcs(Node n) const { return {arcs_.data() + first_[n], arcs_.data() + first_[n + 1]}; }
  const Road& road(ArcNumber a) const { return roads_[a / 2]; }
  Node tail(ArcNumber a) const { return a % 2 == 0 ? road(a).tail : road(a).head; }
  Node head(ArcNumber a) const { return a % 2 == 0 ? road(a).head : road(a).tail; }
  bool is_drivable(ArcNumber a) const { return a % 2 == 0 || !road(a).traits.one_way; }
  // The points of a road from tail to head, both ends included.
  std::vector<LngLat> line(std::uint32_t road) const;

  // Whether a node belongs to the largest part in which each node can be driven to from each.
  bool is_main(Node n) const { return main_[n] != 0; }
  std::size_t main_nodes() const { return main_nodes_; }

  // Roads with a point inside a polygon or an edge through its outline: those that an area closes. Looks at every road,
  // which takes some milliseconds for a city.
  std::vector<std::uint32_t> roads_in(const geo::Polygon&) const;
  std::optional<geo::Box> bounds() const;
  std::size_t bytes() const;

 private:
  std::vector<Spot> nodes_;
  std::vector<Road> roads_;
  std::vector<Spot> shape_;
  std::vector<std::uint32_t> first_;
  std::vector<Arc> arcs_;
  std::vector<std::uint8_t> main_;
  std::size_t main_nodes_ = 0;
};

// What each arc takes, by its number; kNever where it is not driven: one-way, too low, not for this weight, of a class
// that the profile does not drive, or closed. At least 1 ms.
std::vector<Ms> travel_times(const Network&, const Profile&, const Vehicle& = {},
                             std::span<const std::uint32_t> closed_roads = {});

// The part of a network that is drivable from each of its nodes to each; by node. Ties go to the lower number.
std::vector<std::uint8_t> largest_part(const Network&);

}  // namespace anlan::road
