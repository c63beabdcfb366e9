#include "domain/clock/desk_fixture.h"

namespace anlan::clock {
namespace {

using grade::Grade;
using report::Kind;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Rule for_larger(Rule r, std::int64_t minutes) {
  r.id = "larger-" + r.id;
  r.grade_at_least = Grade::kLarger;
  r.minutes = minutes;
  return r;
}

struct Course : Desk {
  void graded(Grade grade, Instant at) {
    situation.grade = grade;
    follow(on_graded(clocks, situation, rules, at, new_id()), at);
  }
  void corrected(Instant at) { follow(on_corrected(clocks, situation, rules, at, new_id()), at); }
  void resumed(Instant at) { follow(on_resumed(clocks, situation, rules, at, new_id()), at); }
  std::vector<Instant> owed(Leg leg) const {
    std::vector<Instant> due;
    for (const Clock* c : of(leg))
      if (c->pending()) due.push_back(c->started.due_at);
    return due;
  }
};

TEST(WhenGraded, AStricterRuleCountsFromThenAndTakesTheRunningClocksPlace) {
  Course desk;
  desk.rules.push_back(for_larger(desk.rules[1], 10));
  desk.learns();
  desk.graded(Grade::kLarger, kLearnt + Minutes{3});
  EXPECT_THAT(desk.owed(Leg::kWritten), ElementsAre(kLearnt + Minutes{13}));
  const auto written = desk.of(Leg::kWritten);
  ASSERT_THAT(written, SizeIs(2));
  EXPECT_EQ(written[0]->state, State::kReleased);
  EXPECT_EQ(written[1]->started.basis, Basis::kGraded);
  EXPECT_EQ(written[1]->started.rule.id, "larger-written");
  EXPECT_THAT(desk.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{20})) << "no stricter rule: left alone";
}

TEST(WhenGraded, ARuleThatIsDueLaterChangesNothing) {
  Course desk;
  desk.rules.push_back(for_larger(desk.rules[1], 39));
  desk.learns();
  desk.graded(Grade::kLarger, kLearnt);
  EXPECT_THAT(desk.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{40}));
}

TEST(WhenGraded, WhatWasReportedIsNotAskedAgainAndTheNextFollowUpComesSooner) {
  Course desk;
  desk.rules.push_back(for_larger(desk.rules[1], 10));
  desk.rules.push_back(for_larger(desk.rules[2], 60));
  desk.learns();
  desk.reports(Kind::kFirst, kLearnt + Minutes{10});
  desk.graded(Grade::kLarger, kLearnt + Minutes{20});
  EXPECT_THAT(desk.owed(Leg::kWritten), IsEmpty());
  EXPECT_THAT(desk.owed(Leg::kFollowUp), ElementsAre(kLearnt + Minutes{80}));
}

TEST(WhenGraded, AFollowUpThatOnlyTheGradeAsksForStartsOnceThereIsAReportToFollow) {
  Course desk;
  desk.rules[2] = for_larger(desk.rules[2], 60);
  desk.learns();
  desk.graded(Grade::kLarger, kLearnt + Minutes{1});
  EXPECT_THAT(desk.owed(Leg::kFollowUp), IsEmpty());
  Course later;
  later.rules = desk.rules;
  later.learns();
  later.reports(Kind::kFirst, kLearnt + Minutes{10});
  later.graded(Grade::kLarger, kLearnt + Minutes{20});
  EXPECT_THAT(later.owed(Leg::kFollowUp), ElementsAre(kLearnt + Minutes{80}));
}

TEST(WhenGraded, ALapseStaysALapse) {
  Course desk;
  desk.rules.push_back(for_larger(desk.rules[0], 5));
  desk.learns();
  desk.time(kEvent + Minutes{20});
  desk.graded(Grade::kLarger, kEvent + Minutes{30});
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kOverdue);
}

TEST(WhenGraded, AMilderGradeReleasesNothing) {
  Course desk;
  desk.rules.push_back(for_larger(desk.rules[1], 10));
  desk.situation.grade = Grade::kMajor;
  desk.learns();
  desk.graded(Grade::kOrdinary, kLearnt + Minutes{1});
  EXPECT_EQ(desk.only(Leg::kWritten).started.rule.id, "larger-written");
}

TEST(WhenCorrected, TheEventsTimeMovesWhatPendsAndIsNoLongerAssumed) {
  Course desk;
  desk.situation.occurred_at.reset();
  desk.learns();
  desk.reports({}, kLearnt + Minutes{1});
  desk.situation.occurred_at = kEvent;
  desk.corrected(kLearnt + Minutes{5});
  const auto written = desk.of(Leg::kWritten);
  ASSERT_THAT(written, SizeIs(2));
  EXPECT_EQ(written[0]->state, State::kReleased);
  EXPECT_EQ(written[1]->started.due_at, kEvent + Minutes{40});
  EXPECT_FALSE(written[1]->started.assumed);
  EXPECT_EQ(written[1]->started.rule.id, "written");
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kMet) << "what was met stays as it was judged";
}

TEST(WhenCorrected, TheFrozenRuleStaysThoughItWasChangedMeanwhile) {
  Course desk;
  desk.learns();
  desk.rules[1].minutes = 5;
  desk.situation.occurred_at = kEvent + Minutes{2};
  desk.corrected(kLearnt + Minutes{5});
  EXPECT_THAT(desk.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{42}));
}

TEST(WhenCorrected, NothingHappensWhereNothingThatClocksLookAtHasChanged) {
  Course desk;
  desk.learns();
  EXPECT_THAT(on_corrected(desk.clocks, desk.situation, desk.rules, kLearnt, desk.new_id()), IsEmpty());
}

TEST(WhenCorrected, AKindWithRulesOfItsOwnIsTreatedAsIfItHadBeenKnown) {
  Course desk;
  Rule chemical = rule("chemical", Leg::kWritten, Basis::kEvent, 30, SatisfiedBy::kWrittenReport);
  chemical.event = "12D";
  Rule final_report = rule("final", Leg::kFinal, Basis::kEvent, 600, SatisfiedBy::kFinalReport);
  final_report.event = "12D";
  desk.rules.insert(desk.rules.end(), {chemical, final_report});
  desk.situation.event = "12G04";
  desk.learns();
  desk.situation.event = "12D02";
  desk.corrected(kLearnt + Minutes{5});
  EXPECT_THAT(desk.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{30}));
  EXPECT_THAT(desk.owed(Leg::kFinal), ElementsAre(kEvent + Minutes{600}));
  EXPECT_EQ(desk.only(Leg::kFinal).started.basis, Basis::kEvent);
}

TEST(WhenResumed, WhatWasReleasedIsOwedAgainAndSoIsTheNextFollowUp) {
  Course desk;
  desk.learns();
  desk.reports({}, kLearnt + Minutes{1});
  desk.reports(Kind::kFirst, kLearnt + Minutes{2});
  desk.asked(kLearnt + Minutes{3});
  desk.follow(on_ended(desk.clocks, "closed"), kLearnt + Minutes{10});
  desk.resumed(kLearnt + Minutes{20});
  EXPECT_THAT(desk.owed(Leg::kPhone), IsEmpty()) << "was met";
  EXPECT_THAT(desk.owed(Leg::kWritten), IsEmpty()) << "was met";
  EXPECT_THAT(desk.owed(Leg::kFollowUp), ElementsAre(kLearnt + Minutes{132})) << "112 minutes were left";
  EXPECT_THAT(desk.owed(Leg::kVerify), ElementsAre(kLearnt + Minutes{43})) << "23 minutes were left";
  EXPECT_EQ(desk.of(Leg::kFollowUp).back()->started.basis, Basis::kResumed);
}

TEST(WhenResumed, ALapseStaysALapseWithItsReason) {
  Course desk;
  desk.learns();
  desk.time(kEvent + Minutes{20});
  desk.follow(decide(desk.clocks, desk.only(Leg::kPhone).started.clock, Explain{"the line was cut"}).value(), kEvent);
  desk.follow(on_ended(desk.clocks, "closed"), kEvent + Minutes{25});
  desk.resumed(kEvent + Minutes{30});
  EXPECT_THAT(desk.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{20}));
  EXPECT_EQ(desk.of(Leg::kPhone).back()->reason, "the line was cut");
  EXPECT_THAT(desk.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{45})) << "15 minutes were left";
}

TEST(WhenResumed, AFinalReportThatTheGradeAsksForMeanwhileIsOwed) {
  Course desk;
  desk.learns();
  desk.reports(Kind::kFirst, kLearnt + Minutes{2});
  desk.reports(Kind::kFinal, kLearnt + Minutes{30});
  desk.rules.push_back(rule("final", Leg::kFinal, Basis::kEvent, 600, SatisfiedBy::kFinalReport));
  desk.resumed(kLearnt + Minutes{40});
  EXPECT_THAT(desk.owed(Leg::kFinal), ElementsAre(kLearnt + Minutes{640}));
}

TEST(WhenResumed, AFinalReportIsOwedAgain) {
  Course desk;
  desk.rules.push_back(rule("final", Leg::kFinal, Basis::kEvent, 600, SatisfiedBy::kFinalReport));
  desk.learns();
  desk.reports(Kind::kFirst, kLearnt + Minutes{2});
  desk.reports(Kind::kFinal, kLearnt + Minutes{30});
  EXPECT_THAT(desk.owed(Leg::kFinal), IsEmpty());
  desk.resumed(kLearnt + Minutes{40});
  EXPECT_THAT(desk.owed(Leg::kFinal), ElementsAre(kLearnt + Minutes{640}));
  EXPECT_THAT(desk.owed(Leg::kFollowUp), ElementsAre(kLearnt + Minutes{160}));
}

TEST(WhenMerged, TheEarlierMomentOfEachLegCountsAndWhatWasMetIsNotAskedAgain) {
  Course ended, into;
  ended.learns();
  ended.reports({}, kLearnt);
  into.situation.incident = "I2";
  into.situation.occurred_at = kEvent + Minutes{10};
  const auto follow = [&] {
    into.follow(on_merged(into.clocks, ended.clocks, into.situation, into.rules, kLearnt,
                          [n = 0]() mutable { return "m" + std::to_string(++n); }),
                kLearnt);
  };
  follow();  // a party that learns of it by the merging
  EXPECT_THAT(into.of(Leg::kPhone), IsEmpty());
  EXPECT_THAT(into.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{40}));
  EXPECT_EQ(into.only(Leg::kWritten).started.incident, "I2");

  into.clocks = {};
  into.learns();
  follow();
  EXPECT_THAT(into.owed(Leg::kPhone), IsEmpty()) << "was reported by telephone there";
  EXPECT_THAT(into.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{40}));
}

// What another incident, taken down later or of a later event, has reported wins no time for this one.
struct Merging {
  Course ended, into;
  Merging() { into.situation.incident = "I2"; }
  void merge(Instant at) {
    into.follow(on_merged(into.clocks, ended.clocks, into.situation, into.rules, at,
                          [n = 0]() mutable { return "m" + std::to_string(++n); }),
                at);
  }
};

TEST(WhenMerged, WhatHasLapsedStaysOwedWhateverTheOtherReported) {
  Merging m;
  m.into.learns();
  m.into.time(kEvent + Minutes{40});
  m.ended.situation.occurred_at = kEvent + Minutes{41};
  m.ended.learns();
  m.ended.reports({}, kEvent + Minutes{42});
  m.ended.reports(Kind::kFirst, kEvent + Minutes{43});
  m.ended.reports(Kind::kFinal, kEvent + Minutes{44});
  m.merge(kEvent + Minutes{45});
  EXPECT_THAT(m.into.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{20}));
  EXPECT_THAT(m.into.owed(Leg::kWritten), ElementsAre(kEvent + Minutes{40}));
  EXPECT_EQ(m.into.only(Leg::kPhone).state, State::kOverdue);
}

TEST(WhenMerged, AFollowUpIsOwedWhereTheOtherWasReportedToItsEnd) {
  Merging m;
  m.into.learns();
  m.ended.learns();
  m.ended.reports({}, kLearnt + Minutes{1});
  m.ended.reports(Kind::kFirst, kLearnt + Minutes{2});
  m.ended.reports(Kind::kFinal, kLearnt + Minutes{3});
  m.merge(kLearnt + Minutes{4});
  EXPECT_THAT(m.into.owed(Leg::kPhone), IsEmpty());
  EXPECT_THAT(m.into.owed(Leg::kWritten), IsEmpty());
  EXPECT_THAT(m.into.owed(Leg::kFollowUp), ElementsAre(kLearnt + Minutes{124}));
  EXPECT_EQ(m.into.only(Leg::kFollowUp).started.basis, Basis::kResumed);
  m.into.follow(on_ended(m.into.clocks, "closed"), kLearnt + Minutes{5});
  m.into.resumed(kLearnt + Minutes{6});
  EXPECT_THAT(m.into.owed(Leg::kPhone), IsEmpty()) << "was reported there";
}

TEST(WhenMerged, WhoJoinsCountsFromTheEarlierEvent) {
  Merging m;
  m.ended.situation.occurred_at = kEvent + Minutes{10};
  m.ended.learns();
  m.merge(kLearnt);
  EXPECT_THAT(m.into.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{20}));
}

TEST(WhenMerged, AnotherRuleAsksForAnotherReport) {
  Merging m;
  m.ended.learns();
  m.ended.reports({}, kLearnt + Minutes{1});
  m.into.rules.push_back(rule("strict", Leg::kPhone, Basis::kEvent, 15, SatisfiedBy::kPhoneReport));
  m.into.learns();
  m.merge(kLearnt + Minutes{2});
  EXPECT_THAT(m.into.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{15}));
}

TEST(WhenResumed, EndingAndResumingWinsNoTime) {
  Course desk;
  desk.learns();
  desk.follow(on_ended(desk.clocks, "closed"), kEvent + Minutes{19});
  desk.resumed(kEvent + Minutes{19});
  EXPECT_THAT(desk.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{20}));
  desk.follow(on_ended(desk.clocks, "closed"), kEvent + Minutes{19});
  desk.resumed(kEvent + Minutes{50});
  EXPECT_THAT(desk.owed(Leg::kPhone), ElementsAre(kEvent + Minutes{51})) << "a minute was left";
}

TEST(WhenMerged, ALapseAndItsReasonGoOn) {
  Course ended, into;
  ended.learns();
  ended.time(kEvent + Minutes{20});
  const std::string phone = ended.only(Leg::kPhone).started.clock;
  ended.follow(decide(ended.clocks, phone, Explain{"the line was cut"}).value(), kEvent + Minutes{21});
  into.follow(on_merged(into.clocks, ended.clocks, into.situation, into.rules, kLearnt, into.new_id()), kLearnt);
  EXPECT_EQ(into.only(Leg::kPhone).started.due_at, kEvent + Minutes{20});
  EXPECT_EQ(into.only(Leg::kPhone).reason, "the line was cut");
}

TEST(WhenTakenOver, TheNewOwnerOwesWhatItNeverReportedCountedFromThen) {
  Desk desk;
  const Instant at = kEvent + Minutes{90};
  desk.follow(on_taken_over(desk.clocks, desk.situation, desk.rules, at, true, desk.new_id()), at);
  EXPECT_EQ(desk.only(Leg::kPhone).started.due_at, at + Minutes{20});
  EXPECT_EQ(desk.only(Leg::kWritten).started.basis, Basis::kTakenOver);
  EXPECT_TRUE(desk.of(Leg::kFollowUp).empty());
}

TEST(WhenTakenOver, WhoStandsAboveStartsNothingNew) {
  Desk desk;
  EXPECT_TRUE(on_taken_over(desk.clocks, desk.situation, desk.rules, kLearnt, false, desk.new_id()).empty());
}

TEST(WhenTakenOver, WhatWasHandedOverGoesOnWithWhatWasLeftOfItsTime) {
  Desk desk;
  desk.learns();
  desk.reports(std::nullopt, kEvent + Minutes{10});
  desk.follow(on_ended(desk.clocks, "handed_over"), kEvent + Minutes{30});
  EXPECT_TRUE(desk.clocks.handed_over());
  EXPECT_TRUE(on_resumed(desk.clocks, desk.situation, desk.rules, kEvent + Minutes{40}, desk.new_id()).empty())
      << "reopening is the new owner's";
  const Instant back = kEvent + Minutes{60};
  desk.follow(on_taken_over(desk.clocks, desk.situation, desk.rules, back, true, desk.new_id()), back);
  EXPECT_FALSE(desk.clocks.handed_over());
  ASSERT_EQ(desk.of(Leg::kWritten).size(), 2u);
  EXPECT_EQ(desk.of(Leg::kWritten).back()->started.due_at, back + Minutes{10});
  EXPECT_EQ(desk.only(Leg::kPhone).state, State::kMet);
}

TEST(WhenTakenOver, ALapseStaysALapse) {
  Desk desk;
  desk.learns();
  desk.time(kEvent + Minutes{50});
  desk.follow(on_ended(desk.clocks, "handed_over"), kEvent + Minutes{60});
  const Instant back = kEvent + Minutes{90};
  desk.follow(on_taken_over(desk.clocks, desk.situation, desk.rules, back, true, desk.new_id()), back);
  EXPECT_EQ(desk.of(Leg::kWritten).back()->started.due_at, kEvent + Minutes{40});
}

}  // namespace
}  // namespace anlan::clock
