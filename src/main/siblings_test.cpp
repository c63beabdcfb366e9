#include "main/siblings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "journal/presence.h"
#include "journal/start.h"
#include "platform/sql/store_fixture.h"

namespace anlan {
namespace {

using journal::Fence;

class SiblingsTest : public testing::Test {
 protected:
  SiblingsTest() { journal::start(place.where(), {}, from_ms(0)); }

  std::unique_ptr<Siblings> process(const std::string& name) {
    return std::make_unique<Siblings>(place.where(), "timers", name);
  }
  // What it may believe after so many looks.
  std::optional<Fence> look(Siblings& process, int times = 1) {
    std::optional<Fence> fence;
    for (int i = 0; i < times; ++i) fence = process.look({}, from_ms(0)).fence;
    return fence;
  }
  std::vector<std::pair<std::string, double>> spend(Siblings& process,
                                                    std::vector<std::pair<std::string, double>> spent) {
    return process.look({std::move(spent), {}}, from_ms(0)).spent;
  }
  bool stands(const Fence& fence) { return journal::stands(*sql::open(place.where(), sql::Access::kRead), fence); }

  sql::TestStore place;
};

TEST_F(SiblingsTest, TheFirstOneHoldsTheWorkAndTheOthersWait) {
  const auto a = process("a"), b = process("b");
  EXPECT_EQ(look(*a), (Fence{"timers", 1}));
  EXPECT_EQ(look(*b), std::nullopt);
  for (int i = 0; i < 3 * Siblings::kSilentLooks; ++i) {
    EXPECT_EQ(look(*a), (Fence{"timers", 1}));
    EXPECT_EQ(look(*b), std::nullopt);
  }
}

TEST_F(SiblingsTest, WhoStandsStillLosesTheWorkAndItsFenceNoLongerStands) {
  const auto a = process("a"), b = process("b");
  const Fence old = look(*a).value();
  EXPECT_EQ(look(*b, Siblings::kSilentLooks), std::nullopt) << "not silent for long enough";
  EXPECT_EQ(look(*b, 2), (Fence{"timers", 2}));
  EXPECT_FALSE(stands(old));
  EXPECT_EQ(look(*a), std::nullopt) << "it finds out with its next look";
  EXPECT_TRUE(stands({"timers", 2}));
}

TEST_F(SiblingsTest, WhoEndsGivesTheWorkBackAtOnce) {
  auto a = process("a");
  const auto b = process("b");
  ASSERT_EQ(look(*a), (Fence{"timers", 1}));
  EXPECT_EQ(look(*b), std::nullopt);
  a.reset();
  EXPECT_EQ(look(*b), (Fence{"timers", 2}));
}

TEST_F(SiblingsTest, WhoHadLostItGivesNothingBack) {
  auto a = process("a");
  const auto b = process("b");
  look(*a);
  ASSERT_EQ(look(*b, Siblings::kSilentLooks + 2), (Fence{"timers", 2}));
  a.reset();
  EXPECT_EQ(look(*b), (Fence{"timers", 2}));
  EXPECT_TRUE(stands({"timers", 2}));
}

TEST_F(SiblingsTest, TellEachOtherHowMuchWasAskedOnce) {
  const auto a = process("a"), b = process("b");
  using testing::ElementsAre, testing::IsEmpty, testing::Pair;
  spend(*a, {{"old", 7}});
  EXPECT_THAT(spend(*b, {}), IsEmpty()) << "what was asked before b began";
  spend(*a, {{"old", 1}, {"desk", 40}});
  EXPECT_THAT(spend(*b, {{"desk", 2}}), testing::UnorderedElementsAre(Pair("desk", 40.0), Pair("old", 1.0)));
  EXPECT_THAT(spend(*b, {}), IsEmpty());
  EXPECT_THAT(spend(*a, {}), ElementsAre(Pair("desk", 2.0)));
}

TEST_F(SiblingsTest, WhoComesBackAfterAPauseHasSpentNothingBefore) {
  const auto a = process("a"), b = process("b");
  using testing::ElementsAre, testing::Pair;
  spend(*b, {});
  spend(*a, {{"desk", 40}});
  EXPECT_THAT(spend(*b, {}), ElementsAre(Pair("desk", 40.0)));
  a->look({{{"desk", 3}}, {}}, from_ms(0) + std::chrono::hours(1));
  EXPECT_THAT(spend(*b, {}), ElementsAre(Pair("desk", 3.0)));
  const auto reading = sql::open(place.where(), sql::Access::kRead);
  EXPECT_EQ(journal::spent_elsewhere(*reading, "b").front().tokens, 3.0);
}

// Nobody with a command waits for that, and whoever died after an erasure did not take it along.
TEST_F(SiblingsTest, WhoHoldsTheWorkSeesToItThatErasedKeysLeaveTheFiles) {
  const auto writing = sql::open(place.where(), sql::Access::kWrite);
  const auto due = [&] {
    const auto row = writing->once("SELECT COUNT(*) FROM scrub_due");
    row->step();
    return row->integer(0);
  };
  const auto a = process("a"), b = process("b");
  look(*a);
  writing->execute("INSERT INTO scrub_due (id) VALUES ('an entry')");
  look(*b, 3);
  EXPECT_EQ(due(), 1) << "not the one that only waits";
  for (int tries = 0; tries < 300 && due() > 0; ++tries) {  // a server may have transactions of other tests under way
    look(*a, 5);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(due(), 0);

  writing->execute("INSERT INTO scrub_due (id) VALUES ('another'); DROP TABLE credential");
  std::string hindered;
  for (int i = 0; i < 5; ++i) hindered += a->look({}, from_ms(0)).hindered;
  EXPECT_EQ(due(), sql::is_shared(place.where()) ? 1 : 0);
  EXPECT_EQ(hindered.empty(), due() == 0) << hindered;
  for (int i = 0; i < 6; ++i) EXPECT_EQ(a->look({}, from_ms(0)).hindered, "") << "told once";
  EXPECT_TRUE(look(*a)) << "it keeps the work";
}

TEST_F(SiblingsTest, TellWhenSessionsWereUsed) {
  const auto a = process("a"), b = process("b");
  look(*a);
  b->look({{}, {{"one", from_ms(5000)}, {"two", from_ms(7000)}}}, from_ms(8000));
  const auto reading = sql::open(place.where(), sql::Access::kRead);
  EXPECT_EQ(journal::last_used(*reading, "one"), from_ms(5000));
  EXPECT_EQ(journal::last_used(*reading, "two"), from_ms(7000));
}

// Who takes the lock here would not come back before the other's transaction is ended, which then fails.
TEST_F(SiblingsTest, WhoOnlyWaitsTakesNoLock) {
  const auto a = process("a"), b = process("b");
  look(*a);
  EXPECT_EQ(look(*b), std::nullopt);
  spend(*a, {{"desk", 40}});
  const auto writing = sql::open(place.where(), sql::Access::kWrite);
  writing->begin();
  EXPECT_EQ(journal::lease_of(*writing, "timers").holder, "a");
  EXPECT_THAT(spend(*b, {}), testing::ElementsAre(testing::Pair("desk", 40.0)));
  EXPECT_EQ(look(*b, Siblings::kSilentLooks - 2), std::nullopt);
  journal::keep_lease(*writing, "timers", {"c", 2, 0});
  EXPECT_NO_THROW(writing->commit());
  EXPECT_EQ(look(*a), std::nullopt);
}

}  // namespace
}  // namespace anlan
