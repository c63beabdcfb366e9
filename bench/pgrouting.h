#pragma once
// What pgRouting makes of the same questions.

#include <memory>
#include <string>

#include "geo/road/network.h"

namespace anlan::bench {

// The arcs that are driven in a table of their own, in a new schema that the destructor removes. Times come back in
// milliseconds; kNever where there is no way.
class Pgrouting {
 public:
  // `url` of libpq. Empty where the server cannot have pgRouting.
  static std::unique_ptr<Pgrouting> over(const std::string& url, const road::Network&, std::span<const road::Ms>);
  virtual ~Pgrouting() = default;
  virtual road::Ms route(road::Node from, road::Node to) = 0;
  virtual std::vector<road::Ms> times(road::Node from, std::span<const road::Node> to) = 0;
};

}  // namespace anlan::bench
