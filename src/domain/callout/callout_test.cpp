#include "domain/callout/callout.h"

#include <gtest/gtest.h>

namespace anlan::callout {
namespace {

Instant at(int minute) { return from_ms(1'790'000'000'000 + minute * 60'000LL); }

// A callout, and what it says as time goes by.
class CalloutTest : public testing::Test {
 protected:
  Callout callout;
  std::int64_t sequence = 0;

  void take(const std::vector<Fact>& facts, int minute) {
    for (const Fact& fact : facts) apply(callout, fact, {at(minute), "system@n", ++sequence});
  }
  // Two places: of the first two people are called, of the second one.
  void open(int minute = 0, std::int64_t version = 1) {
    Opened opened{"W",    "town", version,
                  "rule", 10,     {{"370783101", {{1, "head"}, {2, "deputy"}}}, {"370783102", {{3, "head"}}}},
                  at(30), {}};
    take(decide(callout, opened), minute);
  }
  std::vector<Fact> due(int minute, bool over = false) {
    auto facts = decide_due(callout, over, at(minute));
    take(facts, minute);
    return facts;
  }
  template <class Command>
  std::string refused(const Command& command) {
    const auto facts = decide(callout, command);
    return facts.ok() ? "" : facts.error().code;
  }
};

TEST_F(CalloutTest, TheFirstOfEachPlaceIsCalledAtOnceAndTheNextAfterTheLimit) {
  open();
  ASSERT_EQ(callout.standings[0].calls.size(), 1U);
  ASSERT_EQ(callout.standings[1].calls.size(), 1U);
  EXPECT_EQ(callout.next_due(), at(10));
  EXPECT_TRUE(due(9).empty());
  const auto facts = due(10);
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(std::get<Called>(facts[0]).callee, 1);
  EXPECT_EQ(std::get<Unanswered>(facts[1]).place, 1);
  EXPECT_EQ(std::get<Unanswered>(due(20).at(0)).place, 0);
  EXPECT_EQ(callout.next_due(), at(30));
  EXPECT_TRUE(std::holds_alternative<Undecided>(due(30).at(0)));
  EXPECT_EQ(callout.next_due(), std::nullopt);
}

TEST_F(CalloutTest, AClockThatIsSetBackPutsNobodyOff) {
  open(25);
  EXPECT_TRUE(due(24).empty()) << "as clocks are put right all the time";
  const auto facts = due(10);
  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(std::get<Called>(facts[0]).callee, 1);
  EXPECT_EQ(std::get<Unanswered>(facts[1]).place, 1);
  EXPECT_TRUE(due(19).empty()) << "the whole limit by the clock as it goes now";
  EXPECT_EQ(std::get<Unanswered>(due(20).at(0)).place, 0);
}

TEST_F(CalloutTest, WhoAnswersEndsTheCallingOfThePlaceAlone) {
  open();
  take(*decide_by_link(callout, callout.standings[0].calls[0].sequence, "moving 12 households", at(3)), 3);
  EXPECT_EQ(callout.standings[0].answered->action, "moving 12 households");
  EXPECT_EQ(due(10).size(), 1U);
  EXPECT_EQ(decide_by_link(callout, callout.standings[0].calls[0].sequence, "again", at(11)).error().code,
            "callout.answered");
}

TEST_F(CalloutTest, APlaceThatNobodyAnsweredForMayAnswerAfterAll) {
  open();
  due(10);
  EXPECT_TRUE(callout.standings[1].unanswered);
  take(*decide(callout, NoteAnswer{1, 0, Way::kVisit, "the head is on the dike"}), 15);
  EXPECT_EQ(callout.standings[1].answered->way, Way::kVisit);
}

TEST_F(CalloutTest, ACallByVoiceDoesNotPutOffTheNextMessage) {
  open();
  take(*decide(callout, NoteCall{0, 0, Way::kVoice}), 8);
  EXPECT_EQ(callout.next_due(), at(10));
  EXPECT_EQ(std::get<Called>(due(10).at(0)).callee, 1);
}

TEST_F(CalloutTest, ALinkIsGoodForADayUntilItIsRevokedOrTheWarningChangesOrEnds) {
  open();
  const std::int64_t link = callout.standings[0].calls[0].sequence, other = callout.standings[1].calls[0].sequence;
  std::int64_t place = -1;
  EXPECT_TRUE(call_of_link(callout, other, &place, at(24 * 60 - 1)));
  EXPECT_EQ(place, 1);
  EXPECT_FALSE(call_of_link(callout, other, &place, at(24 * 60)));
  EXPECT_FALSE(call_of_link(callout, 77, &place, at(1)));
  take(*decide(callout, RevokeLink{0, 0}), 2);
  EXPECT_EQ(decide_by_link(callout, link, "x", at(3)).error().code, "callout.link_over");
  open(5, 2);
  EXPECT_EQ(decide_by_link(callout, other, "x", at(6)).error().code, "callout.link_over");
  const std::int64_t newer = callout.standings[1].calls[0].sequence;
  EXPECT_TRUE(std::holds_alternative<Closed>(due(7, true).at(0)));
  EXPECT_EQ(decide_by_link(callout, newer, "x", at(8)).error().code, "callout.link_over");
  EXPECT_TRUE(due(60).empty());
}

TEST_F(CalloutTest, WhatWasAnsweredToAnEarlierVersionStaysAnAnswer) {
  open();
  take(*decide_by_link(callout, callout.standings[0].calls[0].sequence, "told", at(3), Act::kInformed), 3);
  due(10);
  open(20, 2);
  auto found = results(callout);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].answered);
  EXPECT_EQ(found[0].act, Act::kInformed);
  EXPECT_FALSE(found[1].answered || found[1].unanswered) << "it is called anew";
  take(*decide(callout, NoteAnswer{0, 0, Way::kVoice, "all moved", Act::kMoved}), 25);
  found = results(callout);
  EXPECT_EQ(found[0].act, Act::kMoved);
  EXPECT_EQ(found[0].answered_at, at(3));
  EXPECT_EQ(found[0].opened_at, at(0));
  take(decide(callout, Opened{"W", "town", 3, "rule", 10, {{"370783101", {{1, "head"}}}}, {}, {}}), 40);
  due(50);
  found = results(callout);
  ASSERT_EQ(found.size(), 2U) << "also of places that are not warned any more";
  EXPECT_TRUE(found[0].answered);
  EXPECT_FALSE(found[0].unanswered);
}

TEST_F(CalloutTest, TheSameVersionBeginsNothingTwiceAndANewOneBeginsAnew) {
  open();
  take(*decide(callout, NoteAnswer{0, 1, Way::kVoice, "done"}), 1);
  EXPECT_TRUE(decide(callout, Opened{"W", "town", 1, "rule", 10, {}, {}, {}}).empty());
  open(20, 2);
  EXPECT_FALSE(callout.standings[0].answered);
  EXPECT_EQ(callout.next_due(), at(30));
}

TEST_F(CalloutTest, WithNobodyToCallNothingIsLeftOpen) {
  take(decide(callout, Opened{"W", "town", 1, "rule", 10, {}, {}, {}}), 0);
  EXPECT_TRUE(callout.closed);
  EXPECT_EQ(callout.next_due(), std::nullopt);
}

TEST_F(CalloutTest, APlaceWithNobodyToCallStandsOutFromTheStartUntilSomebodyAnswersThere) {
  take(decide(callout, Opened{"W", "town", 1, "rule", 10, {{"370783101", {{1, "head"}}}, {"370783103", {}}}, {}, {}}),
       0);
  EXPECT_FALSE(callout.closed);
  EXPECT_FALSE(callout.standings[0].unanswered);
  EXPECT_TRUE(callout.standings[1].unanswered);
  EXPECT_TRUE(callout.standings[1].calls.empty());
  EXPECT_EQ(std::get<Unanswered>(due(10).at(0)).place, 0);
  EXPECT_EQ(callout.next_due(), std::nullopt) << "nobody is waited for";
  EXPECT_EQ(refused(NoteCall{1, 0, Way::kVoice}), "callout.no_place");
  EXPECT_EQ(refused(NoteCall{1, 0, Way::kVoice}), "callout.no_place");
  EXPECT_EQ(refused(NoteAnswer{1, 0, Way::kVisit, "x"}), "callout.no_place");
  take(*decide(callout, NoteAnswer{1, std::nullopt, Way::kVisit, "two households moved"}), 20);
  EXPECT_EQ(callout.standings[1].answered->callee, std::nullopt);
}

TEST_F(CalloutTest, AnOrganisationDecidesOnceAndSaysWhyItDeclines) {
  open();
  const account::Actor leader{"l", "p1", "", "town", {}};
  EXPECT_EQ(decide(callout, Decide{false, " "}, leader).error().code, "text.empty");
  take(*decide(callout, Decide{true, ""}, leader), 3);
  EXPECT_EQ(callout.decided->person, "p1");
  EXPECT_EQ(decide(callout, Decide{true, ""}, leader).error().code, "callout.nothing_to_decide");
}

TEST_F(CalloutTest, RefusesWhatNamesNobodyOrIsTheNodesOwn) {
  EXPECT_EQ(refused(NoteCall{0, 0, Way::kVoice}), "callout.unknown");
  open();
  EXPECT_EQ(refused(NoteCall{2, 0, Way::kVoice}), "callout.no_place");
  EXPECT_EQ(refused(NoteCall{1, 1, Way::kVoice}), "callout.no_place");
  EXPECT_EQ(refused(NoteCall{0, -1, Way::kVoice}), "callout.no_place");
  EXPECT_EQ(refused(NoteCall{0, 0, Way::kMessage}), "callout.by_message");
  EXPECT_EQ(refused(NoteAnswer{0, 0, Way::kVoice, "\n"}), "text.empty");
}

TEST_F(CalloutTest, AFactOfAnotherNodeFitsOnlyItsOwnCallout) {
  EXPECT_FALSE(fits(callout, "W", "town", Called{0, 0, Way::kMessage}, true));
  EXPECT_FALSE(fits(callout, "W", "town", Opened{"W", "county", 1, "r", 1, {}, {}, {}}, true));
  EXPECT_TRUE(fits(callout, "W", "town", Opened{"W", "town", 1, "r", 1, {}, {}, {}}, true));
  open();
  EXPECT_TRUE(fits(callout, "W", "town", Called{0, 1, Way::kMessage}, false));
  EXPECT_TRUE(fits(callout, "W", "town", Answered{1, std::nullopt, Way::kVisit, "x"}, false));
  EXPECT_FALSE(fits(callout, "W", "town", Answered{7, 0, Way::kMessage, "x"}, false));
  EXPECT_FALSE(fits(callout, "W", "town", Answered{7, std::nullopt, Way::kVisit, "x"}, false));
  EXPECT_FALSE(fits(callout, "W", "town", Unanswered{-1}, false));
}

}  // namespace
}  // namespace anlan::callout
