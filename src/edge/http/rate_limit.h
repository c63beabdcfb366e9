#pragma once
// Token buckets by asker: a burst, then so many a second.

#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.h"
#include "edge/http/route.h"

namespace anlan::edge {

// Thread safe.
// When there are more askers than are remembered, all begin anew: forgetting errs on the side of letting in.
class RateLimit {
 public:
  // Takes one token of the asker; false where there is none.
  bool take(const std::string& asker, Rate, Instant now);

  // For the other processes that share a limit: askers that took a tenth of their burst or more since they were told
  // of, and how much.
  std::vector<std::pair<std::string, double>> take_spent();
  // What an asker took elsewhere. Its bucket may become empty by it, and no emptier.
  void spend(const std::string& asker, double tokens);

 private:
  // Fills with time up to the burst.
  struct Bucket {
    double tokens;
    Instant filled;
    double untold = 0;  // taken here since take_spent()
    double burst = 0;
  };
  static constexpr std::size_t kMostAskers = 50'000;

  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace anlan::edge
