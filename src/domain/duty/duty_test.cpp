#include "domain/duty/duty.h"

#include <gtest/gtest.h>

namespace anlan::duty {
namespace {

const Instant kNow = from_china_time(2026, 11, 23, 8);
const account::Actor kDesk{"duty1", "p1", "", "city", {account::Role::kDutyOfficer}};

void take_over(Shift& shift, const TakeOver& c) {
  const auto facts = decide(c, kDesk);
  for (const Fact& f : facts.value()) apply(shift, f, kNow);
}

TEST(Duty, TheDeskIsTakenOverByThreePeopleSinceNow) {
  Shift shift;
  take_over(shift, TakeOver{"p1", "boss", "p2"});
  EXPECT_EQ(shift.organisation, "city");
  EXPECT_EQ(shift.chief, "p1");
  EXPECT_EQ(shift.deputy, "p2");
  EXPECT_EQ(shift.leader, "boss");
  EXPECT_EQ(shift.since, kNow);
}

TEST(Duty, TheNextShiftReplacesTheWholeOfTheLast) {
  Shift shift;
  take_over(shift, TakeOver{"p1", "boss", "p2"});
  take_over(shift, TakeOver{"p3", "chief", {}});
  EXPECT_EQ(shift.chief, "p3");
  EXPECT_FALSE(shift.deputy.has_value());
  EXPECT_EQ(shift.leader, "chief");
}

TEST(Duty, WhoLeadsTheShiftSitsNotAtItsDesk) {
  for (const TakeOver& c : {TakeOver{"p1", "p1", {}}, TakeOver{"p1", "p2", "p2"}}) {
    const auto refused = decide(c, kDesk);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "duty.same_person");
    EXPECT_EQ(refused.error().field, "leader");
  }
}

TEST(Duty, ChiefAndDeputyAreTwoPeople) {
  const auto refused = decide(TakeOver{"p1", "boss", "p1"}, kDesk);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "duty.same_person");
  EXPECT_EQ(refused.error().field, "deputy");
}

}  // namespace
}  // namespace anlan::duty
