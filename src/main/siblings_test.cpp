#include "main/siblings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  // What it may believe after so many looks; the last step of each is the look.
  std::optional<Fence> look(Siblings& process, int times = 1) {
    std::optional<Fence> fence;
    for (int step = 0; step < times * Siblings::kStepsPerLook; ++step) fence = process.tend();
    return fence;
  }
  bool stands(const Fence& fence) { return journal::stands(*sql::open(place.where(), sql::Access::kRead), fence); }

  sql::TestStore place;
};

TEST_F(SiblingsTest, TheFirstOneHoldsTheWorkAndTheOthersWait) {
  const auto a = process("a"), b = process("b");
  EXPECT_EQ(a->tend(), (Fence{"timers", 1}));
  EXPECT_EQ(b->tend(), std::nullopt);
  for (int i = 0; i < 3 * Siblings::kSilentLooks; ++i) {
    EXPECT_EQ(look(*a), (Fence{"timers", 1}));
    EXPECT_EQ(look(*b), std::nullopt);
  }
}

TEST_F(SiblingsTest, WhoStandsStillLosesTheWorkAndItsFenceNoLongerStands) {
  const auto a = process("a"), b = process("b");
  const Fence old = a->tend().value();
  EXPECT_EQ(look(*b, Siblings::kSilentLooks), std::nullopt) << "not silent for long enough";
  EXPECT_EQ(look(*b, 2), (Fence{"timers", 2}));
  EXPECT_FALSE(stands(old));
  EXPECT_EQ(look(*a), std::nullopt) << "it finds out with its next look";
  EXPECT_TRUE(stands({"timers", 2}));
}

TEST_F(SiblingsTest, WhoEndsGivesTheWorkBackAtOnce) {
  auto a = process("a");
  const auto b = process("b");
  ASSERT_EQ(a->tend(), (Fence{"timers", 1}));
  EXPECT_EQ(b->tend(), std::nullopt);
  a.reset();
  EXPECT_EQ(look(*b), (Fence{"timers", 2}));
}

TEST_F(SiblingsTest, WhoHadLostItGivesNothingBack) {
  auto a = process("a");
  const auto b = process("b");
  a->tend();
  ASSERT_EQ(look(*b, Siblings::kSilentLooks + 2), (Fence{"timers", 2}));
  a.reset();
  EXPECT_EQ(look(*b), (Fence{"timers", 2}));
  EXPECT_TRUE(stands({"timers", 2}));
}

TEST_F(SiblingsTest, TellEachOtherHowMuchWasAskedOnce) {
  const auto a = process("a"), b = process("b");
  using testing::ElementsAre, testing::IsEmpty, testing::Pair;
  a->share_spent({{"old", 7}}, from_ms(0));
  EXPECT_THAT(b->share_spent({}, from_ms(0)), IsEmpty()) << "what was asked before b began";
  a->share_spent({{"old", 1}, {"desk", 40}}, from_ms(0));
  EXPECT_THAT(b->share_spent({{"desk", 2}}, from_ms(0)),
              testing::UnorderedElementsAre(Pair("desk", 40.0), Pair("old", 1.0)));
  EXPECT_THAT(b->share_spent({}, from_ms(0)), IsEmpty());
  EXPECT_THAT(a->share_spent({}, from_ms(0)), ElementsAre(Pair("desk", 2.0)));
}

}  // namespace
}  // namespace anlan
