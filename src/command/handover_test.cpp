// Handing incidents over between a node of the city and that of a county.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command/from_afar_fixture.h"

namespace anlan::command {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Handover : public FromAfar {
 protected:
  void SetUp() override {
    FromAfar::SetUp();
    county_takes_down();
    comes("parties/B/shouguang", 2,
          incident::PartyFact{incident::Phoned{"shouguang", {"city", "the desk", {}, node.clock.now()}}});
  }

  incident::Incident known() { return node.state<incident::Incident>("B"); }
  std::vector<std::string> recorded() const {
    std::vector<std::string> types;
    for (const auto& fact : node.facts)
      if (fact.node == "city") types.push_back(fact.type);
    return types;
  }
  void city_takes_over() {
    ASSERT_TRUE(node.ask("city-leader", incident::Claim{"dead rising"}, "B").ok());
    comes("incident/B", 2, incident::Fact{incident::Released{"city", 2}});
  }
  std::string code_of(const Outcome& outcome) { return outcome.ok() ? "" : outcome.error().code; }
  incident::StateFigures figures(std::int64_t injured) {
    incident::StateFigures c;
    c.figures.injured = injured;
    c.source = "site";
    return c;
  }
  void revoke(std::int64_t last) {
    const auto revoked = node.ask("security", node::Revoke{last, "lost"}, "shouguang");
    ASSERT_TRUE(revoked.ok()) << code_of(revoked);
  }
};

TEST_F(Handover, AClaimIsAnsweredByTheReleaseOfTheOwnerAlone) {
  ASSERT_TRUE(node.ask("city", incident::Claim{"dead rising"}, "B").ok());
  EXPECT_THAT(recorded(), ElementsAre("incident.claimed"));
  EXPECT_EQ(known().owner, "shouguang");
  EXPECT_EQ(code_of(node.ask("city", figures(1), "B")), "incident.not_owner");
  EXPECT_EQ(code_of(node.ask("city", incident::Claim{"again"}, "B")), "handover.claimed");

  comes("incident/B", 2, incident::Fact{incident::Released{"city", 2}});
  EXPECT_THAT(recorded(), testing::Contains("incident.taken_over"));
  EXPECT_EQ(known().owner, "city");
  EXPECT_EQ(known().epoch, 2);
  EXPECT_EQ(known().now.organisation, "shouguang") << "the number stays the county's";
}

TEST_F(Handover, TheVersionCountsOnOverTheSegments) {
  city_takes_over();
  EXPECT_EQ(known().version, 3);
  auto stale = node.asked("city", figures(1), "B");
  stale.expected_version = 1;
  EXPECT_EQ(code_of(node.submit(stale)), "version.stale");
  auto fresh = node.asked("city", figures(1), "B");
  fresh.expected_version = 3;
  const auto done = node.submit(fresh);
  ASSERT_TRUE(done.ok()) << code_of(done);
  EXPECT_EQ(json::parse(done->body).value().at("version").as_int64(), 4);
  node.restart();
  EXPECT_EQ(known().version, 4);
}

TEST_F(Handover, NothingOfASegmentIsTakenBehindItsRelease) {
  city_takes_over();
  const auto taken = offered("incident/B", 3, incident::Fact{incident::Closed{"over"}});
  EXPECT_EQ(taken.receipt, Receipt::kForbidden);
  EXPECT_THAT(taken.what, HasSubstr("was released before"));
}

TEST_F(Handover, NobodyTakesOverWhatWasNotReleased) {
  const auto stolen = offered("incident/B@2", 1, incident::Fact{incident::TakenOver{"B", "shouguang", 2, 1}});
  EXPECT_EQ(stolen.receipt, Receipt::kForbidden);
  EXPECT_THAT(stolen.what, HasSubstr("not released to it"));

  comes("incident/B", 2, incident::Fact{incident::Released{"city", 2}});
  const auto again = offered("incident/B@3", 1, incident::Fact{incident::TakenOver{"B", "shouguang", 3, 3}});
  EXPECT_EQ(again.receipt, Receipt::kForbidden);
}

TEST_F(Handover, ASegmentBearsItsOwnNameAndBeginsByATakingOver) {
  for (const char* name : {"incident/B@1", "incident/B@02", "incident/B@x", "incident/@2"})
    EXPECT_EQ(offered(name, 1, incident::Fact{incident::TakenOver{"B", "shouguang", 2, 1}}).receipt,
              Receipt::kForbidden)
        << name;
  incident::Opened opened;
  opened.number = "2026-0009";
  opened.organisation = "shouguang";
  EXPECT_EQ(offered("incident/B@2", 1, incident::Fact{opened}).receipt, Receipt::kForbidden);
  EXPECT_EQ(offered("incident/C", 1, incident::Fact{incident::TakenOver{"C", "shouguang", 1, 0}}).receipt,
            Receipt::kForbidden);
}

TEST_F(Handover, WhatNoLongerFitsCallsForthNothing) {
  city_takes_over();
  ASSERT_TRUE(node.ask("city", incident::OfferHandover{"shouguang", "calm now"}, "B").ok());
  ASSERT_TRUE(node.ask("city", incident::WithdrawOffer{}, "B").ok());
  comes("parties/B/shouguang", 3, incident::PartyFact{incident::OfferAccepted{3, 1}});
  EXPECT_EQ(known().owner, "city");
  EXPECT_FALSE(known().released);

  ASSERT_TRUE(node.ask("city", incident::OfferHandover{"shouguang", "asked again"}, "B").ok());
  comes("parties/B/shouguang", 4, incident::PartyFact{incident::OfferAccepted{3, 1}});
  EXPECT_FALSE(known().released) << "the offer before";
  comes("parties/B/shouguang", 5, incident::PartyFact{incident::OfferAccepted{3, 2}});
  ASSERT_TRUE(known().released);
  EXPECT_EQ(known().released->to, "shouguang");
  EXPECT_EQ(code_of(node.ask("city", figures(1), "B")), "incident.in_handover");
  EXPECT_EQ(code_of(node.ask("city", incident::Claim{"back"}, "B")), "incident.in_handover");
}

TEST_F(Handover, AClaimFromBelowCallsForthNothing) {
  city_takes_over();
  comes("parties/B/shouguang", 3, incident::PartyFact{incident::Claimed{3, "mine"}});
  EXPECT_EQ(known().owner, "city");
  EXPECT_FALSE(known().released);
}

TEST_F(Handover, WhoStandsAboveARevokedNodeTakesOverAtOnce) {
  revoke(sequence_);
  ASSERT_TRUE(node.ask("city", incident::Claim{"its node is gone"}, "B").ok());
  EXPECT_THAT(recorded(), ElementsAre("incident.claimed", "incident.taken_over"));
  EXPECT_EQ(known().owner, "city");
  ASSERT_TRUE(node.ask("city", figures(2), "B").ok());
  EXPECT_EQ(code_of(node.ask("city", incident::OfferHandover{"shouguang", "back"}, "B")), "organisation.unknown");
}

TEST_F(Handover, WhatComesLateOfARevokedNodeIsKeptAndChangesNothing) {
  revoke(sequence_ + 2);
  ASSERT_TRUE(node.ask("city", incident::Claim{"its node is gone"}, "B").ok());
  ASSERT_TRUE(node.ask("city", figures(2), "B").ok());
  const auto before = known();
  ASSERT_TRUE(node.ask("city", incident::Note{"read it"}, "B").ok());
  comes("incident/B", 2, incident::Fact{incident::Closed{"over"}});
  EXPECT_EQ(known().state, incident::State::kOpen);
  EXPECT_EQ(known().version, before.version);
  EXPECT_GT(pending("B"), 0) << "and no clock of the city was released";
  EXPECT_TRUE(node.ask("city", figures(3), "B").ok());
  comes("incident/B", 3, incident::Fact{incident::Released{"anqiu", 2}});
  EXPECT_EQ(known().owner, "city");
  EXPECT_FALSE(known().released);
}

TEST_F(Handover, OnOneNodeTheNextOwnerBeginsInTheSameTransaction) {
  city_takes_over();
  ASSERT_TRUE(node.ask("city", incident::OfferHandover{"anqiu", "near them"}, "B").ok());
  EXPECT_THAT(recorded(), ElementsAre("incident.offered", "incident.joined"));
  const auto accepted = node.ask("anqiu", incident::AnswerOffer{}, "B");
  ASSERT_TRUE(accepted.ok()) << code_of(accepted);
  EXPECT_THAT(recorded(),
              testing::IsSupersetOf({"incident.offer_accepted", "incident.released", "incident.taken_over"}));
  EXPECT_EQ(known().owner, "anqiu");
  EXPECT_EQ(known().epoch, 3);
  EXPECT_EQ(json::parse(accepted->body).value().at("version").as_int64(), known().version);
  EXPECT_EQ(pending("B", "anqiu"), 2) << "telephone and written report, counted from the taking over";
}

}  // namespace
}  // namespace anlan::command
