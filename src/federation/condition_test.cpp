#include "federation/condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::federation {
namespace {

using enum Condition;
using std::chrono::seconds;
using testing::ElementsAre;

constexpr Instant kNow = from_ms(1'795'406'400'000);
const Limits kLimits;

Seen in_contact() {
  Seen seen;
  seen.contact_at = kNow - seconds{20};
  seen.asked_at = kNow;
  seen.release = "0.1.0";
  seen.disk_free_mib = 500;
  seen.disk_mib = 1000;
  return seen;
}
std::vector<Condition> of(const Seen& seen) { return judged(seen, "0.1.0", kLimits, kNow).conditions; }

TEST(Condition, OfANodeInContactIsThat) {
  EXPECT_THAT(of(in_contact()), ElementsAre(kInContact));
  EXPECT_FALSE(judged(in_contact(), "0.1.0", kLimits, kNow).since.has_value());
}

TEST(Condition, IsLateAndThenCutOffSinceTheLastContact) {
  Seen seen = in_contact();
  seen.contact_at = kNow - kLimits.late;
  EXPECT_THAT(of(seen), ElementsAre(kInContact));
  seen.contact_at = kNow - kLimits.late - seconds{1};
  EXPECT_THAT(of(seen), ElementsAre(kLate));
  seen.contact_at = kNow - kLimits.cut;
  EXPECT_THAT(of(seen), ElementsAre(kLate));
  seen.contact_at = kNow - kLimits.cut - seconds{1};
  EXPECT_THAT(of(seen), ElementsAre(kCutOff));
  EXPECT_EQ(judged(seen, "0.1.0", kLimits, kNow).since, seen.contact_at);
}

TEST(Condition, OfAFactThatWaitsIsLateSinceItCameIn) {
  Seen seen = in_contact();
  seen.waits_since = kNow - kLimits.waiting;
  EXPECT_THAT(of(seen), ElementsAre(kInContact));
  seen.waits_since = kNow - kLimits.waiting - seconds{1};
  EXPECT_THAT(of(seen), ElementsAre(kLate));
  EXPECT_EQ(judged(seen, "0.1.0", kLimits, kNow).since, seen.waits_since);
}

TEST(Condition, OfWhoTellsOfItIsAsOfTheTelling) {
  Seen seen = in_contact();
  seen.contact_at = kNow - kLimits.cut - seconds{5};
  seen.asked_at = kNow - kLimits.cut;
  EXPECT_THAT(of(seen), ElementsAre(kInContact));
  seen.reached = false;
  EXPECT_THAT(of(seen), ElementsAre(kUnknown));
  seen.contact_at.reset();
  EXPECT_THAT(of(seen), ElementsAre(kUnknown));
}

TEST(Condition, NamesAllThatIsWrongTheWorstFirst) {
  Seen seen = in_contact();
  seen.refused = true;
  seen.clock_off = Milliseconds{-5001};
  seen.disk_free_mib = 99;
  seen.release = "0.2.0";
  EXPECT_THAT(of(seen), ElementsAre(kRefused, kClockWrong, kDiskNearlyFull, kOtherRelease));
  seen.clock_off = Milliseconds{5000};
  seen.disk_free_mib = 100;
  EXPECT_THAT(of(seen), ElementsAre(kRefused, kOtherRelease));
}

TEST(Condition, OfACutNodeSaysNothingOfWhatItWasBefore) {
  Seen seen = in_contact();
  seen.contact_at = kNow - kLimits.cut - seconds{1};
  seen.refused = true;
  seen.release = "0.2.0";
  seen.disk_free_mib = 0;
  EXPECT_THAT(of(seen), ElementsAre(kCutOff, kRefused));
  seen.restored = true;
  EXPECT_THAT(of(seen), ElementsAre(kCutOff, kRestored, kRefused)) << "nobody but a person ends that";
}

TEST(Condition, OfWhoWasNeverThereOrIsNotToBeHeard) {
  Seen seen;
  seen.asked_at = kNow;
  EXPECT_THAT(of(seen), ElementsAre(kNeverSeen));
  seen.revoked = seen.refused = true;
  EXPECT_THAT(of(seen), ElementsAre(kRevoked));
}

TEST(Condition, OfTheNodeItselfAsksForNoContact) {
  Seen seen = in_contact();
  seen.self = true;
  seen.contact_at.reset();
  EXPECT_THAT(of(seen), ElementsAre(kInContact));
  seen.restored = true;
  EXPECT_THAT(of(seen), ElementsAre(kRestored));
  seen.restored = false;
  seen.waits_since = kNow - Minutes{10};
  EXPECT_THAT(of(seen), ElementsAre(kLate));
}

}  // namespace
}  // namespace anlan::federation
