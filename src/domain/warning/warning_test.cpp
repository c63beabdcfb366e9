#include "domain/warning/warning.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::warning {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Instant kNow = from_china_time(2026, 7, 20, 13, 0);

account::Actor somebody(const std::string& person, account::Role role, const std::string& organisation = "city") {
  return {person, person, person, organisation, {role}};
}
const account::Actor kOfficer = somebody("officer", account::Role::kDutyOfficer);
const account::Actor kDeputy = somebody("deputy", account::Role::kDutyOfficer);
const account::Actor kLeader = somebody("leader", account::Role::kLeader);
const account::Actor kElsewhere = somebody("stranger", account::Role::kLeader, "other");

const Ring kSquare{{118, 36}, {119, 36}, {119, 37}, {118, 37}, {118, 36}};

Content content(Colour colour = Colour::kRed) {
  Content c;
  c.type = "11A01";
  c.colour = colour;
  c.headline = "发布洪水红色预警";
  c.description = "预报将出现超过保证水位的洪水";
  c.instruction = "立即撤离";
  c.area.description = "弥河下游段";
  c.area.rings = {kSquare};
  c.expires = kNow + std::chrono::hours{12};
  return c;
}

class WarningTest : public testing::Test {
 protected:
  // Takes facts in; the refusal's code where there are none.
  std::string done(const Facts& facts, const account::Actor& by = kOfficer) {
    if (!facts.ok()) return facts.error().code;
    for (const Fact& fact : *facts) {
      EXPECT_TRUE(fits(w, "city", fact, !w.exists()));
      apply(w, fact, now, by.account);
    }
    return {};
  }
  std::string draft(const Content& c = content()) { return done(decide(Draft{c}, kOfficer, now)); }
  std::string revise(const Content& c) { return done(decide(w, Revise{c}, kOfficer, now)); }
  std::string sign(const account::Actor& actor, std::int64_t version, std::int64_t saw = 1200) {
    return done(decide(w, Sign{version, saw}, actor, {rule, people, "370700000000_1", {"county"}, gone}, now), actor);
  }
  std::string cancel(const account::Actor& actor) {
    return done(decide(w, Cancel{Ending::kMistaken, "误发"}, actor, "370700000000_9"), actor);
  }

  Warning w;
  Instant now = kNow;
  std::int64_t people = 1200;
  std::string gone;
  const SigningRule two{{"two", "document", "9", {}}, {Colour::kRed, Colour::kOrange}, 2};
  const SigningRule one{{"one", "document", "9", {}}, {Colour::kYellow, Colour::kBlue}, 1};
  const SigningRule* rule = &two;
};

TEST_F(WarningTest, IsIssuedWithTheSecondPersonsSignature) {
  ASSERT_EQ(draft(), "");
  EXPECT_EQ(w.state, State::kDraft);
  EXPECT_EQ(sign(kOfficer, 1), "");
  EXPECT_EQ(w.state, State::kDraft);
  EXPECT_EQ(w.in_force(), nullptr);
  EXPECT_EQ(sign(kLeader, 1), "");
  EXPECT_EQ(w.state, State::kIssued);
  ASSERT_NE(w.in_force(), nullptr);
  EXPECT_EQ(w.in_force()->issued->identifier, "370700000000_1");
  EXPECT_EQ(w.in_force()->issued->rule, "two");
  EXPECT_EQ(w.in_force()->issued->people, 1200);
  EXPECT_THAT(w.in_force()->issued->to, ElementsAre("county"));
  EXPECT_EQ(w.pending(), nullptr);
}

TEST_F(WarningTest, OneOfAMilderColourNeedsOneLeader) {
  rule = &one;
  ASSERT_EQ(draft(content(Colour::kYellow)), "");
  EXPECT_EQ(sign(kOfficer, 1), "warning.needs_leader");
  EXPECT_EQ(sign(kLeader, 1), "");
  EXPECT_EQ(w.state, State::kIssued);
}

TEST_F(WarningTest, IsNotSignedTwiceByOnePersonUnderTwoAccounts) {
  ASSERT_EQ(draft(), "");
  ASSERT_EQ(sign(kLeader, 1), "");
  auto other = kLeader;
  other.account = "leader-2";
  EXPECT_EQ(sign(other, 1), "warning.signed_already");
  EXPECT_EQ(w.state, State::kDraft);
}

TEST_F(WarningTest, IsNotIssuedByTwoWhoAreNoLeaders) {
  ASSERT_EQ(draft(), "");
  ASSERT_EQ(sign(kOfficer, 1), "");
  EXPECT_EQ(sign(kDeputy, 1), "warning.needs_leader");
  EXPECT_EQ(sign(kLeader, 1), "");
}

TEST_F(WarningTest, IsNotSignedWithoutAnArea) {
  Content c = content();
  c.area = {};
  ASSERT_EQ(draft(c), "") << "a draft may lack it";
  EXPECT_EQ(sign(kLeader, 1), "warning.no_area");
  c.area.description = "全市";
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(sign(kLeader, 2), "warning.no_area") << "words are no area";
  c.area.description = " ";
  c.area.divisions = {"370783"};
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(sign(kLeader, 3), "text.empty") << "and nobody reads numbers";
  c.area.description = "寿光市";
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(sign(kLeader, 4), "");
}

TEST_F(WarningTest, TakesNoAreaThatIsNone) {
  Content c = content();
  const auto refused = [&](const Ring& ring) {
    c.area.rings = {ring};
    return draft(c) == "warning.area_ring";
  };
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(refused({{118, 36}, {119, 36}, {118, 36}}));
  EXPECT_TRUE(refused({{118, 36}, {119, 36}, {119, 37}, {118, 37}})) << "not closed";
  EXPECT_TRUE(refused({{36, 118}, {36, 119}, {37, 119}, {36, 118}})) << "latitude first";
  c.area.rings.clear();
  c.area.circles = {{{118, 36}, 0}};
  EXPECT_EQ(draft(c), "warning.area_circle");
  EXPECT_FALSE(fits(w, "city", Drafted{"city", c}, true));
}

TEST_F(WarningTest, CountsNoSignatureForAnotherVersion) {
  ASSERT_EQ(draft(), "");
  ASSERT_EQ(sign(kOfficer, 1), "");
  Content c = content();
  c.area.description = "全市";
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(sign(kLeader, 1), "warning.version");
  EXPECT_EQ(sign(kLeader, 2), "");
  EXPECT_EQ(w.state, State::kDraft);
  EXPECT_EQ(sign(kOfficer, 2), "");
  EXPECT_EQ(w.state, State::kIssued);
}

TEST_F(WarningTest, IsNotIssuedOnASignatureOfSomebodyWhoMayNotSignAnyMore) {
  ASSERT_EQ(draft(), "");
  ASSERT_EQ(sign(kLeader, 1), "");
  gone = "张三";
  EXPECT_EQ(sign(kOfficer, 1), "warning.signer_gone");
  EXPECT_EQ(w.state, State::kDraft);
  ASSERT_EQ(revise(content()), "");
  gone.clear();
  EXPECT_EQ(sign(kOfficer, 2), "");
  EXPECT_EQ(sign(kOfficer, 2), "warning.signed_already");
  EXPECT_EQ(sign(somebody("other leader", account::Role::kLeader), 2), "");
  EXPECT_EQ(w.state, State::kIssued);
}

TEST_F(WarningTest, IsNotSignedWhileAPreparedTextIsNotFilledIn) {
  Content c = content();
  c.instruction = "影响{area}，停止集会";
  ASSERT_EQ(draft(c), "") << "a draft may wait for its area";
  EXPECT_EQ(sign(kLeader, 1), "warning.unfilled");
  c.instruction = "影响弥河下游段，停止集会";
  c.area.description = "{area}";
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(sign(kLeader, 2), "warning.unfilled");
  c.area.description = "弥河下游段 {1}";
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(sign(kLeader, 3), "") << "braces of one's own are words";
}

TEST_F(WarningTest, IsNotSignedOnAnotherNumberOfPeopleThanWasSeen) {
  ASSERT_EQ(draft(), "");
  people = 10'000'000;
  EXPECT_EQ(sign(kLeader, 1, 1200), "warning.people_changed");
  EXPECT_EQ(sign(kLeader, 1, 10'000'000), "");
  EXPECT_EQ(w.pending()->signatures.front().people, 10'000'000);
}

TEST_F(WarningTest, IsNotIssuedWhereNoRuleSaysWhoSigns) {
  rule = nullptr;
  ASSERT_EQ(draft(), "");
  EXPECT_EQ(sign(kLeader, 1), "warning.no_rule");
}

TEST_F(WarningTest, StaysInForceWhileAChangeWaits) {
  ASSERT_EQ(draft(), "");
  sign(kOfficer, 1), sign(kLeader, 1);
  Content c = content(Colour::kOrange);
  ASSERT_EQ(revise(c), "");
  EXPECT_EQ(w.state, State::kIssued);
  EXPECT_EQ(w.in_force()->content.colour, Colour::kRed);
  EXPECT_EQ(w.pending()->number, 2);
  EXPECT_EQ(done(decide(w, Withdraw{"不改了"}, kOfficer)), "");
  EXPECT_EQ(w.state, State::kIssued) << "only the change is withdrawn";
  EXPECT_EQ(w.pending(), nullptr);
  ASSERT_EQ(revise(c), "");
  sign(kOfficer, 3), sign(kLeader, 3);
  EXPECT_EQ(w.in_force()->content.colour, Colour::kOrange);
  EXPECT_THAT(w.issued(), SizeIs(2));
}

TEST_F(WarningTest, IsCancelledByOnePersonAtOnce) {
  EXPECT_EQ(cancel(kOfficer), "warning.unknown");
  ASSERT_EQ(draft(), "");
  EXPECT_EQ(cancel(kOfficer), "warning.not_issued");
  sign(kOfficer, 1), sign(kLeader, 1);
  EXPECT_EQ(done(decide(w, Cancel{Ending::kPassed, " "}, kOfficer, "x")), "text.empty");
  EXPECT_EQ(cancel(kOfficer), "");
  EXPECT_EQ(w.state, State::kCancelled);
  EXPECT_EQ(w.cancelled->ending, Ending::kMistaken);
  EXPECT_EQ(cancel(kLeader), "warning.over");
  EXPECT_EQ(revise(content()), "warning.over");
}

TEST_F(WarningTest, ExpiresWhenItsTimeIsOverAndNotBefore) {
  ASSERT_EQ(draft(), "");
  EXPECT_THAT(decide_expiry(w, now + std::chrono::hours{24}), IsEmpty()) << "a draft does not";
  sign(kOfficer, 1), sign(kLeader, 1);
  EXPECT_THAT(decide_expiry(w, content().expires - Milliseconds{1}), IsEmpty());
  EXPECT_THAT(decide_expiry(w, content().expires), SizeIs(1));
  done(decide_expiry(w, content().expires));
  EXPECT_EQ(w.state, State::kExpired);
  EXPECT_THAT(decide_expiry(w, content().expires), IsEmpty());
}

TEST_F(WarningTest, IsNotSignedWhenItWouldBeOverAlready) {
  ASSERT_EQ(draft(), "");
  now = content().expires;
  EXPECT_EQ(sign(kLeader, 1), "warning.expires_past");
}

TEST_F(WarningTest, ThatWasDeclinedNeedsAnotherVersion) {
  ASSERT_EQ(draft(), "");
  ASSERT_EQ(sign(kOfficer, 1), "");
  EXPECT_EQ(done(decide(w, Decline{1, "范围过大"}, kLeader), kLeader), "");
  EXPECT_EQ(sign(kLeader, 1), "warning.declined");
  ASSERT_EQ(revise(content()), "");
  EXPECT_EQ(sign(kLeader, 2), "");
}

TEST_F(WarningTest, OfAnotherOrganisationDoesNotExist) {
  ASSERT_EQ(draft(), "");
  EXPECT_EQ(sign(kElsewhere, 1), "warning.unknown");
  EXPECT_EQ(done(decide(w, Revise{content()}, kElsewhere, now)), "warning.unknown");
  EXPECT_EQ(cancel(kElsewhere), "warning.unknown");
}

TEST_F(WarningTest, NamesWhatIsMissing) {
  Content c = content();
  c.instruction = "　";
  const auto facts = decide(Draft{c}, kOfficer, now);
  ASSERT_FALSE(facts.ok());
  EXPECT_EQ(facts.error().field, "content.instruction");
  c = content();
  c.expires = now;
  EXPECT_EQ(draft(c), "warning.expires_past");
  c.expires = now + Minutes{5};
  c.onset = c.expires;
  EXPECT_EQ(draft(c), "warning.onset_late");
}

// What another node has recorded.
TEST_F(WarningTest, FitsOnlyWhatFollows) {
  EXPECT_FALSE(fits(w, "city", Drafted{"other", content()}, true)) << "in the stream of another organisation";
  EXPECT_FALSE(fits(w, "city", Issued{1, "x", "two", 1, {}}, true));
  ASSERT_EQ(draft(), "");
  EXPECT_FALSE(fits(w, "city", Drafted{"city", content()}, false)) << "begun twice";
  EXPECT_FALSE(fits(w, "city", Issued{1, "x", "two", 1, {}}, false)) << "signed by nobody";
  EXPECT_FALSE(fits(w, "city", Cancelled{"x", "leader", Ending::kPassed, "r"}, false)) << "never issued";
  EXPECT_FALSE(fits(w, "city", Expired{}, false));
  EXPECT_FALSE(fits(w, "city", Revised{3, content()}, false)) << "a version is missing";
  EXPECT_FALSE(fits(w, "city", Signed{2, "leader", 1, true}, false));
  ASSERT_EQ(sign(kOfficer, 1), "");
  EXPECT_FALSE(fits(w, "city", Signed{1, "officer", 1, false}, false)) << "twice by one person";
  EXPECT_TRUE(fits(w, "city", Issued{1, "x", "two", 1, {}}, false));
}

TEST(WarningRules, AreThoseOfTheDay) {
  Rules rules;
  const Day day = china_day(kNow);
  rules.signings = {{{"old", "d", "c", {Day::min(), day - std::chrono::days{1}}}, {Colour::kRed}, 1},
                    {{"new", "d", "c", {day, Day::max()}}, {Colour::kRed}, 2}};
  EXPECT_EQ(rules.signing(Colour::kRed, kNow)->id, "new");
  EXPECT_EQ(rules.signing(Colour::kRed, kNow - std::chrono::days{1})->id, "old");
  EXPECT_EQ(rules.signing(Colour::kBlue, kNow), nullptr);
}

}  // namespace
}  // namespace anlan::warning
