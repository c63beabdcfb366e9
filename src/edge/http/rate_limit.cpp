#include "edge/http/rate_limit.h"

#include <algorithm>

namespace anlan::edge {

// A clock that was set back fills nothing and takes nothing away.
bool RateLimit::take(const std::string& asker, Rate rate, Instant now) {
  const std::lock_guard lock(mutex_);
  // Bounded, so that addresses without number cannot fill the memory.
  if (buckets_.size() >= kMostAskers) buckets_.clear();
  auto& bucket = buckets_.try_emplace(asker, Bucket{rate.burst, now}).first->second;
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - bucket.filled).count());
  bucket.tokens = std::min(rate.burst, bucket.tokens + seconds * rate.per_second);
  bucket.filled = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

}  // namespace anlan::edge
