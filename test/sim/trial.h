#pragma once
// Runs in a copy of this process, so that one world is set up once and played often, and a halted run tells as well.

#include <functional>

#include "world.h"

namespace anlan::sim {

struct Told {
  Verdict verdict;
  Counts counts;
};

// A process that halts before its verdict is one that diverged.
Told try_out(const std::function<Outcome()>&);

// Leaves out what is not needed for the run to stay unsound, as far as the seconds last.
std::vector<Step> shortest(World&, std::uint64_t seed, std::vector<Step>, double seconds);

}  // namespace anlan::sim
