#pragma once
// Which of some millions of points lie in an area. Made at once, then immutable: any number of threads may ask.
//
// The points lie in rows of neighbouring latitude, each row by longitude; a row's height follows the density, so towns
// and stray points cost alike. A question walks the rows that the area touches. Where no edge passes, a stretch of a
// row is taken or left whole; elsewhere its points are tested against the edges that pass there, exactly.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geo/shapes.h"

namespace anlan::geo {

struct Point {
  LngLat place;
  std::uint32_t number = 0;  // the caller's; need not be unique
};

class PointIndex;

// Points of an index, each once. Not to outlive the index.
class Selection {
 public:
  std::size_t count() const;
  // Their numbers behind what is there: by rows, the same order in every run.
  void append_to(std::vector<std::uint32_t>& numbers) const;
  template <typename F>
  void visit(F&& take) const {
    for (const Run run : runs_)
      for (std::uint32_t at = run.begin; at < run.end; ++at) take(numbers_[at]);
  }
  // Together with another of the same index.
  void unite(const Selection&);

 private:
  friend class PointIndex;
  friend class Gather;
  struct Run {
    std::uint32_t begin, end;
  };
  explicit Selection(const std::uint32_t* numbers) : numbers_(numbers) {}

  const std::uint32_t* numbers_;
  std::vector<Run> runs_;  // ascending, apart
};

class PointIndex {
 public:
  PointIndex() = default;
  // What is no place, or beyond ±180 degrees of longitude, is left out. At most 2³² − 1 points.
  explicit PointIndex(std::span<const Point>);

  std::size_t size() const { return numbers_.size(); }
  std::size_t bytes() const;

  Selection within(const Polygon&) const;
  // In any of them.
  Selection within(std::span<const Polygon>) const;
  Selection within(const Circle&) const;
  Selection within(const Box&) const;

 private:
  friend class PolygonScan;
  struct Row {
    double south, north;  // of its points, both inclusive
    std::uint32_t begin, end;
  };

  // From `begin` on, where longitudes of the row reach, or pass, a value.
  std::uint32_t reaching(std::uint32_t begin, std::uint32_t end, double lng) const;
  std::uint32_t passing(std::uint32_t begin, std::uint32_t end, double lng) const;
  std::span<const Row> rows_between(double south, double north) const;

  std::vector<Row> rows_;
  std::vector<double> lng_, lat_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace anlan::geo
