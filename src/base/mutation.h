#pragma once
// Mistakes that the simulator plants to see whether it would find them (docs/simulator.md). In every other build the
// word is `false` and the compiler drops what hangs on it.

#ifdef ANLAN_MUTATIONS
#include <string_view>

namespace anlan {
// Whether this one is planted now. Defined by the simulator alone.
bool is_planted(std::string_view mistake);
}  // namespace anlan
#define ANLAN_PLANTED(mistake) ::anlan::is_planted(mistake)
#else
#define ANLAN_PLANTED(mistake) false
#endif
