#include "needed.h"

#include <algorithm>
#include <array>

namespace anlan::sim {
namespace {

struct Need {
  const char* what;
  std::int64_t at_least;
};
constexpr std::array kFaults{Need{"cut", 10},
                             Need{"lost delivery", 10},
                             Need{"late delivery", 10},
                             Need{"doubled delivery", 10},
                             Need{"lost receipt", 10},
                             Need{"forgotten place", 10},
                             Need{"told what goes first", 10},
                             Need{"delivery after a newer one", 10},
                             Need{"power cut", 5},
                             Need{"failed commit", 5},
                             Need{"full disk", 2},
                             Need{"rotten byte", 2},
                             Need{"clock set wrong", 5},
                             Need{"restored backup", 1}};
constexpr std::array kWork{Need{"command", 200}, Need{"tick", 50}, Need{"callout", 5}, Need{"repeated command", 1},
                           Need{"restart", 10}};
constexpr std::int64_t kLeastFacts = 500;

}  // namespace

bool is_named_fault(const std::string& what) {
  return std::ranges::any_of(kFaults, [&](const Need& need) { return what == need.what; });
}

std::string missing_in(const Counts& counts, const Verdict& verdict) {
  std::string missing;
  const auto look = [&](const Need& need) {
    const auto found = counts.find(need.what);
    const std::int64_t times = found == counts.end() ? 0 : found->second;
    if (times < need.at_least)
      missing += std::string(need.what) + " " + std::to_string(times) + " of " + std::to_string(need.at_least) + "; ";
  };
  std::ranges::for_each(kFaults, look);
  std::ranges::for_each(kWork, look);
  if (verdict.facts < kLeastFacts) missing += "facts " + std::to_string(verdict.facts) + "; ";
  return missing;
}

}  // namespace anlan::sim
