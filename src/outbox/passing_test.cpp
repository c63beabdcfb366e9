#include <gmock/gmock.h>

#include "outbox/fixture.h"

namespace anlan::outbox {
namespace {

using testing::ElementsAre;
using Kind = Outcome::Kind;

class PassingTest : public OutboxTest {
 protected:
  PassingTest() {
    for (const char* channel : {"sms", "mail"}) outbox.note_line(channel, {});
  }
  void pass_on(int urgency = kUrgent, int now = 0) {
    for (std::int64_t after = outbox.pass_on(sms, urgency, 0, at(now)); after != 0;)
      after = outbox.pass_on(sms, urgency, after, at(now));
  }
};

TEST_F(PassingTest, WhatHasAnotherWayGoesThereAndTheRestWaits) {
  fill(batch("w1"), people(1, 2));
  fill(batch("w2"), people(3, 2, {"sms", "mail"}));
  pass_on();
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms ready", 2}}));
  EXPECT_EQ(now_counts("w2"), (Counts{{"mail ready", 2}, {"sms passed_on", 2}}));
  const auto next = outbox.take(mail, 1, at(1));
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].address, "mail3");
  EXPECT_EQ(next[0].key, "w2.0.1");
  const auto left = legs(*reading, next[0].message);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].channel, "sms");
  EXPECT_EQ(left[0].reason, "line down");
  EXPECT_EQ(outbox.take(sms, 9, at(1)).size(), 2u);
}

TEST_F(PassingTest, ItComesBackWhereTheOtherWaysFail) {
  fill(batch("w1"), people(1, 1, {"sms", "mail"}));
  pass_on();
  settle(outbox.take(mail, 1, at(1))[0], Kind::kFailed, {}, 1);
  EXPECT_EQ(counts(*reading, "w1", at(1)), (Counts{{"mail passed_on", 1}, {"sms passed_on", 1}, {"sms ready", 1}}));
  settle(outbox.take(sms, 1, at(2))[0], Kind::kFailed, {}, 2);
  EXPECT_EQ(counts(*reading, "w1", at(2)), (Counts{{"mail passed_on", 1}, {"sms failed", 1}, {"sms passed_on", 1}}));
}

TEST_F(PassingTest, ALineThatIsThoughtDownOrThatNobodyServesGetsNothing) {
  fill(batch("w1"), people(1, 1, {"sms", "old", "voice", "mail"}));
  outbox.note_line("voice", at(60));
  outbox.note_line("mail", at(60));
  pass_on();
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms ready", 1}}));
  outbox.forget_line("mail");
  pass_on(kUrgent, 60);
  EXPECT_EQ(now_counts("w1", 60), (Counts{{"sms passed_on", 1}, {"voice ready", 1}}));
}

TEST_F(PassingTest, OnlyWhatIsUrgentEnoughAndNothingThatHasEnded) {
  fill(batch("red", 1), people(1, 1, {"sms", "mail"}));
  fill(batch("blue", 4), people(2, 1, {"sms", "mail"}));
  fill(batch("over", 1), people(3, 1, {"sms", "mail"}));
  outbox.cancel("over", at(0));
  pass_on();
  EXPECT_EQ(now_counts("red"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
  EXPECT_EQ(now_counts("blue"), (Counts{{"sms ready", 1}}));
  EXPECT_EQ(now_counts("over"), (Counts{{"sms cancelled", 1}}));
  pass_on(100);
  EXPECT_EQ(now_counts("blue"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
}

TEST_F(PassingTest, WhatWaitsToBeTriedAgainGoesOnlyWhereTwiceIsBetterThanNever) {
  fill(batch("once"), people(1, 1, {"sms", "mail"}));
  auto twice = batch("twice");
  twice.rather_twice = true;
  fill(twice, people(2, 1, {"sms", "mail"}));
  for (const Taken& taken : outbox.take(sms, 5, at(0))) settle(taken, Kind::kLater);
  pass_on();
  EXPECT_EQ(now_counts("once"), (Counts{{"sms waiting", 1}}));
  EXPECT_EQ(now_counts("twice"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
}

TEST_F(PassingTest, ManyGoPieceByPiece) {
  fill(batch("alone"), people(0, 1000));
  const auto filling = outbox.open(batch("w1"), at(0));
  for (int piece = 0; piece < 3; ++piece)
    outbox.fill(filling.batch, piece == 0 ? "" : std::to_string(piece), people(piece * 700, 700, {"sms", "mail"}),
                std::to_string(piece + 1), piece == 2, at(0));
  EXPECT_NE(outbox.pass_on(sms, kUrgent, 0, at(0)), 0) << "there is more behind the first thousand";
  pass_on();
  EXPECT_EQ(now_counts("alone"), (Counts{{"sms ready", 1000}}));
  EXPECT_EQ(now_counts("w1"), (Counts{{"mail ready", 2100}, {"sms passed_on", 2100}}));
  EXPECT_THAT(outbox.take(sms, 1, at(0)), testing::SizeIs(1));
}

TEST_F(PassingTest, NoQuestionReadsATableFromEndToEnd) {
  fill(batch("w1"), people(1, 1000));
  for (const char* question :
       {"SELECT m.number FROM message m JOIN batch b ON b.number = m.number / 4294967296 WHERE m.state = 0 AND "
        "m.channel = ? AND m.number > ? ORDER BY m.number LIMIT ?",
        "SELECT m.number FROM message m JOIN batch b ON b.number = m.number / 4294967296 WHERE m.state = 1 AND "
        "m.channel = ? AND m.further <> '' AND b.cancelled = 0 AND b.urgency <= ? AND b.expires > ? ORDER BY "
        "m.not_before LIMIT ?"})
    EXPECT_THAT(reading->read_whole(question), ElementsAre()) << question;
}

}  // namespace
}  // namespace anlan::outbox
