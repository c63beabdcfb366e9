#include "domain/instruction/instruction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::instruction {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

const Instant kNow = from_china_time(2026, 11, 23, 14, 20);
const account::Actor kCity{"duty1", "p1", "", "city", {account::Role::kDutyOfficer}};
const account::Actor kCounty{"county1", "p2", "", "county", {account::Role::kCountyOfficer}};
const account::Actor kSibling{"other1", "p3", "", "sibling", {account::Role::kCountyOfficer}};

Give order() {
  Give c;
  c.text = "search";
  c.given_by = "boss";
  c.to = {"county"};
  return c;
}

void follow(Instruction& i, const Facts& facts, const std::string& by) {
  for (const Fact& fact : facts.value()) apply(i, fact, kNow, by);
}

Instruction given(const Give& c = order()) {
  Instruction i;
  i.id = "I1.i1";
  follow(i, decide(c, kCity, "I1", kNow), "duty1");
  return i;
}

std::string code_of(const Facts& facts) { return facts.ok() ? "accepted" : facts.error().code; }

TEST(Instruction, HasAReceiverNamedTwiceOnlyOnce) {
  Give c = order();
  c.to = {"county", "other", "county"};
  EXPECT_THAT(given(c).given.to, ElementsAre("county", "other"));
}

TEST(Instruction, IsTrackedFromGivingToItsResult) {
  Instruction i = given();
  EXPECT_EQ(i.given.from, "city");
  EXPECT_EQ(i.given.given_at, kNow);
  EXPECT_THAT(i.given.to, ElementsAre("county"));
  EXPECT_FALSE(i.given.verify);
  follow(i, decide(i, ReportProgress{"half done"}, kCounty), "county1");
  follow(i, decide(i, ReportProgress{"asked again"}, kCity), "duty1");
  ASSERT_THAT(i.progress, SizeIs(2));
  EXPECT_EQ(i.progress[0].organisation, "county");
  EXPECT_EQ(i.progress[0].by, "county1");
  follow(i, decide(i, Close{"found"}, kCity), "duty1");
  EXPECT_EQ(i.result, "found");
  EXPECT_EQ(i.closed_at, kNow);
}

TEST(Instruction, ThatWasClosedTakesNoMore) {
  Instruction i = given();
  follow(i, decide(i, Close{"found"}, kCity), "duty1");
  EXPECT_EQ(code_of(decide(i, ReportProgress{"more"}, kCounty)), "instruction.closed");
  EXPECT_EQ(code_of(decide(i, Close{"again"}, kCity)), "instruction.closed");
}

TEST(Instruction, IsClosedOnlyByTheOrganisationThatGaveIt) {
  const Instruction i = given();
  EXPECT_EQ(code_of(decide(i, Close{"done"}, kCounty)), "instruction.not_giver");
  EXPECT_EQ(decide(i, Close{"done"}, kCounty).error().kind, RefusalKind::kForbidden);
}

TEST(Instruction, DoesNotExistForThoseItDoesNotConcern) {
  const Instruction i = given();
  EXPECT_EQ(code_of(decide(i, ReportProgress{"x"}, kSibling)), "instruction.unknown");
  EXPECT_EQ(code_of(decide(i, Close{"x"}, kSibling)), "instruction.unknown");
  EXPECT_EQ(code_of(decide(Instruction{}, Close{"x"}, kCity)), "instruction.unknown");
}

TEST(Instruction, NeedsWordsAndSomebodyToFollowIt) {
  Give c = order();
  c.text.clear();
  EXPECT_EQ(decide(c, kCity, "I1", kNow).error().field, "text");
  c = order();
  c.to.clear();
  EXPECT_EQ(code_of(decide(c, kCity, "I1", kNow)), "instruction.nobody");
  EXPECT_EQ(decide(given(), ReportProgress{}, kCounty).error().field, "text");
  EXPECT_EQ(decide(given(), Close{}, kCity).error().field, "result");
}

TEST(Instruction, IsGivenBeforeNowAndDueAfterIt) {
  Give c = order();
  c.given_at = kNow + Minutes{2};
  EXPECT_EQ(code_of(decide(c, kCity, "I1", kNow)), "time.future");
  c.given_at = kNow - Minutes{30};
  EXPECT_EQ(given(c).given.given_at, kNow - Minutes{30});
  c.due_at = kNow;
  EXPECT_EQ(code_of(decide(c, kCity, "I1", kNow)), "instruction.due_past");
  c.due_at = kNow + Minutes{1};
  EXPECT_EQ(given(c).given.due_at, kNow + Minutes{1});
}

TEST(Instruction, MayAskForVerifiedFigures) {
  Give c = order();
  c.verify = true;
  EXPECT_TRUE(given(c).given.verify);
}

}  // namespace
}  // namespace anlan::instruction
