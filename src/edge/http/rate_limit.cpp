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
  bucket.untold += 1;
  bucket.burst = rate.burst;
  return true;
}

std::vector<std::pair<std::string, double>> RateLimit::take_spent() {
  constexpr double kWorthTelling = 0.1;
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, double>> spent;
  for (auto& [asker, bucket] : buckets_)
    if (bucket.untold > 0 && bucket.untold >= kWorthTelling * bucket.burst)
      spent.emplace_back(asker, std::exchange(bucket.untold, 0));
  return spent;
}

void RateLimit::spend(const std::string& asker, double tokens) {
  const std::lock_guard lock(mutex_);
  if (const auto found = buckets_.find(asker); found != buckets_.end())
    found->second.tokens = std::max(0.0, found->second.tokens - tokens);
}

}  // namespace anlan::edge
