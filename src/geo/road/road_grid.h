#pragma once
// Which road is nearest to a place.

#include <functional>
#include <optional>

#include "geo/road/network.h"

namespace anlan::road {

// A place brought onto a road.
struct Snap {
  std::uint32_t road = kNone;
  double along = 0;       // the part of the road's length from its tail to here
  LngLat place;           // on the road
  double distance_m = 0;  // from where it was asked for
};

// The pieces of all roads by squares of the ground, of which there are as many as there is length: one piece and a few
// squares each, however the roads lie. Immutable; any number of threads may ask. The network outlives it.
class RoadGrid {
 public:
  explicit RoadGrid(const Network&);

  // The nearest of the roads that may be taken and have both ends in the main part, at most `reach_m` away.
  std::optional<Snap> nearest(LngLat, double reach_m, const std::function<bool(std::uint32_t road)>& may_take) const;
  std::size_t bytes() const { return (first_.size() + pieces_.size() * 2) * sizeof(std::uint32_t); }

 private:
  struct Piece {
    std::uint32_t road, number;  // the piece between its points `number` and `number + 1`
  };
  template <class Visit>
  void each_square(LngLat a, LngLat b, Visit&& visit) const;
  LngLat point(std::uint32_t road, std::uint32_t number) const;
  double place_on(const Piece&, LngLat from, Snap& snap) const;

  const Network& network_;
  LngLat origin_;
  double lng_step_ = 1, lat_step_ = 1;  // degrees of a square
  std::int64_t columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> first_;
  std::vector<Piece> pieces_;
};

}  // namespace anlan::road
