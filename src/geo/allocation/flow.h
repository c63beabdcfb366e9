#pragma once
// Sources and needs of one kind as a flow of least cost.

#include <span>

#include "geo/allocation/allocation.h"

namespace anlan::allocation {

// Numbers in the problem.
struct OneKind {
  std::vector<std::size_t> sources, needs;
};

// What goes over each pair where something does, in the order of needs, then of sources. `left`: what each still has or
// lacks, by its number in the problem.
std::vector<Fixed> least_cost_flow(const Problem&, const OneKind&, std::span<const std::int64_t> source_left,
                                   std::span<const std::int64_t> need_left);

// Until it is there; kNever where there is no way.
inline Ms arrival(const Problem& problem, std::size_t source, std::size_t need) {
  const Ms travel = problem.travel[source * problem.needs.size() + need];
  return travel < kNever ? road::sum(problem.sources[source].turnout, travel) : kNever;
}
// What never arrives is late, whatever the need allows.
inline bool is_late(const Problem& problem, std::size_t need, Ms arrives) {
  return arrives > problem.needs[need].by || arrives == kNever;
}

}  // namespace anlan::allocation
