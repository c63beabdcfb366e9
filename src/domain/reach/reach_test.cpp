#include "domain/reach/reach.h"

#include <gtest/gtest.h>

namespace anlan::reach {
namespace {

Counted counted(std::int64_t version, std::int64_t delivered) {
  return {"W", "city", version, {{"sms", 10, 0, delivered, 0}}, false, {}};
}

TEST(Reach, TheLastCountOfEachVersionStands) {
  Reach reach;
  for (const auto& [version, delivered] : {std::pair{2, 1}, {1, 5}, {2, 7}})
    for (const Fact& fact : decide(reach, counted(version, delivered))) apply(reach, fact, from_ms(delivered));
  ASSERT_EQ(reach.versions.size(), 2U);
  EXPECT_EQ(reach.versions[0].number, 1);
  EXPECT_EQ(reach.version(2)->channels[0].delivered, 7);
  EXPECT_EQ(reach.version(2)->counted_at, from_ms(7));
  EXPECT_EQ(reach.version(3), nullptr);
}

TEST(Reach, WhatIsKnownIsNotSaidAgain) {
  Reach reach;
  apply(reach, decide(reach, counted(1, 3)).at(0), from_ms(1));
  EXPECT_TRUE(decide(reach, counted(1, 3)).empty());
  Counted complete = counted(1, 3);
  complete.complete = true;
  EXPECT_EQ(decide(reach, complete).size(), 1U);
}

TEST(Reach, AFactOfAnotherStreamDoesNotFit) {
  EXPECT_TRUE(fits("W", "city", counted(1, 1)));
  EXPECT_FALSE(fits("V", "city", counted(1, 1)));
  EXPECT_FALSE(fits("W", "county", counted(1, 1)));
}

}  // namespace
}  // namespace anlan::reach
