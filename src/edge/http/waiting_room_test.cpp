#include "edge/http/waiting_room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::edge {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Answers = std::vector<std::pair<int, bool>>;

constexpr Instant kNow{Milliseconds{1'000'000}};
constexpr std::chrono::seconds kPatience{2};

class WaitingRoomTest : public testing::Test {
 protected:
  void wait(journal::Position position) {
    room.wait(position, kNow + kPatience,
              [this, position](bool reached) { answers.emplace_back(static_cast<int>(position), reached); });
  }
  WaitingRoom room;
  Answers answers;
};

TEST_F(WaitingRoomTest, AnswersAtOnceWhereThePositionIsReached) {
  room.arrive(7);
  wait(6);
  wait(7);
  EXPECT_THAT(answers, ElementsAre(std::pair(6, true), std::pair(7, true)));
  EXPECT_EQ(room.size(), 0u);
}

TEST_F(WaitingRoomTest, CallsThoseWhosePositionCameAndNobodyElse) {
  room.arrive(7);
  for (const journal::Position position : {10, 8, 9}) wait(position);
  EXPECT_THAT(answers, IsEmpty());
  room.arrive(9);
  EXPECT_THAT(answers, ElementsAre(std::pair(8, true), std::pair(9, true)));
  room.arrive(8);  // of a batch that was published before
  wait(9);
  EXPECT_EQ(answers.back(), std::pair(9, true));
  EXPECT_EQ(room.size(), 1u);
}

TEST_F(WaitingRoomTest, GivesUpWhenTheTimeHasRunOut) {
  wait(8);
  room.pass(kNow + kPatience - Milliseconds{1});
  EXPECT_THAT(answers, IsEmpty());
  room.pass(kNow + kPatience);
  room.arrive(8);
  EXPECT_THAT(answers, ElementsAre(std::pair(8, false)));
}

TEST_F(WaitingRoomTest, GivesUpWhenTheClockIsSetBack) {
  wait(8);
  room.pass(kNow - std::chrono::hours{24});
  EXPECT_THAT(answers, ElementsAre(std::pair(8, false)));
}

TEST_F(WaitingRoomTest, SendsEverybodyAwayWhenItCloses) {
  wait(8);
  room.close();
  wait(9);
  EXPECT_THAT(answers, ElementsAre(std::pair(8, false), std::pair(9, false)));
}

TEST_F(WaitingRoomTest, LetsSomeThousandsWaitAndNoMore) {
  for (int i = 0; i < 5001; ++i) wait(8);
  EXPECT_THAT(answers, ElementsAre(std::pair(8, false)));
}

TEST_F(WaitingRoomTest, MayBeAskedAgainByWhoIsCalled) {
  room.wait(8, kNow + kPatience, [this](bool) { wait(9); });
  room.arrive(8);
  EXPECT_EQ(room.size(), 1u);
  room.arrive(9);
  EXPECT_THAT(answers, ElementsAre(std::pair(9, true)));
}

}  // namespace
}  // namespace anlan::edge
