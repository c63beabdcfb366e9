#pragma once
// What a grid written for one question can do: how many points, or which, lie in one simple ring. No holes, no exact
// arithmetic, no other shape, square cells over all points alike.

#include <cstdint>
#include <span>
#include <vector>

#include "geo/point_index.h"

namespace anlan::bench {

class BareGrid {
 public:
  explicit BareGrid(std::span<const geo::Point> points);
  std::size_t count(const Ring& ring);
  // Replaces what is there.
  void collect(const Ring& ring, std::vector<std::uint32_t>& numbers);
  std::size_t bytes() const;

 private:
  int column(double lng) const;
  int row(double lat) const;
  template <typename Whole, typename Single>
  void walk(const Ring& ring, Whole&& whole, Single&& single);
  void mark_border(const Ring& ring);

  struct Edge {
    LngLat a, b;
  };
  static bool odd(std::span<const Edge> edges, LngLat p);

  int side_ = 1;
  double west_ = 0, south_ = 0, wide_ = 1, high_ = 1;  // of a cell
  std::vector<std::uint32_t> starts_, numbers_;
  std::vector<LngLat> places_;
  std::vector<std::vector<Edge>> edges_;            // of the rows
  std::vector<std::vector<unsigned char>> border_;  // of the rows, by column
};

}  // namespace anlan::bench
