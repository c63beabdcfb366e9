#pragma once
// What must have happened at least for a verdict to mean anything.

#include <string>

#include "verdict.h"

namespace anlan::sim {

// Runs shorter than this are not asked for everything.
inline constexpr std::int64_t kDaysForAll = 10;

bool is_named_fault(const std::string& what);
// In words; empty where all that is needed was there.
std::string missing_in(const Counts&, const Verdict&);

}  // namespace anlan::sim
