#pragma once
// Finds the points of an index in one polygon, row by row.

#include "geo/gather.h"

namespace anlan::geo {

class PolygonScan {
 public:
  PolygonScan(const PointIndex& index, const Polygon& polygon);
  void run(Gather& found);

 private:
  // From its southern to its northern end; of a level one from west to east.
  struct Edge {
    LngLat low, high;
    double slope;  // degrees of longitude a degree of latitude; infinite where it is level or all but so
    std::uint32_t first_row, last_row;
  };
  // Of an edge within a row: between which longitudes it passes, some rounding included.
  struct Passage {
    double west, east;
    const Edge* edge;
  };

  void add_ring(const Ring& ring);
  Passage passage(const Edge& edge, double south, double north) const;
  void scan_row(const PointIndex::Row& row, Gather& found);
  void test(std::uint32_t begin, std::uint32_t end, std::span<const Passage> passing, bool odd_east, Gather& found);
  bool odd(LngLat place, std::span<const Passage> passing) const;

  const PointIndex& index_;
  std::vector<Edge> edges_;  // by first row
  std::vector<const Edge*> active_;
  std::vector<Passage> passages_;     // of the row at hand, by west
  std::vector<unsigned char> marks_;  // of the points being tested
};

}  // namespace anlan::geo
