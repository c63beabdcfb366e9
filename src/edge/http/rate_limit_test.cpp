#include "edge/http/rate_limit.h"

#include <gmock/gmock.h>

namespace anlan::edge {
namespace {

using testing::ElementsAre, testing::IsEmpty, testing::Pair;

constexpr Rate kRate{20, 2};

class RateLimitTest : public testing::Test {
 protected:
  // How many of `times` are let in.
  int take(int times, const std::string& asker = "desk") {
    int taken = 0;
    for (int i = 0; i < times; ++i) taken += limit.take(asker, kRate, now) ? 1 : 0;
    return taken;
  }

  RateLimit limit;
  Instant now = from_ms(0);
};

TEST_F(RateLimitTest, LetsABurstInAndThenSoManyASecond) {
  EXPECT_EQ(take(30), 20);
  now += Milliseconds{1500};
  EXPECT_EQ(take(30), 3);
  EXPECT_EQ(take(1, "another"), 1);
  now -= Minutes{1};
  EXPECT_EQ(take(1), 0) << "a clock that was set back fills nothing";
}

TEST_F(RateLimitTest, TellsOnceOfWhoeverTookATenthOfTheBurst) {
  take(1);
  take(5, "busy");
  EXPECT_THAT(limit.take_spent(), ElementsAre(Pair("busy", 5.0)));
  EXPECT_THAT(limit.take_spent(), IsEmpty());
  take(1);
  EXPECT_THAT(limit.take_spent(), ElementsAre(Pair("desk", 2.0))) << "little is told when it has become more";
}

TEST_F(RateLimitTest, WhatWasTakenElsewhereIsNotThereToBeTaken) {
  take(5);
  limit.spend("desk", 12);
  EXPECT_EQ(take(30), 3);
  limit.spend("desk", 100);
  now += Milliseconds{1000};
  EXPECT_EQ(take(30), 2) << "nobody owes more than a bucket";
  limit.spend("unseen", 3);
  EXPECT_EQ(take(30, "unseen"), 20);
}

}  // namespace
}  // namespace anlan::edge
