#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/incident/incident.h"

namespace anlan::incident {
namespace {

const Instant kNow = from_china_time(2026, 11, 23, 14, 2);
const account::Actor kCounty{"county", "p1", "", "county", {account::Role::kCountyOfficer}};
const account::Actor kCity{"city", "p2", "", "city", {account::Role::kDutyOfficer}};
const account::Actor kTown{"town", "p3", "", "town", {account::Role::kTownOfficer}};
constexpr Standing kAbove{true, false, false};

struct Story {
  Incident i;
  Parties parties;

  Story() {
    Opened opened;
    opened.number = "2026-0001";
    opened.organisation = "county";
    i.id = "I1";
    apply(i, opened, kNow);
  }
  void owner_says(const Facts& facts) {
    for (const Fact& fact : facts.value()) apply(i, fact, kNow);
  }
  void says(const account::Actor& actor, const PartyFacts& facts) {
    for (const PartyFact& fact : facts.value()) apply(parties, fact, kNow, actor.organisation);
  }
  void offer(const std::string& to = "city") {
    owner_says(decide(i, parties, OfferHandover{to, "too much for us"}, kCounty));
  }
  void take_over(const std::string& to) {
    const std::int64_t epoch = i.next_epoch();
    apply(i, Released{to, epoch}, kNow);
    apply(i, TakenOver{"I1", to, epoch, i.version}, kNow);
  }
};

template <class T>
std::string code_of(const T& outcome) {
  return outcome.ok() ? "" : outcome.error().code;
}

TEST(Segment, OfAnEpochHasAName) {
  EXPECT_EQ(stream_of({"I1", 1}), "incident/I1");
  EXPECT_EQ(stream_of({"I1", 12}), "incident/I1@12");
  EXPECT_EQ(segment_of("incident/I1")->epoch, 1);
  EXPECT_EQ(segment_of("incident/I1@12")->incident, "I1");
  for (const char* other : {"incident/I1@1", "incident/I1@02", "incident/I1@", "incident/I1@2x", "incident/",
                            "parties/I1/a", "incident/I1@-2", "incident/I1@0", "incident/@3"})
    EXPECT_FALSE(segment_of(other)) << other;
}

TEST(Offer, IsMadeByTheOwnerOneAtATimeWithAReason) {
  Story s;
  EXPECT_EQ(code_of(decide(s.i, s.parties, OfferHandover{"city", "r"}, kCity)), "incident.not_owner");
  EXPECT_EQ(code_of(decide(s.i, s.parties, OfferHandover{"city", " "}, kCounty)), "text.empty");
  EXPECT_EQ(code_of(decide(s.i, s.parties, OfferHandover{"county", "r"}, kCounty)), "organisation.own");
  s.offer();
  ASSERT_NE(standing_offer(s.i, s.parties), nullptr);
  EXPECT_EQ(s.i.offer->epoch, 2);
  EXPECT_EQ(code_of(decide(s.i, s.parties, OfferHandover{"town", "r"}, kCounty)), "handover.offered");
}

TEST(Offer, IsAnsweredOnceByWhomItIsFor) {
  Story s;
  EXPECT_EQ(code_of(decide(s.i, s.parties, AnswerOffer{}, kCity)), "handover.none");
  s.offer();
  EXPECT_EQ(code_of(decide(s.i, s.parties, AnswerOffer{}, kTown)), "handover.none");
  EXPECT_EQ(code_of(decide(s.i, s.parties, AnswerOffer{Answer::kRejected, " "}, kCity)), "text.empty");
  s.says(kCity, decide(s.i, s.parties, AnswerOffer{Answer::kRejected, "county can"}, kCity));
  EXPECT_EQ(code_of(decide(s.i, s.parties, AnswerOffer{}, kCity)), "handover.answered");
  EXPECT_EQ(standing_offer(s.i, s.parties), nullptr);
  EXPECT_EQ(code_of(decide(s.i, s.parties, WithdrawOffer{}, kCounty)), "handover.none");
  s.offer();
  EXPECT_EQ(s.i.offer->number, 2);
  EXPECT_TRUE(decide(s.i, s.parties, AnswerOffer{}, kCity).ok()) << "another offer wants its own answer";
}

TEST(Offer, IsReleasedToWhomItWasAcceptedByOnlyWhileItStands) {
  Story s;
  s.offer();
  EXPECT_FALSE(on_accepted(s.i, "town", {2, 1})) << "not asked";
  EXPECT_FALSE(on_accepted(s.i, "city", {2, 2})) << "another offer";
  ASSERT_TRUE(on_accepted(s.i, "city", {2, 1}));
  EXPECT_EQ(on_accepted(s.i, "city", {2, 1})->epoch, 2);
  s.owner_says(decide(s.i, s.parties, WithdrawOffer{}, kCounty));
  EXPECT_FALSE(on_accepted(s.i, "city", {2, 1}));
}

TEST(Offer, IsWithdrawnByWhatEndsTheIncident) {
  Story s;
  EXPECT_FALSE(withdrawal(s.i, s.parties));
  s.offer();
  EXPECT_TRUE(withdrawal(s.i, s.parties));
  s.owner_says(decide(s.i, Close{"over"}, kCounty, false));
  EXPECT_EQ(standing_offer(s.i, s.parties), nullptr);
  EXPECT_EQ(code_of(decide(s.i, s.parties, AnswerOffer{}, kCity)), "incident.closed");
}

TEST(Claim, IsForThoseAboveTheOwner) {
  Story s;
  EXPECT_EQ(code_of(decide(s.i, s.parties, Claim{"r"}, kTown, {})), "handover.not_above");
  EXPECT_EQ(code_of(decide(s.i, s.parties, Claim{"r"}, kCounty, {})), "handover.own");
  EXPECT_EQ(code_of(decide(s.i, s.parties, Claim{""}, kCity, kAbove)), "text.empty");
  s.says(kCity, decide(s.i, s.parties, Claim{"r"}, kCity, kAbove));
  EXPECT_EQ(code_of(decide(s.i, s.parties, Claim{"r"}, kCity, kAbove)), "handover.claimed");
  EXPECT_TRUE(on_claimed(s.i, "city", {2, "r"}, kAbove));
  EXPECT_FALSE(on_claimed(s.i, "town", {2, "r"}, {}));
}

TEST(Claim, OfAnEpochThatIsOverCallsForthNothing) {
  Story s;
  s.says(kCity, decide(s.i, s.parties, Claim{"r"}, kCity, kAbove));
  s.take_over("sibling");
  EXPECT_FALSE(on_claimed(s.i, "city", {2, "r"}, kAbove));
  EXPECT_EQ(standing_claim(s.i, s.parties, "city"), nullptr);
  EXPECT_TRUE(decide(s.i, s.parties, Claim{"r"}, kCity, kAbove).ok());
}

TEST(Claim, OfWhatIsBeingHandedOverWaitsUnlessNobodyIsLeft) {
  Story s;
  apply(s.i, Released{"sibling", 2}, kNow);
  EXPECT_EQ(code_of(decide(s.i, s.parties, Claim{"r"}, kCity, kAbove)), "incident.in_handover");
  EXPECT_EQ(code_of(decide(s.i, s.parties, Claim{"r"}, kCity, {true, true, false})), "handover.not_heir");
  const auto claimed = decide(s.i, s.parties, Claim{"r"}, kCity, {true, true, true});
  ASSERT_TRUE(claimed.ok());
  EXPECT_EQ(std::get<Claimed>(claimed->front()).epoch, 3);
}

TEST(Owner, ChangesWithTheTakingOver) {
  Story s;
  s.offer();
  apply(s.i, Released{"city", 2}, kNow);
  EXPECT_EQ(s.i.holder(), "city");
  EXPECT_EQ(code_of(decide(s.i, SetGrade{grade::Grade::kMajor, "r"}, kCounty)), "incident.in_handover");
  EXPECT_EQ(code_of(decide(s.i, SetGrade{grade::Grade::kMajor, "r"}, kCity)), "incident.not_owner");
  apply(s.i, TakenOver{"I1", "city", 2, 3}, kNow);
  EXPECT_EQ(s.i.owner, "city");
  EXPECT_EQ(s.i.now.organisation, "county");
  EXPECT_EQ(s.i.stream(), "incident/I1@2");
  EXPECT_EQ(s.i.version, 4);
  EXPECT_TRUE(decide(s.i, SetGrade{grade::Grade::kMajor, "r"}, kCity).ok());
  EXPECT_EQ(code_of(decide(s.i, SetGrade{grade::Grade::kMajor, "r"}, kCounty)), "incident.not_owner");
}

}  // namespace
}  // namespace anlan::incident
