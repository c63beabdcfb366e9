#pragma once
// What one command leaves behind in a store, found by running some.

#include <functional>

#include "reference.h"

namespace anlan::bench {

// `run` has some commands of one kind done, one after the other, and tells how many; the average of them is rounded.
Row footprint(const std::string& store, const std::function<std::size_t()>& run);

}  // namespace anlan::bench
