#include "domain/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::report {
namespace {

using testing::SizeIs;

const Instant kNow = from_china_time(2026, 11, 23, 14, 20);
const account::Actor kCounty{"county1", "p1", "", "county", {account::Role::kCountyOfficer}};
const account::Actor kLeader{"leader1", "boss", "", "county", {account::Role::kLeader}};
const account::Actor kCity{"duty1", "p3", "", "city", {account::Role::kDutyOfficer}};
const account::Actor kSibling{"other1", "p4", "", "sibling", {account::Role::kCountyOfficer}};

Draft draft(Kind kind = Kind::kFirst) {
  Draft c;
  c.kind = kind;
  c.to = "city";
  c.content.situation = "a leak";
  return c;
}

Revise revision(std::string situation) {
  Revise c;
  c.content.situation = std::move(situation);
  return c;
}

template <class Facts>
void follow(Report& r, const Facts& facts, const std::string& by = "county1") {
  for (const auto& fact : facts.value()) apply(r, fact, Stamp{kNow, by});
}

Report drafted(Kind kind = Kind::kFirst, const Earlier& earlier = {}) {
  Report r;
  r.id = "I1.r1";
  follow(r, decide(draft(kind), kCounty, earlier, "I1", "leak"));
  return r;
}

Report sent() {
  Report r = drafted();
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  follow(r, decide(r, Send{}, kCounty, {}));
  apply(r, Received{r.id, "I1", "county", "city", r.latest().number}, Stamp{kNow, "county1"});
  return r;
}

template <class Facts>
std::string code_of(const Facts& facts) {
  return facts.ok() ? "accepted" : facts.error().code;
}

const Decide kAccept{Decision::kAccepted, {}};
const Decide kReturn{Decision::kReturned, "amount is missing"};

TEST(Report, GoesFromDraftToAccepted) {
  Report r = drafted();
  EXPECT_EQ(r.state(), State::kDraft);
  EXPECT_EQ(r.latest().title, "leak");
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  EXPECT_EQ(r.state(), State::kSigned);
  EXPECT_EQ(r.latest().signed_off->by, "boss");
  follow(r, decide(r, Send{}, kCounty, {}));
  EXPECT_EQ(r.state(), State::kSent);
  EXPECT_EQ(r.latest().sent->at, kNow);
  apply(r, Received{"I1.r1", "I1", "county", "city", 1}, Stamp{kNow, "county1"});
  EXPECT_EQ(r.state(), State::kReceived);
  follow(r, decide(r, kAccept, kCity, false), "duty1");
  EXPECT_EQ(r.state(), State::kAccepted);
  EXPECT_EQ(r.latest().receipt->stamp.by, "duty1");
}

TEST(Report, ReturnedIsRevisedSignedAndSentAnewAndKeepsItsPast) {
  Report r = sent();
  follow(r, decide(r, kReturn, kCity, false), "duty1");
  EXPECT_EQ(r.state(), State::kReturned);
  EXPECT_EQ(r.latest().receipt->reason, "amount is missing");
  follow(r, decide(r, revision("80 kg leaked"), kCounty));
  EXPECT_EQ(r.state(), State::kDraft);
  ASSERT_THAT(r.versions, SizeIs(2));
  EXPECT_EQ(r.versions[0].content.situation, "a leak");
  EXPECT_EQ(r.versions[0].receipt->decision, Decision::kReturned);
  EXPECT_EQ(r.versions[1].number, 2);
  EXPECT_EQ(r.versions[1].title, "leak");
  EXPECT_EQ(code_of(decide(r, Send{}, kCounty, {})), "report.not_signed");
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  follow(r, decide(r, Send{}, kCounty, {}));
  follow(r, decide(r, kAccept, kCity, false), "duty1");
  EXPECT_EQ(r.state(), State::kAccepted);
}

TEST(Report, LosesItsSignatureWhenItIsRevised) {
  Report r = drafted();
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  follow(r, decide(r, revision("more"), kCounty));
  EXPECT_EQ(r.state(), State::kDraft);
  EXPECT_FALSE(r.latest().signed_off.has_value());
}

TEST(Report, IsNeverChangedOnceSent) {
  Report r = sent();
  EXPECT_EQ(code_of(decide(r, revision("other"), kCounty)), "report.is_sent");
  EXPECT_EQ(code_of(decide(r, Sign{}, kLeader, "boss")), "report.not_draft");
  EXPECT_EQ(code_of(decide(r, Send{}, kCounty, {})), "report.is_sent");
  follow(r, decide(r, kAccept, kCity, false));
  EXPECT_EQ(code_of(decide(r, revision("other"), kCounty)), "report.is_sent");
}

TEST(Report, IsSignedByTheLeaderOnDutyAlone) {
  const Report r = drafted();
  EXPECT_EQ(code_of(decide(r, Sign{}, kLeader, "another")), "report.not_leader_on_duty");
  EXPECT_EQ(decide(r, Sign{}, kLeader, "another").error().kind, RefusalKind::kForbidden);
  EXPECT_TRUE(decide(r, Sign{}, kLeader, "boss").ok());
  EXPECT_TRUE(decide(r, Sign{}, kLeader, "").ok()) << "without a shift any leader of the sender signs";
}

TEST(Report, IsNotSentUnsigned) { EXPECT_EQ(code_of(decide(drafted(), Send{}, kCounty, {})), "report.not_signed"); }

TEST(Report, OfOthersDoesNotExistBeforeItIsSent) {
  const Report r = drafted();
  EXPECT_TRUE(visible(r, "county"));
  EXPECT_FALSE(visible(r, "city"));
  EXPECT_EQ(code_of(decide(r, revision("x"), kCity)), "report.unknown");
  EXPECT_EQ(code_of(decide(r, Send{}, kCity, {})), "report.unknown");
  EXPECT_EQ(code_of(decide(r, kAccept, kCity, false)), "report.unknown");
  EXPECT_EQ(decide(r, Send{}, kCity, {}).error().kind, RefusalKind::kNotFound);
}

TEST(Report, OnceSentIsSeenByItsReceiverAndByNobodyElse) {
  const Report r = sent();
  EXPECT_TRUE(visible(r, "city"));
  EXPECT_FALSE(visible(r, "sibling"));
  EXPECT_EQ(code_of(decide(r, revision("x"), kCity)), "report.not_sender");
  EXPECT_EQ(code_of(decide(r, kAccept, kSibling, false)), "report.unknown");
  EXPECT_EQ(code_of(decide(r, kAccept, kCounty, false)), "report.not_receiver");
}

TEST(Receipt, NeedsAReasonToReturnAndIsGivenOnce) {
  Report r = sent();
  EXPECT_EQ(code_of(decide(r, Decide{Decision::kReturned, {}}, kCity, false)), "text.empty");
  EXPECT_EQ(code_of(decide(r, Decide{Decision::kReturned, ""}, kCity, false)), "text.empty");
  follow(r, decide(r, kAccept, kCity, false));
  EXPECT_EQ(code_of(decide(r, kReturn, kCity, false)), "report.is_decided");
}

TEST(Receipt, OfAReceiverOnNoNodeSaysByWhichChannelItCameAndWhatWasAnsweredThere) {
  Report r = sent();
  Decide c = kReturn;
  c.number = "鲁应急收〔2026〕17号";
  c.by = "省应急值班室";
  EXPECT_EQ(code_of(decide(r, c, kCity, false)), "report.not_external") << "one that works on a node answers itself";
  c.channel = Channel::kInterface;
  c.version = 2;
  EXPECT_EQ(code_of(decide(r, c, kCounty, true)), "report.other_version");
  c.version = 1;
  follow(r, decide(r, c, kCounty, true));
  ASSERT_TRUE(r.latest().receipt && r.latest().receipt->outside);
  EXPECT_EQ(r.latest().receipt->outside->channel, Channel::kInterface);
  EXPECT_EQ(r.latest().receipt->outside->number, "鲁应急收〔2026〕17号");
  EXPECT_EQ(r.latest().receipt->reason, kReturn.reason);
  Report noted = sent();
  follow(noted, decide(noted, kAccept, kCounty, true));
  EXPECT_FALSE(noted.latest().receipt->outside) << "a desk that notes nothing more writes what it always did";
}

TEST(Receipt, IsForTheVersionThatWasSent) {
  Report r = sent();
  follow(r, decide(r, kReturn, kCity, false));
  follow(r, decide(r, revision("new"), kCounty));
  EXPECT_EQ(code_of(decide(r, kAccept, kCity, false)), "report.is_decided") << "a draft is its sender's alone";
  Report unsent;
  unsent.id = "I1.r2";
  follow(unsent, decide(draft(), kCounty, {}, "I1", "title"));
  EXPECT_EQ(code_of(decide(unsent, kAccept, kCounty, true)), "report.not_sent");
}

TEST(Receipt, OfAReceiverOutsideIsNotedByTheSender) {
  const Report r = sent();
  EXPECT_TRUE(decide(r, kAccept, kCounty, true).ok());
  EXPECT_EQ(code_of(decide(r, kAccept, kCity, true)), "report.not_receiver");
}

TEST(Drafting, NumbersFollowUpsFromOne) {
  const Earlier first{true, false, 0}, second{true, false, 1};
  EXPECT_EQ(drafted(Kind::kFollowUp, first).ordinal, 1);
  EXPECT_EQ(drafted(Kind::kFollowUp, second).ordinal, 2);
  EXPECT_EQ(drafted(Kind::kVerified, second).ordinal, 0);
  EXPECT_EQ(drafted().ordinal, 0);
}

TEST(Drafting, KeepsTheOrderOfKinds) {
  const auto ask = [](Kind kind, Earlier earlier) { return code_of(decide(draft(kind), kCounty, earlier, "I1", "t")); };
  EXPECT_EQ(ask(Kind::kFollowUp, {}), "report.no_first");
  EXPECT_EQ(ask(Kind::kVerified, {}), "report.no_first");
  EXPECT_EQ(ask(Kind::kFinal, {}), "report.no_first");
  EXPECT_EQ(ask(Kind::kFirst, {true, false, 0}), "report.second_first");
  EXPECT_EQ(ask(Kind::kFollowUp, {true, true, 0}), "report.after_final");
  EXPECT_EQ(ask(Kind::kFinal, {true, false, 3}), "accepted");
}

TEST(Series, EndsWithAFinalReportAsLongAsThatStands) {
  const auto earlier = [](const Report& r, std::optional<Instant> reopened = {}) {
    Earlier found;
    count(found, r, reopened);
    return found;
  };
  Report r = drafted(Kind::kFinal, {true, false, 0});
  EXPECT_FALSE(earlier(r).ended) << "a draft ends nothing";
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  follow(r, decide(r, Send{}, kCounty, {}));
  EXPECT_TRUE(earlier(r).ended);
  EXPECT_FALSE(earlier(r).first_sent);
  EXPECT_TRUE(earlier(r, kNow - Minutes{1}).ended) << "the incident was reopened before";
  EXPECT_FALSE(earlier(r, kNow + Minutes{1}).ended) << "the incident was reopened since";
  apply(r, Received{r.id, "I1", "county", "city", 1}, Stamp{kNow, "county1"});
  follow(r, decide(r, kReturn, kCity, false), "city1");
  EXPECT_FALSE(earlier(r).ended);
  follow(r, decide(r, Revise{{}, draft().content}, kCounty));
  EXPECT_FALSE(earlier(r).ended) << "not sent again yet";
}

TEST(Drafting, NeedsASituationAndAnotherReceiver) {
  Draft c = draft();
  c.content.situation.clear();
  EXPECT_EQ(decide(c, kCounty, {}, "I1", "t").error().field, "content.situation");
  c = draft();
  c.to = "county";
  EXPECT_EQ(code_of(decide(c, kCounty, {}, "I1", "t")), "report.to_self");
  EXPECT_EQ(decide(drafted(), revision(""), kCounty).error().field, "content.situation");
}

TEST(Sending, TwoFirstReportsDraftedSideBySideIsRefused) {
  Report r = drafted();
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  EXPECT_EQ(code_of(decide(r, Send{}, kCounty, {true, false, 0})), "report.second_first");
}

TEST(Sending, AFollowUpDraftedBeforeTheFinalReportComesTooLate) {
  Report r = drafted(Kind::kFollowUp, {true, false, 0});
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  EXPECT_EQ(code_of(decide(r, Send{}, kCounty, {true, true, 0})), "report.after_final");
}

TEST(Unknown, ReportIsNotFound) {
  EXPECT_EQ(code_of(decide(Report{}, Sign{}, kLeader, "")), "report.unknown");
  EXPECT_EQ(code_of(decide(Report{}, kAccept, kCity, false)), "report.unknown");
}

TEST(Fitting, VersionsCountOnAndReceiptsNameWhatWasSent) {
  Report r = drafted();
  const Origin origin{"I1.county.r1", "I1", "county"};
  Drafted next{"I1", "county", "city", "t", Kind::kFirst, 0, 2, {}};
  EXPECT_TRUE(fits(r, origin, Fact{next}));
  next.version = 3;
  EXPECT_FALSE(fits(r, origin, Fact{next}));
  EXPECT_TRUE(fits(r, origin, Fact{Sent{1}}));
  EXPECT_FALSE(fits(r, origin, Fact{Sent{2}}));
  const ReceiptFact accepted{Accepted{1}};
  EXPECT_FALSE(fits(r, origin, accepted, true)) << "it never left";
  EXPECT_TRUE(fits(r, origin, accepted, false)) << "it may have gone another way";
  follow(r, decide(r, Sign{}, kLeader, "boss"));
  follow(r, decide(r, Send{}, kCounty, {}));
  EXPECT_TRUE(fits(r, origin, accepted, true));
  EXPECT_FALSE(fits(r, origin, ReceiptFact{Received{"I1.county.r1", "I1", "county", "sibling", 1}}, false));
}

}  // namespace
}  // namespace anlan::report
