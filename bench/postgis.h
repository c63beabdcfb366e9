#pragma once
// What PostGIS makes of the same question.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/point_index.h"

namespace anlan::bench {

// The points in a table of their own with a spatial index, lying in its order (CLUSTER), in a new schema that the
// destructor removes. Parallel workers are off: one core beside one core.
class Postgis {
 public:
  // `url` of libpq. Empty where the server cannot have PostGIS.
  static std::unique_ptr<Postgis> over(const std::string& url, std::span<const geo::Point> points);
  virtual ~Postgis() = default;
  virtual std::size_t count(const Ring& ring) = 0;
  virtual std::vector<std::uint32_t> collect(const Ring& ring) = 0;
};

}  // namespace anlan::bench
