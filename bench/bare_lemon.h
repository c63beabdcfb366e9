#pragma once
// LEMON's network simplex on the arcs of an allocation and nothing else.

#include "geo/allocation/allocation.h"

namespace anlan::bench {

// Quantity × arrival of the best plan for needs of one kind and one urgency, all of which can be met in time.
std::int64_t bare_allocation(const allocation::Problem&);

}  // namespace anlan::bench
