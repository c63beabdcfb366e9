#include "domain/incident/incident.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace anlan::incident {
namespace {

using grade::Grade;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant kNow = from_china_time(2026, 11, 23, 14, 2);
const Instant kLearnt = kNow - Minutes{5};
const account::Actor kDesk{"duty1", "p1", "", "city", {account::Role::kDutyOfficer}};
const account::Actor kOther{"other", "p2", "", "county", {account::Role::kCountyOfficer}};

Findings found() {
  Findings f;
  f.number = "2026-0001";
  f.type_name = "leak";
  f.division_name = "Yangkou";
  f.division_point = LngLat{118.9, 37.2};
  return f;
}

TakeDown call() {
  TakeDown c;
  c.type = "12D02";
  c.division = "370783115";
  c.summary = "a hose burst";
  return c;
}

void follow(Incident& i, const Facts& facts) {
  for (const Fact& fact : facts.value()) apply(i, fact, kNow);
}

Incident taken_down(const TakeDown& c = call(), const Findings& f = found()) {
  Incident i;
  i.id = "I1";
  follow(i, decide(c, kDesk, f, kNow));
  return i;
}

StateFigures figures(std::optional<std::int64_t> dead, std::optional<std::int64_t> injured, bool adopt = true) {
  StateFigures c;
  c.figures.dead = dead;
  c.figures.injured = injured;
  c.source = "site";
  c.adopt = adopt;
  return c;
}

Findings proposing(Grade grade) {
  Findings f;
  f.proposal = GradeProposal{grade, "dead", "decree-493", "493"};
  return f;
}

template <class Decided>
std::string code_of(const Decided& facts) {
  return facts.ok() ? "accepted" : facts.error().code;
}
template <class Decided>
std::string field_of(const Decided& facts) {
  return facts.ok() ? "accepted" : facts.error().field;
}

TEST(TakingDown, NeedsOnlyKindPlaceAndSummary) {
  const Incident i = taken_down();
  EXPECT_EQ(i.now.number, "2026-0001");
  EXPECT_EQ(i.now.title, "Yangkouleak");
  EXPECT_EQ(i.now.organisation, "city");
  EXPECT_EQ(i.now.learnt_at, kNow);
  EXPECT_FALSE(i.now.occurred_at.has_value());
  EXPECT_EQ(i.now.source, SourceKind::kPhone);
  EXPECT_EQ(i.now.place.point, (LngLat{118.9, 37.2}));
  EXPECT_EQ(i.now.grade, Grade::kUngraded);
  EXPECT_EQ(i.state, State::kOpen);
}

TEST(TakingDown, TitlesAnIncidentByItsUnitWhereOneIsNamed) {
  TakeDown c = call();
  c.unit = "Lubo";
  EXPECT_EQ(taken_down(c).now.title, "Luboleak");
  c.title = "Chlorine";
  EXPECT_EQ(taken_down(c).now.title, "Chlorine");
}

TEST(TakingDown, RefusesATimeInTheFutureBeyondWhatServerClocksDiffer) {
  TakeDown c = call();
  c.occurred_at = kNow + kFutureTolerance;
  EXPECT_TRUE(decide(c, kDesk, found(), kNow).ok());
  c.occurred_at = kNow + kFutureTolerance + Milliseconds{1};
  const auto refused = decide(c, kDesk, found(), kNow);
  EXPECT_EQ(code_of(refused), "time.future");
  EXPECT_EQ(field_of(refused), "occurred_at");
}

TEST(TakingDown, RefusesAnEventOfLongAgo) {
  TakeDown c = call();
  c.occurred_at = kNow - kOldestEvent;
  EXPECT_TRUE(decide(c, kDesk, found(), kNow).ok());
  c.occurred_at = kNow - kOldestEvent - Milliseconds{1};
  EXPECT_EQ(code_of(decide(c, kDesk, found(), kNow)), "time.too_early");
  EXPECT_EQ(field_of(decide(c, kDesk, found(), kNow)), "occurred_at");
}

TEST(TakingDown, MayComeAfterLearningButNotBeforeTheEvent) {
  TakeDown c = call();
  c.occurred_at = kNow - Minutes{9};
  c.learnt_at = kNow - Minutes{5};
  EXPECT_EQ(taken_down(c).now.learnt_at, kNow - Minutes{5});
  c.learnt_at = kNow - Minutes{10};
  EXPECT_EQ(code_of(decide(c, kDesk, found(), kNow)), "time.too_early");
  EXPECT_EQ(field_of(decide(c, kDesk, found(), kNow)), "learnt_at");
  c.learnt_at = kNow + Minutes{2};
  EXPECT_EQ(code_of(decide(c, kDesk, found(), kNow)), "time.future");
}

TEST(TakingDown, OfACandidateWasLearntOfWhenItCameInUnlessTheEventCameLater) {
  Findings f = found();
  f.received_at = kNow - Minutes{20};
  TakeDown c = call();
  EXPECT_EQ(taken_down(c, f).now.learnt_at, kNow - Minutes{20});
  c.occurred_at = kNow - Minutes{5};
  EXPECT_EQ(taken_down(c, f).now.learnt_at, kNow - Minutes{5}) << "it had warned of it";
}

TEST(TakingDown, RefusesAnEmptySummary) {
  TakeDown c = call();
  c.summary.clear();
  EXPECT_EQ(code_of(decide(c, kDesk, found(), kNow)), "text.empty");
  EXPECT_EQ(field_of(decide(c, kDesk, found(), kNow)), "summary");
}

TEST(TakingDown, TakesTheProposedGradeUntilAPersonNamesOne) {
  const Incident proposed = taken_down(call(), [] {
    Findings f = found();
    f.proposal = GradeProposal{Grade::kLarger, "dead", "decree-493", "493"};
    return f;
  }());
  EXPECT_EQ(proposed.now.grade, Grade::kLarger);
  EXPECT_FALSE(proposed.now.grade_confirmed);
  TakeDown c = call();
  c.grade = Grade::kMajor;
  EXPECT_EQ(taken_down(c).now.grade, Grade::kMajor);
  EXPECT_TRUE(taken_down(c).now.grade_confirmed);
}

TEST(TakingDown, FromACandidateSaysSo) {
  TakeDown c = call();
  c.candidate = "C1";
  EXPECT_EQ(taken_down(c).now.source, SourceKind::kCandidate);
}

TEST(Figures, LeaveUnsaidItemsAsTheyWere) {
  grade::Figures base, said;
  base.dead = 1;
  base.injured = 3;
  said.injured = 9;
  said.loss_yuan = 100000;
  const grade::Figures result = overlaid(base, said);
  EXPECT_EQ(result.dead, 1);
  EXPECT_EQ(result.injured, 9);
  EXPECT_EQ(result.loss_yuan, 100000);
  EXPECT_FALSE(result.missing.has_value());
}

TEST(Figures, OfSeveralSourcesStandSideBySideAndOneIsTheHeadline) {
  Incident i = taken_down();
  follow(i, decide(i, figures(1, 9), kDesk, {}, kNow));
  follow(i, decide(i, figures(1, 12, false), kDesk, {}, kNow));
  ASSERT_THAT(i.statements, SizeIs(2));
  EXPECT_TRUE(i.statements[0].adopted);
  EXPECT_FALSE(i.statements[1].adopted);
  EXPECT_EQ(i.now.figures.injured, 9);
  EXPECT_EQ(i.statements[1].figures.injured, 12);
  EXPECT_EQ(i.statements[1].at, kNow);
}

TEST(Figures, OfAnIncidentWithoutAnyAreNoStatement) {
  EXPECT_THAT(taken_down().statements, IsEmpty());
  TakeDown c = call();
  c.injured = 3;
  ASSERT_THAT(taken_down(c).statements, SizeIs(1));
  EXPECT_EQ(taken_down(c).statements[0].figures.injured, 3);
}

TEST(Figures, MustSayWhoStatesThemAndSomething) {
  const Incident i = taken_down();
  StateFigures c = figures(1, {});
  c.source.clear();
  EXPECT_EQ(field_of(decide(i, c, kDesk, {}, kNow)), "source");
  EXPECT_EQ(code_of(decide(i, figures({}, {}), kDesk, {}, kNow)), "figures.none");
  c = figures(1, {});
  c.at = kNow + Minutes{2};
  EXPECT_EQ(code_of(decide(i, c, kDesk, {}, kNow)), "time.future");
}

TEST(Grading, FollowsTheFiguresUntilAPersonConfirmsIt) {
  Incident i = taken_down();
  follow(i, decide(i, figures(3, {}), kDesk, proposing(Grade::kLarger), kNow));
  EXPECT_EQ(i.now.grade, Grade::kLarger);
  follow(i, decide(i, SetGrade{Grade::kMajor, "many missing"}, kDesk));
  EXPECT_EQ(i.now.grade, Grade::kMajor);
  EXPECT_EQ(i.grade_reason, "many missing");
  follow(i, decide(i, figures(30, {}), kDesk, proposing(Grade::kExtraMajor), kNow));
  EXPECT_EQ(i.now.grade, Grade::kMajor);
  ASSERT_TRUE(i.now.proposal.has_value());
  EXPECT_EQ(i.now.proposal->grade, Grade::kExtraMajor);
}

TEST(Grading, IsNotMovedByFiguresThatNobodyAdopted) {
  Incident i = taken_down();
  follow(i, decide(i, figures(30, {}, false), kDesk, {}, kNow));
  EXPECT_EQ(i.now.grade, Grade::kUngraded);
  EXPECT_FALSE(i.now.figures.dead.has_value());
}

TEST(Grading, NeedsAReason) { EXPECT_EQ(code_of(decide(taken_down(), SetGrade{}, kDesk)), "text.empty"); }

TEST(Correcting, ChangesOnlyWhatIsNamed) {
  TakeDown c = call();
  c.address = "Weiyi road";
  Incident i = taken_down(c);
  Correct correction;
  correction.reason = "the caller was mistaken";
  correction.address = "Weier road";
  correction.occurred_at = kNow - Minutes{7};
  follow(i, decide(i, correction, kDesk, kNow));
  EXPECT_EQ(i.now.place.address, "Weier road");
  EXPECT_EQ(i.now.place.division, "370783115");
  EXPECT_EQ(i.now.occurred_at, kNow - Minutes{7});
  EXPECT_EQ(i.now.summary, "a hose burst");
}

TEST(Correcting, MovesThePointAwayWithTheDivision) {
  Incident i = taken_down();
  Correct correction;
  correction.reason = "another town";
  correction.division = "370784100";
  follow(i, decide(i, correction, kDesk, kNow));
  EXPECT_EQ(i.now.place.division, "370784100");
  EXPECT_FALSE(i.now.place.point.has_value()) << "the old division's point would be a lie";
}

TEST(Correcting, NeedsAReasonAndAChangeAndTextWhereTextIsNeeded) {
  const Incident i = taken_down();
  Correct c;
  EXPECT_EQ(field_of(decide(i, c, kDesk, kNow)), "reason");
  c.reason = "r";
  EXPECT_EQ(code_of(decide(i, c, kDesk, kNow)), "correction.none");
  c.title = "";
  EXPECT_EQ(field_of(decide(i, c, kDesk, kNow)), "title");
  c.title = "t";
  c.summary = "";
  EXPECT_EQ(field_of(decide(i, c, kDesk, kNow)), "summary");
  c.summary.reset();
  c.occurred_at = kNow + Minutes{5};
  EXPECT_EQ(field_of(decide(i, c, kDesk, kNow)), "occurred_at");
}

TEST(Correcting, OfWhatIsSoAlreadyIsNone) {
  const Incident i = taken_down();
  Correct c;
  c.reason = "r";
  c.summary = i.now.summary;
  c.division = i.now.place.division;
  c.type = i.now.type;
  c.learnt_at = i.now.learnt_at;
  EXPECT_EQ(code_of(decide(i, c, kDesk, kNow)), "correction.none");
  c.title = "t";
  const auto facts = decide(i, c, kDesk, kNow);
  ASSERT_TRUE(facts.ok());
  const auto& f = std::get<Corrected>(facts->front());
  EXPECT_EQ(f.title, "t");
  EXPECT_FALSE(f.summary || f.place || f.type || f.learnt_at);
}

TEST(Correcting, LeavesLearningBeforeTheFirstReport) {
  const Incident i = taken_down();
  Findings found;
  found.first_report = kLearnt + Minutes{1};
  Correct c;
  c.reason = "r";
  c.learnt_at = kLearnt + Minutes{1} + std::chrono::seconds{30};
  EXPECT_TRUE(decide(i, c, kDesk, kNow, found).ok()) << "within the minute";
  c.learnt_at = kLearnt + Minutes{2};
  EXPECT_EQ(code_of(decide(i, c, kDesk, kNow, found)), "time.after_report");
  EXPECT_TRUE(decide(i, c, kDesk, kNow).ok()) << "nothing was reported";
}

TEST(Phoning, IsNotedWithWhoAnsweredAndWhen) {
  const Incident i = taken_down();
  const ReportByPhone c{"province", "officer", "said", kNow - Minutes{3}};
  Parties p;
  apply(p, decide(i, c, kDesk, kLearnt, false, kNow).value().front(), kNow);
  ASSERT_THAT(p.calls, SizeIs(1));
  EXPECT_EQ(p.calls[0].from, kDesk.organisation);
  EXPECT_EQ(p.calls[0].report.at, kNow - Minutes{3});
  EXPECT_EQ(p.calls[0].report.answered_by, "officer");
}

TEST(Phoning, IsRefusedWithoutAnAnswerAheadOfTimeOrBeforeLearning) {
  const Incident i = taken_down();
  EXPECT_EQ(field_of(decide(i, ReportByPhone{"province", "", {}, {}}, kDesk, kLearnt, false, kNow)), "answered_by");
  EXPECT_EQ(code_of(decide(i, ReportByPhone{"province", "o", {}, kNow + Minutes{2}}, kDesk, kLearnt, false, kNow)),
            "time.future");
  const Instant within_the_minute = kLearnt + std::chrono::seconds{30};
  EXPECT_TRUE(decide(i, ReportByPhone{"province", "o", {}, kLearnt}, kDesk, within_the_minute, false, kNow).ok());
  EXPECT_EQ(code_of(decide(i, ReportByPhone{"province", "o", {}, kLearnt - Milliseconds{1}}, kDesk, within_the_minute,
                           false, kNow)),
            "time.too_early");
}

TEST(Phoning, IsRefusedOnAnEndedIncident) {
  Incident i = taken_down();
  const ReportByPhone c{"province", "o", {}, {}};
  i.state = State::kClosed;
  EXPECT_EQ(code_of(decide(i, c, kDesk, kLearnt, false, kNow)), "incident.closed");
  i.state = State::kMerged;
  EXPECT_EQ(code_of(decide(i, c, kDesk, kLearnt, false, kNow)), "incident.merged");
  EXPECT_EQ(code_of(decide(Incident{}, c, kDesk, kLearnt, false, kNow)), "incident.unknown");
}

TEST(Phoning, GoesOnOnAClosedIncidentForWhoStillOwes) {
  Incident i = taken_down();
  const ReportByPhone c{"province", "o", {}, {}};
  i.state = State::kClosed;
  EXPECT_TRUE(decide(i, c, kDesk, kLearnt, true, kNow).ok());
  i.state = State::kMerged;
  EXPECT_EQ(code_of(decide(i, c, kDesk, kLearnt, true, kNow)), "incident.merged");
}

TEST(Closing, NeedsAReasonAndNoOpenInstruction) {
  Incident i = taken_down();
  EXPECT_EQ(code_of(decide(i, Close{}, kDesk, false)), "text.empty");
  EXPECT_EQ(code_of(decide(i, Close{"over"}, kDesk, true)), "incident.instructions_open");
  follow(i, decide(i, Close{"over"}, kDesk, false));
  EXPECT_EQ(i.state, State::kClosed);
}

TEST(Closing, StopsEveryWorkUntilItIsReopened) {
  Incident i = taken_down();
  follow(i, decide(i, Close{"over"}, kDesk, false));
  Correct correction;
  correction.reason = "r";
  correction.title = "t";
  EXPECT_EQ(code_of(decide(i, figures(1, {}), kDesk, {}, kNow)), "incident.closed");
  EXPECT_EQ(code_of(decide(i, correction, kDesk, kNow)), "incident.closed");
  EXPECT_EQ(code_of(decide(i, SetGrade{Grade::kMajor, "r"}, kDesk)), "incident.closed");
  EXPECT_EQ(code_of(decide(i, Close{"again"}, kDesk, false)), "incident.closed");
  EXPECT_EQ(code_of(decide(i, Reopen{}, kDesk)), "text.empty");
  EXPECT_EQ(code_of(decide(i, Reopen{"flared up"}, kOther)), "incident.not_owner");
  follow(i, decide(i, Reopen{"flared up"}, kDesk));
  EXPECT_EQ(i.state, State::kOpen);
  EXPECT_EQ(code_of(decide(i, Reopen{"r"}, kDesk)), "incident.not_closed");
}

TEST(Owner, AloneWorksOnItsIncident) {
  const Incident i = taken_down();
  Correct correction;
  correction.reason = "r";
  correction.title = "t";
  EXPECT_EQ(code_of(decide(i, figures(1, {}), kOther, {}, kNow)), "incident.not_owner");
  EXPECT_EQ(code_of(decide(i, correction, kOther, kNow)), "incident.not_owner");
  EXPECT_EQ(code_of(decide(i, SetGrade{Grade::kMajor, "r"}, kOther)), "incident.not_owner");
  EXPECT_EQ(code_of(decide(i, Close{"r"}, kOther, false)), "incident.not_owner");
  EXPECT_EQ(decide(i, Close{"r"}, kOther, false).error().kind, RefusalKind::kForbidden);
}

TEST(Unknown, IncidentIsNotFoundWhateverIsAsked) {
  const Incident none;
  EXPECT_EQ(code_of(decide(none, figures(1, {}), kDesk, {}, kNow)), "incident.unknown");
  EXPECT_EQ(code_of(decide(none, Note{"n"})), "incident.unknown");
  EXPECT_EQ(code_of(decide(none, Reopen{"r"}, kDesk)), "incident.unknown");
  EXPECT_EQ(decide(none, Note{"n"}).error().kind, RefusalKind::kNotFound);
}

TEST(Noting, NeedsText) {
  EXPECT_EQ(code_of(decide(taken_down(), Note{})), "text.empty");
  EXPECT_TRUE(decide(taken_down(), Note{"wind turns"}).ok());
}

TEST(Merging, EndsTheOneAndNamesTheOther) {
  Incident i = taken_down();
  Incident into = taken_down();
  into.id = "I2";
  follow(i, decide(i, into, Merge{"I2", "same leak"}, kDesk));
  EXPECT_EQ(i.state, State::kMerged);
  EXPECT_EQ(i.merged_into, "I2");
  EXPECT_EQ(code_of(decide(i, Close{"r"}, kDesk, false)), "incident.merged");
  EXPECT_EQ(code_of(decide(i, Reopen{"r"}, kDesk)), "incident.not_closed");
}

TEST(Merging, NeedsAnotherOpenIncidentAndAReason) {
  const Incident i = taken_down();
  Incident into = taken_down();
  EXPECT_EQ(code_of(decide(i, into, Merge{"I1", "r"}, kDesk)), "incident.merge_self");
  into.id = "I2";
  EXPECT_EQ(code_of(decide(i, into, Merge{"I2", ""}, kDesk)), "text.empty");
  into.state = State::kClosed;
  EXPECT_EQ(code_of(decide(i, into, Merge{"I2", "r"}, kDesk)), "incident.merge_ended");
  EXPECT_EQ(code_of(decide(i, Incident{}, Merge{"I3", "r"}, kDesk)), "incident.unknown");
  EXPECT_EQ(code_of(decide(i, into, Merge{"I2", "r"}, kOther)), "incident.not_owner");
}

TEST(Parties, AreKeptInTheOrderOfJoining) {
  Parties p;
  apply(p, Joined{"I1", "town", "taken_down", {}}, kNow);
  apply(p, Joined{"I1", "county", "phone", kNow - Minutes{2}}, kNow);
  ASSERT_THAT(p.members, SizeIs(2));
  EXPECT_EQ(p.members[0].organisation, "town");
  EXPECT_EQ(p.members[0].since, kNow);
  ASSERT_NE(p.find("county"), nullptr);
  EXPECT_EQ(p.find("county")->since, kNow - Minutes{2}) << "the call was made before it was noted";
  EXPECT_EQ(p.find("city"), nullptr);
}

TEST(Fitting, BeginsWithItsOpeningAndEndsInAnotherOneOnce) {
  const Fact opened = decide(call(), kDesk, found(), kNow).value().front();
  Incident i;
  EXPECT_TRUE(fits(i, "I1", opened, true));
  EXPECT_FALSE(fits(i, "I1", Closed{"r"}, true));
  EXPECT_FALSE(fits(i, "I1", Opened{}, true)) << "without number and owner it is none";
  i = taken_down();
  EXPECT_FALSE(fits(i, "I1", opened, false));
  EXPECT_TRUE(fits(i, "I1", Closed{"r"}, false));
  EXPECT_FALSE(fits(i, "I1", Merged{"I1", "city", "r"}, false));
  EXPECT_FALSE(fits(i, "I1", Absorbed{"I1"}, false));
  apply(i, Merged{"I2", "city", "r"}, kNow);
  EXPECT_FALSE(fits(i, "I1", Merged{"I3", "city", "r"}, false));
}

TEST(Fitting, PartiesSpeakForThemselves) {
  EXPECT_TRUE(fits("I1", "town", Joined{"I1", "town", "phone", {}}, true));
  EXPECT_FALSE(fits("I1", "town", Joined{"I1", "city", "phone", {}}, true));
  EXPECT_FALSE(fits("I1", "town", Joined{"I1", "town", "phone", {}}, false)) << "an organisation joins once";
  EXPECT_FALSE(fits("I1", "town", Noted{"n"}, true));
  EXPECT_FALSE(fits("I1", "town", Phoned{"city", {"county", "x", {}, kNow}}, false));
  EXPECT_TRUE(fits("I1", "town", Referred{"I2", "city"}, false));
  EXPECT_FALSE(fits("I1", "town", Referred{"I1", "city"}, false));
}

TEST(Absorbed, AreFoundOverOthersAndOnceInACircle) {
  const std::map<std::string, std::vector<std::string>> ended{{"I2", {"I3", "I4"}}, {"I3", {"I2", "I1"}}};
  Incident i = taken_down();
  i.absorbed = {"I2"};
  const auto all = all_absorbed(i, [&](const std::string& id) {
    const auto found = ended.find(id);
    return found == ended.end() ? std::vector<std::string>() : found->second;
  });
  EXPECT_THAT(all, ElementsAre("I2", "I3", "I4"));
}

}  // namespace
}  // namespace anlan::incident
