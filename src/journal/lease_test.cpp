#include "journal/lease.h"

#include <gmock/gmock.h>

#include "journal/fixture.h"
#include "journal/presence.h"
#include "journal/strangers.h"

namespace anlan::journal {
namespace {

using LeaseTest = JournalTest;

TEST(Lease, IsKeptByItsHolderAndTakenFromASilentOneBehindAHigherFence) {
  const Lease first = tended({}, "a", false);
  EXPECT_EQ(first, (Lease{"a", 1, 0}));
  EXPECT_EQ(tended(first, "b", false), first);
  EXPECT_EQ(tended(first, "a", true), (Lease{"a", 1, 1})) << "who tends it is not silent";
  EXPECT_EQ(tended(first, "b", true), (Lease{"b", 2, 0}));
  EXPECT_EQ(tended({"", 2, 7}, "a", false), (Lease{"a", 3, 0})) << "given back";
}

TEST_F(LeaseTest, OnlyThePresentFenceStands) {
  open();
  EXPECT_EQ(lease_of(*sql_, "timers"), Lease{});
  sql_->begin();
  keep_lease(*sql_, "timers", {"a", 1, 0});
  keep_lease(*sql_, "outbox", {"b", 7, 3});
  keep_lease(*sql_, "timers", {"b", 2, 5});
  sql_->commit();
  EXPECT_EQ(lease_of(*sql_, "timers"), (Lease{"b", 2, 5}));
  EXPECT_FALSE(stands(*sql_, {"timers", 1}));
  EXPECT_TRUE(stands(*sql_, {"timers", 2}));
  EXPECT_TRUE(stands(*sql_, {"outbox", 7}));
  EXPECT_FALSE(stands(*sql_, {"nothing", 1}));
}

TEST_F(LeaseTest, TheLaterMomentOfUseIsKeptAndOldOnesAreForgotten) {
  open();
  sql_->begin();
  keep_used(*sql_, {{"one", kNoon}, {"two", kNoon}});
  keep_used(*sql_, {{"one", kNoon + Minutes{1}}, {"two", kNoon - Minutes{1}}});
  sql_->commit();
  EXPECT_EQ(last_used(*sql_, "one"), kNoon + Minutes{1});
  EXPECT_EQ(last_used(*sql_, "two"), kNoon);
  EXPECT_EQ(last_used(*sql_, "three"), std::nullopt);
  sql_->begin();
  forget_used(*sql_, kNoon + Minutes{1});
  sql_->commit();
  EXPECT_EQ(last_used(*sql_, "two"), std::nullopt);
  EXPECT_EQ(last_used(*sql_, "one"), kNoon + Minutes{1});
}

TEST_F(LeaseTest, OfStrangersTheLatestAreRemembered) {
  open();
  sql_->begin();
  for (int i = 0; i <= kMostStrangers; ++i)
    keep_stranger(*sql_, "name-" + std::to_string(i), {i == 0 ? 4 : 1, {}}, kNoon + Milliseconds{i});
  sql_->commit();
  EXPECT_EQ(stranger(*sql_, "name-0").failures, 0);
  EXPECT_EQ(stranger(*sql_, "name-" + std::to_string(kMostStrangers)).failures, 1);
  sql_->begin();
  keep_stranger(*sql_, "one", {5, kNoon + Minutes{15}}, kNoon + Minutes{1});
  sql_->commit();
  EXPECT_EQ(stranger(*sql_, "one").locked_until, kNoon + Minutes{15});
  EXPECT_EQ(stranger(*sql_, "other").locked_until, std::nullopt);
}

}  // namespace
}  // namespace anlan::journal
