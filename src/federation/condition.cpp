#include "federation/condition.h"
namespace anlan::federation {
namespace {

constexpr std::int64_t kPercent = 100;

// Of a node that is in contact.
void judge_contact(const Seen& seen, const std::string& own_release, const Limits& limits, Instant now,
                   Judged& judgement) {
  using enum Condition;
  const auto is = [&](Condition condition, std::optional<Instant> since = {}) {
    if (judgement.conditions.empty()) judgement.since = since;
    judgement.conditions.push_back(condition);
  };
  const bool silent = !seen.self && seen.asked_at - *seen.contact_at > limits.late;
  const bool waits = seen.waits_since && now - *seen.waits_since > limits.waiting;
  if (silent || waits) is(kLate, silent ? seen.contact_at : seen.waits_since);
  if (std::chrono::abs(seen.clock_off) > limits.clock_off) is(kClockWrong);
  if (seen.disk_free_mib && seen.disk_mib && *seen.disk_free_mib * kPercent < *seen.disk_mib * limits.disk_percent)
    is(kDiskNearlyFull);
  if (!seen.release.empty() && seen.release != own_release) is(kOtherRelease);
}

}  // namespace

Judged judged(const Seen& seen, const std::string& own_release, const Limits& limits, Instant now) {
  using enum Condition;
  if (seen.revoked) return {{kRevoked}, {}};
  Judged judgement;
  const bool met = seen.self || seen.contact_at;
  const bool cut = seen.reached && !seen.self && met && seen.asked_at - *seen.contact_at > limits.cut;
  if (cut) judgement = {{kCutOff}, seen.contact_at};
  if (seen.restored) judgement.conditions.push_back(kRestored);
  if (seen.refused) judgement.conditions.push_back(kRefused);
  if (!seen.reached)
    judgement.conditions.push_back(kUnknown);
  else if (!met)
    judgement.conditions.push_back(kNeverSeen);
  else if (!cut)
    judge_contact(seen, own_release, limits, now, judgement);
  if (judgement.conditions.empty()) judgement.conditions.push_back(kInContact);
  return judgement;
}

}  // namespace anlan::federation
