#include "domain/clock/desk_fixture.h"

namespace anlan::clock {
namespace {

using grade::Grade;
using organisation::Level;
using report::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Clocks, GiveTwentyFortyAndAHundredAndTwentyMinutes) {
  Desk desk;
  desk.learns();
  EXPECT_EQ(desk.only(Leg::kPhone).started.due_at, from_china_time(2026, 11, 23, 14, 15));
  EXPECT_EQ(desk.only(Leg::kWritten).started.due_at, from_china_time(2026, 11, 23, 14, 35));
  EXPECT_THAT(desk.of(Leg::kFollowUp), IsEmpty());
  desk.reports(Kind::kFirst, from_china_time(2026, 11, 23, 14, 30));
  EXPECT_EQ(desk.only(Leg::kFollowUp).started.due_at, from_china_time(2026, 11, 23, 16, 30));
  EXPECT_EQ(desk.only(Leg::kFollowUp).started.basis, Basis::kPreviousReport);
}

TEST(Clocks, FreezeTheRuleThatTheyStartedUnder) {
  Desk desk;
  desk.learns();
  desk.rules[0].minutes = 5;
  desk.rules[0].id = "new-phone";
  desk.learns(kLearnt + Minutes{1});
  const Clock& phone = desk.only(Leg::kPhone);
  EXPECT_EQ(phone.started.rule.id, "phone");
  EXPECT_EQ(phone.started.rule.minutes, 20);
  EXPECT_EQ(phone.started.rule.document, "document");
  EXPECT_EQ(phone.started.due_at, kEvent + Minutes{20});
}

TEST(Clocks, AreOwedToSomebodyOrNotAtAll) {
  Desk desk;
  desk.situation.superior.reset();
  desk.learns();
  desk.asked(kLearnt);
  desk.reports(Kind::kFirst, kLearnt, "anybody");
  EXPECT_THAT(desk.clocks.items, IsEmpty());
}

TEST(Clocks, AssumeTheMomentOfLearningWhereTheEventsTimeIsUnknown) {
  Desk desk;
  desk.situation.occurred_at.reset();
  desk.learns();
  EXPECT_TRUE(desk.only(Leg::kPhone).started.assumed);
  EXPECT_EQ(desk.only(Leg::kPhone).started.starts_at, kLearnt);
  EXPECT_EQ(desk.only(Leg::kPhone).started.due_at, kLearnt + Minutes{20});
}

TEST(Clocks, ThatCountFromLearningAreNeverAssumed) {
  Desk desk;
  desk.rules = {rule("phone", Leg::kPhone, Basis::kLearnt, 30, SatisfiedBy::kPhoneReport)};
  desk.situation.occurred_at.reset();
  desk.learns();
  EXPECT_FALSE(desk.only(Leg::kPhone).started.assumed);
  EXPECT_EQ(desk.only(Leg::kPhone).started.due_at, kLearnt + Minutes{30});
}

TEST(Clocks, FollowTheStrictestRuleAndThenTheMostParticular) {
  Desk desk;
  desk.rules.push_back(rule("strict", Leg::kPhone, Basis::kEvent, 15, SatisfiedBy::kPhoneReport));
  Rule particular = rule("chemical", Leg::kPhone, Basis::kEvent, 15, SatisfiedBy::kPhoneReport);
  particular.event = "12D";
  desk.rules.push_back(particular);
  desk.learns();
  EXPECT_EQ(desk.only(Leg::kPhone).started.rule.id, "chemical");
}

TEST(Clocks, LookAtKindGradeLevelAndValidityOfARule) {
  Desk desk;
  desk.rules.clear();
  auto add = [&](auto change) {
    Rule r = rule("r", Leg::kPhone, Basis::kEvent, 1, SatisfiedBy::kPhoneReport);
    change(r);
    desk.rules.push_back(r);
  };
  add([](Rule& r) { r.event = "11"; });
  add([](Rule& r) { r.grade_at_least = Grade::kLarger; });
  add([](Rule& r) { r.from_level = Level::kCounty; });
  add([](Rule& r) { r.valid_from = kLearnt + Milliseconds{1}; });
  add([](Rule& r) { r.valid_until = kLearnt; });
  desk.learns();
  EXPECT_THAT(desk.clocks.items, IsEmpty());
  desk.situation.grade = Grade::kMajor;
  desk.learns();
  EXPECT_THAT(desk.clocks.items, SizeIs(1));
}

TEST(Clocks, StartALegOnceHoweverOftenItIsLearnt) {
  Desk desk;
  desk.learns();
  desk.learns(kLearnt + Minutes{5});
  EXPECT_THAT(desk.of(Leg::kPhone), SizeIs(1));
  EXPECT_THAT(desk.of(Leg::kWritten), SizeIs(1));
}

TEST(Clocks, AreMetByWhatTheyAskForAndKeepTheProof) {
  Desk desk;
  desk.learns();
  desk.reports({}, kLearnt + Minutes{3});
  const Clock& phone = desk.only(Leg::kPhone);
  ASSERT_EQ(phone.state, State::kMet);
  EXPECT_EQ(phone.met->by, "duty1");
  EXPECT_EQ(phone.met->at, kLearnt + Minutes{3});
  EXPECT_EQ(phone.met->late_s, 0);
  EXPECT_EQ(phone.met->proof.stream, "report/I1.r1");
  EXPECT_EQ(phone.met->proof.version, 3);
  EXPECT_EQ(desk.only(Leg::kWritten).state, State::kRunning);
}

TEST(Clocks, ATelephoneReportIsNoWrittenOneNorTheOtherWayRound) {
  Desk desk;
  desk.learns();
  desk.reports(Kind::kFirst, kLearnt + Minutes{3});
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kRunning);
  EXPECT_EQ(desk.only(Leg::kWritten).state, State::kMet);
}

TEST(Clocks, AreMetOnlyByReportsToWhomTheyAreOwed) {
  Desk desk;
  desk.learns();
  desk.reports({}, kLearnt + Minutes{1}, "fire-brigade");
  desk.reports(Kind::kFirst, kLearnt + Minutes{2}, "health-bureau");
  desk.reports(Kind::kFinal, kLearnt + Minutes{3}, "health-bureau");
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kRunning);
  EXPECT_EQ(desk.only(Leg::kWritten).state, State::kRunning);
  EXPECT_THAT(desk.of(Leg::kFollowUp), IsEmpty());
}

TEST(Clocks, OwedToAFormerSuperiorAreMetByReportsToTheOneOfToday) {
  Desk desk;
  desk.learns();
  desk.situation.superior = "new-province";
  desk.reports({}, kLearnt + Minutes{1}, "new-province");
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kMet);
  desk.reports(Kind::kFirst, kLearnt + Minutes{2}, "province");
  EXPECT_EQ(desk.only(Leg::kWritten).state, State::kMet) << "the one before it was owed to";
  desk.reports(Kind::kFirst, kLearnt + Minutes{3}, "new-province");
  EXPECT_EQ(desk.only(Leg::kFollowUp).started.to, "new-province");
}

TEST(Clocks, SayByHowMuchTheyWereMissed) {
  Desk desk;
  desk.learns();
  const Instant due = kEvent + Minutes{20};
  EXPECT_TRUE(desk.time(due).size() >= 1);
  desk.reports({}, due + Minutes{4} + Milliseconds{200});
  EXPECT_EQ(desk.only(Leg::kPhone).met->late_s, 241) << "a begun second counts";
}

TEST(Clocks, AReportOnTheLastMomentIsInTime) {
  Desk desk;
  desk.learns();
  desk.reports({}, kEvent + Minutes{20});
  EXPECT_EQ(desk.only(Leg::kPhone).met->late_s, 0);
}

TEST(Clocks, AFollowUpMeetsItsClockAndStartsTheNext) {
  Desk desk;
  desk.learns();
  desk.reports(Kind::kFirst, kLearnt);
  desk.reports(Kind::kFollowUp, kLearnt + Minutes{60});
  const auto follow_ups = desk.of(Leg::kFollowUp);
  ASSERT_THAT(follow_ups, SizeIs(2));
  EXPECT_EQ(follow_ups[0]->state, State::kMet);
  EXPECT_EQ(follow_ups[1]->started.due_at, kLearnt + Minutes{180});
}

TEST(Clocks, AFirstReportSentAgainAfterAReturnStartsNoSecondFollowUp) {
  Desk desk;
  desk.learns();
  desk.reports(Kind::kFirst, kLearnt);
  desk.reports(Kind::kFirst, kLearnt + Minutes{10});
  EXPECT_EQ(desk.only(Leg::kFollowUp).started.due_at, kLearnt + Minutes{120});
}

TEST(Clocks, AFinalReportMeetsWhatItSatisfiesAndReleasesTheRest) {
  Desk desk;
  desk.learns();
  desk.asked(kLearnt);
  desk.reports(Kind::kFinal, kLearnt + Minutes{5});
  EXPECT_EQ(desk.only(Leg::kWritten).state, State::kMet);
  EXPECT_EQ(desk.only(Leg::kVerify).state, State::kMet);
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kReleased);
  EXPECT_THAT(desk.of(Leg::kFollowUp), IsEmpty());
}

TEST(Clocks, AreReleasedWhenTheIncidentEnds) {
  Desk desk;
  desk.learns();
  desk.reports({}, kLearnt);
  const auto facts = on_ended(desk.clocks, "closed");
  ASSERT_THAT(facts, SizeIs(1));
  EXPECT_EQ(std::get<Released>(facts[0]).why, "closed");
  desk.follow(facts, kLearnt);
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kMet);
  EXPECT_EQ(desk.only(Leg::kWritten).state, State::kReleased);
  EXPECT_THAT(on_ended(desk.clocks, "closed"), IsEmpty());
}

TEST(Clocks, ARequestStartsAClockUnlessOneRuns) {
  Desk desk;
  desk.asked(kLearnt);
  EXPECT_EQ(desk.only(Leg::kVerify).started.due_at, kLearnt + Minutes{30});
  EXPECT_EQ(desk.only(Leg::kVerify).started.basis, Basis::kRequest);
  desk.asked(kLearnt + Minutes{1});
  EXPECT_THAT(desk.of(Leg::kVerify), SizeIs(1));
  desk.reports(Kind::kFollowUp, kLearnt + Minutes{2});
  EXPECT_EQ(desk.only(Leg::kVerify).state, State::kRunning);
  desk.reports(Kind::kVerified, kLearnt + Minutes{3});
  EXPECT_EQ(desk.only(Leg::kVerify).state, State::kMet);
  desk.asked(kLearnt + Minutes{4});
  EXPECT_THAT(desk.of(Leg::kVerify), SizeIs(2));
}

TEST(Reminders, ComeAtFiftyEightyAndNinetyPerCentOnce) {
  Desk desk;
  desk.rules = {rule("phone", Leg::kPhone, Basis::kEvent, 20, SatisfiedBy::kPhoneReport)};
  desk.learns();
  std::vector<std::int64_t> said;
  for (int second = 0; second < 20 * 60; ++second)
    for (const Fact& fact : desk.time(kEvent + std::chrono::seconds{second}))
      said.push_back(std::get<Reminded>(fact).percent * 10000 + second);
  EXPECT_THAT(said, ElementsAre(500000 + 600, 800000 + 960, 900000 + 1080));
}

TEST(Reminders, ANodeThatSleptSaysOnlyTheLastStep) {
  Desk desk;
  desk.rules.resize(1);
  desk.learns();
  const auto facts = desk.time(kEvent + Minutes{19});
  ASSERT_THAT(facts, SizeIs(1));
  EXPECT_EQ(std::get<Reminded>(facts[0]).percent, 90);
}

TEST(Overdue, EscalatesToTheLeaderOnDutyOnceAndNoReminderFollows) {
  Desk desk;
  desk.rules.resize(1);
  desk.learns();
  const auto facts = desk.time(kEvent + Minutes{20});
  ASSERT_THAT(facts, SizeIs(1));
  EXPECT_EQ(std::get<Overdue>(facts[0]).leader, "boss");
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kOverdue);
  EXPECT_EQ(desk.only(Leg::kPhone).overdue_at, kEvent + Minutes{20});
  EXPECT_THAT(desk.time(kEvent + Minutes{60}), IsEmpty());
}

TEST(Overdue, NamesNobodyWhereNoLeaderIsOnDuty) {
  Desk desk;
  desk.rules.resize(1);
  desk.learns();
  EXPECT_FALSE(std::get<Overdue>(desk.time(kEvent + Minutes{20}, "")[0]).leader.has_value());
}

TEST(NextMoment, IsTheNextAtWhichAClockSpeaks) {
  Desk desk;
  desk.rules.resize(1);
  desk.learns();
  for (const int minute : {10, 16, 18, 20}) {
    ASSERT_EQ(next_moment(desk.only(Leg::kPhone)), kEvent + Minutes{minute});
    EXPECT_THAT(desk.time(kEvent + Minutes{minute}), SizeIs(1));
  }
  EXPECT_FALSE(next_moment(desk.only(Leg::kPhone)).has_value());
}

TEST(Explaining, IsOnlyForClocksThatWereMissed) {
  Desk desk;
  desk.rules.resize(2);
  desk.learns();
  const std::string phone = desk.only(Leg::kPhone).started.clock;
  EXPECT_EQ(decide(desk.clocks, phone, Explain{"why"}).error().code, "clock.not_late");
  EXPECT_EQ(decide(desk.clocks, "nothing", Explain{"why"}).error().code, "clock.unknown");
  EXPECT_EQ(decide(desk.clocks, phone, Explain{}).error().field, "reason");
  desk.time(kEvent + Minutes{20});
  desk.follow(decide(desk.clocks, phone, Explain{"the line was cut"}).value(), kEvent + Minutes{21});
  EXPECT_EQ(desk.only(Leg::kPhone).reason, "the line was cut");
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kOverdue);
}

TEST(Explaining, StaysPossibleAfterALateReportAndAfterTheEnd) {
  Desk desk;
  desk.rules.resize(2);
  desk.learns();
  desk.time(kEvent + Minutes{60});
  desk.reports({}, kEvent + Minutes{61});
  desk.follow(on_ended(desk.clocks, "closed"), kEvent + Minutes{62});
  for (const Leg leg : {Leg::kPhone, Leg::kWritten})
    EXPECT_TRUE(decide(desk.clocks, desk.only(leg).started.clock, Explain{"why"}).ok());
}

TEST(Explaining, IsNotAskedForWhereTheCallWasMadeInTimeAndNotedLater) {
  Desk desk;
  desk.rules.resize(1);
  desk.learns();
  desk.time(kEvent + Minutes{20});
  desk.reports({}, kEvent + Minutes{19});
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kMet);
  EXPECT_EQ(decide(desk.clocks, desk.only(Leg::kPhone).started.clock, Explain{"why"}).error().code, "clock.not_late");
}

TEST(Fitting, SpeaksOfClocksThatRun) {
  Desk desk;
  EXPECT_FALSE(fits(desk.clocks, "I1", "city", Reminded{"c1", 50}));
  desk.learns();
  const Started started = desk.only(Leg::kPhone).started;
  EXPECT_TRUE(fits(desk.clocks, "I1", "city", Reminded{started.clock, 50}));
  EXPECT_FALSE(fits(desk.clocks, "I1", "city", started)) << "it runs already";
  Started next = started;
  next.clock = "other";
  EXPECT_TRUE(fits(desk.clocks, "I1", "city", next));
  EXPECT_FALSE(fits(desk.clocks, "I1", "county", next));
  next.due_at = next.starts_at - Minutes{1};
  EXPECT_FALSE(fits(desk.clocks, "I1", "city", next));
}

}  // namespace
}  // namespace anlan::clock
