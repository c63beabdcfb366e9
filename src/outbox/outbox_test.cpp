#include "outbox/outbox.h"

#include <thread>

#include "outbox/fixture.h"

namespace anlan::outbox {
namespace {

using Kind = Outcome::Kind;
using testing::ElementsAre;

std::vector<std::string> addresses(const std::vector<Taken>& taken) {
  std::vector<std::string> result;
  for (const Taken& t : taken) result.push_back(t.address);
  return result;
}

TEST_F(OutboxTest, AMessageIsQueuedGivenOutAcceptedAndDelivered) {
  fill(batch("w1"), people(1, 1));
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms ready", 1}}));
  const auto taken = outbox.take(sms, 10, at(1));
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].text, "水位超警");
  EXPECT_EQ(taken[0].key, "w1.0.0");
  EXPECT_EQ(taken[0].tries, 1);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms in_flight", 1}}));
  settle(taken[0], Kind::kAccepted, {"g1"}, 2);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms accepted", 1}}));
  report("g1", true, 3);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms delivered", 1}}));
  const auto all = messages(*reading, "w1", 0, 10, at(4));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].recipient, "contact-1");
  EXPECT_EQ(all[0].queued, at(0));
  EXPECT_EQ(all[0].taken, at(1));
  EXPECT_EQ(all[0].accepted, at(2));
  EXPECT_EQ(all[0].delivered, at(3));
}

TEST_F(OutboxTest, UrgentOnesGoFirstThenOldOnes) {
  fill(batch("later", 2), people(1, 2));
  fill(batch("urgent", 0), people(3, 2));
  fill(batch("urgent too", 0), people(5, 2));
  EXPECT_THAT(addresses(outbox.take(sms, 3, at(1))), ElementsAre("sms3", "sms4", "sms5"));
  EXPECT_THAT(addresses(outbox.take(sms, 3, at(1))), ElementsAre("sms6", "sms1", "sms2"));
  EXPECT_TRUE(outbox.take(sms, 3, at(1)).empty());
}

TEST_F(OutboxTest, AChannelGetsItsOwnMessagesInItsOwnWords) {
  auto who = people(1, 2);
  who.push_back({"contact-9", {{"mail", "a@b"}}, "https://x/9"});
  fill(batch("w1"), who);
  const auto taken = outbox.take(mail, 10, at(1));
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].text, "See https://x/9.");
  EXPECT_EQ(now_counts("w1"), (Counts{{"mail in_flight", 1}, {"sms ready", 2}}));
}

TEST_F(OutboxTest, FillingGoesOnWhereItWasInterrupted) {
  const auto first = outbox.open(batch("w1"), at(0));
  EXPECT_EQ(first.cursor, "");
  EXPECT_EQ(outbox.fill(first.batch, "", people(1, 3), "3", false, at(0)), Outbox::Filled::kQueued);
  EXPECT_EQ(outbox.fill(first.batch, "", people(1, 3), "3", false, at(0)), Outbox::Filled::kElsewhere);
  const auto again = outbox.open(batch("w1"), at(1));
  EXPECT_EQ(again.batch, first.batch);
  EXPECT_EQ(again.cursor, "3");
  EXPECT_FALSE(again.complete);
  EXPECT_EQ(outbox.fill(again.batch, "3", people(4, 1), "4", true, at(1)), Outbox::Filled::kQueued);
  EXPECT_EQ(outbox.fill(again.batch, "4", people(5, 1), "5", true, at(1)), Outbox::Filled::kElsewhere);
  EXPECT_TRUE(outbox.open(batch("w1"), at(1)).complete);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms ready", 4}}));
}

TEST_F(OutboxTest, WhatFailsForNowComesAgainLaterEachTimeLater) {
  fill(batch("w1"), people(1, 1));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kLater);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms waiting", 1}}));
  EXPECT_TRUE(outbox.take(sms, 1, at(9)).empty());
  const auto second = outbox.take(sms, 1, at(13));
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].tries, 2);
  EXPECT_EQ(second[0].key, "w1.0.0");
  settle(second[0], Kind::kLater, {}, 13);
  EXPECT_TRUE(outbox.take(sms, 1, at(32)).empty());
  settle(outbox.take(sms, 1, at(39))[0], Kind::kLater, {}, 39);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms failed", 1}}));
}

TEST_F(OutboxTest, AGatewayMaySayHowLongToWait) {
  fill(batch("w1"), people(1, 1));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kLater, {}, 0, Milliseconds{1000});
  EXPECT_EQ(outbox.take(sms, 1, at(1)).size(), 1u);
}

TEST_F(OutboxTest, WhatWasNotSentAtAllCostsNoTry) {
  fill(batch("w1"), people(1, 1));
  for (int i = 0; i < 10; ++i) settle(outbox.take(sms, 1, at(0))[0], Kind::kUnsent);
  EXPECT_EQ(outbox.take(sms, 1, at(0))[0].tries, 1);
}

TEST_F(OutboxTest, WhatFailsForGoodGoesOnByTheNextChannelAndIsDeadBehindTheLast) {
  fill(batch("w1"), people(1, 1, {"sms", "mail"}));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kFailed);
  EXPECT_EQ(now_counts("w1"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
  const auto next = outbox.take(mail, 1, at(0));
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].address, "mail1");
  EXPECT_EQ(next[0].key, "w1.0.1");
  settle(next[0], Kind::kFailed);
  EXPECT_EQ(now_counts("w1"), (Counts{{"mail failed", 1}, {"sms passed_on", 1}}));
  const auto dead = dead_letters(*reading, 0, 10, at(0));
  ASSERT_EQ(dead.size(), 1u);
  EXPECT_EQ(dead[0].reason, "because");
  EXPECT_EQ(dead[0].batch_id, "w1");
  EXPECT_EQ(outbox.resend(std::vector{dead[0].number}, at(1)), 1u);
  EXPECT_EQ(outbox.resend(std::vector{dead[0].number}, at(1)), 0u);
  EXPECT_EQ(outbox.take(mail, 1, at(1))[0].key, "w1.0.2");
  EXPECT_TRUE(dead_letters(*reading, 0, 10, at(1)).empty());
}

TEST_F(OutboxTest, AReportOfFailureGoesOnByTheNextChannel) {
  fill(batch("w1"), people(1, 1, {"sms", "mail"}));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kAccepted, {"g1"});
  report("g1", false, 5);
  EXPECT_EQ(now_counts("w1"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
  report("g1", true, 6);
  const auto went = legs(*reading, messages(*reading, "w1", 0, 1, at(6))[0].number);
  ASSERT_EQ(went.size(), 1u);
  EXPECT_EQ(went[0].reason, "UNDELIV");
  EXPECT_EQ(went[0].failed, at(5));
}

TEST_F(OutboxTest, AMessageOfPartsIsDeliveredWithItsLastPart) {
  fill(batch("w1"), people(1, 1));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kAccepted, {"g1", "g2", "g3"});
  report("g3", true);
  report("g1", true);
  report("g1", true);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms accepted", 1}}));
  report("g2", true);
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms delivered", 1}}));
}

TEST_F(OutboxTest, AReportThatComesBeforeTheAnswerIsNotLost) {
  fill(batch("w1"), people(1, 2));
  const auto taken = outbox.take(sms, 2, at(0));
  report("g2", false);
  report("g1", true);
  settle(taken[0], Kind::kAccepted, {"g1"});
  settle(taken[1], Kind::kAccepted, {"g2"});
  EXPECT_EQ(now_counts("w1"), (Counts{{"sms delivered", 1}, {"sms failed", 1}}));
}

TEST_F(OutboxTest, ANumberThatAGatewayGivesAgainMeansTheLastMessage) {
  fill(batch("w1"), people(1, 1));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kAccepted, {"g1"});
  report("g1", true);
  fill(batch("w2"), people(2, 1));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kAccepted, {"g1"});
  EXPECT_EQ(now_counts("w2"), (Counts{{"sms accepted", 1}}));
  report("g1", true);
  EXPECT_EQ(now_counts("w2"), (Counts{{"sms delivered", 1}}));
}

TEST_F(OutboxTest, AResultOfAnotherLegOrOfNothingInFlightIsPassedOver) {
  fill(batch("w1"), people(1, 1, {"sms", "mail"}));
  const auto taken = outbox.take(sms, 1, at(0));
  settle(taken[0], Kind::kFailed);
  settle(taken[0], Kind::kAccepted, {"g1"});
  EXPECT_EQ(now_counts("w1"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
}

TEST_F(OutboxTest, WhatIsCancelledOrTooOldIsNotGivenOut) {
  fill(batch("w1"), people(1, 3));
  const auto taken = outbox.take(sms, 1, at(0));
  EXPECT_TRUE(outbox.cancel("w1", at(1)));
  EXPECT_FALSE(outbox.cancel("none", at(1)));
  EXPECT_TRUE(outbox.take(sms, 3, at(1)).empty());
  EXPECT_EQ(now_counts("w1", 1), (Counts{{"sms cancelled", 2}, {"sms in_flight", 1}}));
  settle(taken[0], Kind::kLater);
  EXPECT_TRUE(outbox.take(sms, 3, at(100)).empty());
  EXPECT_EQ(now_counts("w1", 1), (Counts{{"sms cancelled", 3}}));
  const auto number = fill(batch("w2"), people(1, 2));
  EXPECT_TRUE(outbox.take(sms, 3, at(3600)).empty());
  EXPECT_EQ(now_counts("w2", 3600), (Counts{{"sms expired", 2}}));
  EXPECT_EQ(outbox.fill(number, "end", people(3, 1), "x", true, at(1)), Outbox::Filled::kElsewhere);
  const auto open = outbox.open(batch("w3"), at(0));
  outbox.cancel("w3", at(0));
  EXPECT_EQ(outbox.fill(open.batch, "", people(3, 1), "x", true, at(1)), Outbox::Filled::kEnded);
}

TEST_F(OutboxTest, WhatWasInFlightIsGivenAgainOnlyWhereThatIsWanted) {
  fill(batch("once"), people(1, 1));
  auto twice = batch("twice");
  twice.rather_twice = true;
  fill(twice, people(2, 1));
  EXPECT_EQ(outbox.take(sms, 5, at(0)).size(), 2u);
  outbox.resume(sms, at(1));
  EXPECT_EQ(now_counts("once"), (Counts{{"sms uncertain", 1}}));
  const auto again = outbox.take(sms, 5, at(1));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].key, "twice.0.0");
  EXPECT_EQ(again[0].tries, 2);
  EXPECT_EQ(dead_letters(*reading, 0, 10, at(1)).size(), 1u);

  const Channel keyed{.name = "mail", .knows_keys = true};
  fill(batch("keyed"), people(3, 1, {"mail"}));
  EXPECT_EQ(outbox.take(keyed, 5, at(0)).size(), 1u);
  outbox.resume(keyed, at(1));
  EXPECT_EQ(outbox.take(keyed, 5, at(1))[0].key, "keyed.0.0");
}

TEST_F(OutboxTest, WhatAGatewayNeverAnsweredGoesOnByTheNextChannelWhereTwiceIsBetterThanNever) {
  auto twice = batch("twice");
  twice.rather_twice = true;
  fill(twice, people(1, 1, {"sms", "mail"}));
  fill(batch("once"), people(2, 1, {"sms", "mail"}));
  for (const Taken& taken : outbox.take(sms, 5, at(0))) settle(taken, Kind::kUnknown);
  EXPECT_EQ(now_counts("twice"), (Counts{{"mail ready", 1}, {"sms passed_on", 1}}));
  EXPECT_EQ(now_counts("once"), (Counts{{"sms uncertain", 1}}));
  EXPECT_TRUE(outbox.take(sms, 5, at(3000)).empty());
  const auto last = outbox.take(mail, 5, at(1));
  ASSERT_EQ(last.size(), 1u);
  settle(last[0], Kind::kUnknown, {}, 1);
  EXPECT_EQ(now_counts("twice"), (Counts{{"mail waiting", 1}, {"sms passed_on", 1}})) << "no other way is left";
}

TEST_F(OutboxTest, WhatIsOldIsForgottenAndNothingElse) {
  auto old = batch("old");
  old.expires = at(10);
  fill(old, people(1, 1000));
  fill(batch("new"), people(1, 3));
  settle(outbox.take(sms, 1, at(0))[0], Kind::kAccepted, {"g1"});
  report("of nobody", true);
  while (outbox.purge(at(11))) {
  }
  EXPECT_FALSE(summary(*reading, "old", at(11)).has_value());
  EXPECT_EQ(now_counts("new"), (Counts{{"sms ready", 3}}));
  auto& left = reading->prepare(
      "SELECT (SELECT COUNT(*) FROM message), (SELECT COUNT(*) FROM part), (SELECT COUNT(*) "
      "FROM early), (SELECT COUNT(*) FROM wording)");
  ASSERT_TRUE(left.step());
  EXPECT_EQ(left.integer(0), 3);
  EXPECT_EQ(left.integer(1), 0);
  EXPECT_EQ(left.integer(2), 0);
  EXPECT_EQ(left.integer(3), 2);
  left.reset();
}

TEST_F(OutboxTest, ADrillAndTheRealWorldHaveNothingInCommon) {
  Outbox drill(store.where(), World::kDrill);
  const auto filling = drill.open(batch("drill"), at(0));
  drill.fill(filling.batch, "", people(1, 2), "end", true, at(0));
  EXPECT_TRUE(outbox.take(sms, 10, at(0)).empty());
  EXPECT_EQ(drill.take(sms, 10, at(0)).size(), 2u);
  // Even where the file of the one bears the other's name.
  const auto where = store.where();
  EXPECT_THROW(Outbox(World::kReal, [&] { return sql::open_beside(where, "drill", sql::Access::kWrite); }), sql::Error);
}

TEST_F(OutboxTest, ManyMayFillTakeAndAskAtATime) {
  constexpr int kBatches = 3, kPieces = 6, kPiece = 50;
  std::mutex mutex;
  std::map<std::string, int> given;
  const auto fills = [&](int number) {
    auto filling = outbox.open(batch("w" + std::to_string(number)), at(0));
    for (int piece = 0; piece < kPieces; ++piece) {
      const std::string next = std::to_string(piece + 1);
      outbox.fill(filling.batch, filling.cursor, people((number * kPieces + piece) * kPiece, kPiece, {"sms", "mail"}),
                  next, piece + 1 == kPieces, at(0));
      filling.cursor = next;
    }
  };
  const auto serves = [&](const Channel& channel) {
    for (std::size_t total = 0; total < kBatches * kPieces * kPiece;) {
      const auto taken = outbox.take(channel, 40, at(0));
      std::vector<Outcome> outcomes;
      for (const Taken& t : taken) outcomes.push_back({t.message, t.leg, Kind::kFailed});
      outbox.settle(channel, outcomes, at(0));
      total += taken.size();
      const std::lock_guard lock(mutex);
      for (const Taken& t : taken) ++given[t.address];
    }
  };
  std::vector<std::thread> threads;
  for (int number = 0; number < kBatches; ++number) threads.emplace_back(fills, number);
  threads.emplace_back(serves, sms);
  threads.emplace_back(serves, mail);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(given.size(), 2u * kBatches * kPieces * kPiece);
  for (const auto& [address, times] : given) EXPECT_EQ(times, 1) << address;
  for (int number = 0; number < kBatches; ++number)
    EXPECT_EQ(now_counts("w" + std::to_string(number)),
              (Counts{{"mail failed", kPieces * kPiece}, {"sms passed_on", kPieces * kPiece}}));
}

TEST_F(OutboxTest, NoQuestionReadsATableFromEndToEnd) {
  fill(batch("w1"), people(1, 1000));
  for (const char* question :
       {"SELECT number FROM message WHERE state = 1 AND channel = ? AND not_before <= ? ORDER BY not_before LIMIT ?",
        "SELECT number FROM message WHERE state = 0 AND channel = ? AND number >= ? AND number < ? ORDER BY number "
        "LIMIT ?",
        "SELECT number FROM message WHERE state = 2 AND channel = ? ORDER BY number LIMIT ?",
        "SELECT number FROM message WHERE state >= 5 AND number < ? ORDER BY number DESC LIMIT ?",
        "SELECT b.number FROM tally t JOIN batch b ON b.number = t.batch WHERE t.channel = ? AND t.state = 0 AND "
        "t.messages > 0 AND b.cancelled = 0 AND b.expires > ? ORDER BY b.urgency, b.number",
        "SELECT number FROM part WHERE gateway_id = ? AND channel = ? ORDER BY number DESC LIMIT 1"})
    EXPECT_THAT(reading->read_whole(question), ElementsAre()) << question;
}

}  // namespace
}  // namespace anlan::outbox
