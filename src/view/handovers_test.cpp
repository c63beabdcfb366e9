#include "view/handovers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/fact.h"
#include "domain/incident/facts.h"
#include "journal/start.h"
#include "platform/sql/store_fixture.h"
#include "view/audience.h"
#include "view/incidents.h"

namespace anlan::view {
namespace {

constexpr Instant kNow = from_ms(1'795'406'400'000);

// An incident of the county's, as the node of the city sees what comes of it.
class HandoversTest : public testing::Test {
 protected:
  HandoversTest() : sql_(journal::start(store_.where(), views_, kNow)), writer_(*sql_, "city") {
    incident::Opened f;
    f.number = "2026-0001";
    f.title = "泄漏";
    f.organisation = "county";
    tell<incident::Fact>("incident/I", f, "county");
    tell<incident::PartyFact>("parties/I/county", incident::Joined{"I", "county", "taken_down", {}}, "county");
    tell<incident::PartyFact>("parties/I/city", incident::Joined{"I", "city", "phone", {}}, "city");
  }

  template <class Variant, class F>
  void tell(const std::string& stream, const F& f, const std::string& node) {
    journal::Fact fact;
    fact.stream = stream;
    fact.type = F::kType;
    fact.body = codec::encode(Variant(f)).body;
    fact.world = "real";
    fact.actor = fact.cause = "a";
    fact.occurred_at = fact.recorded_at = kNow;
    fact.node = node;
    fact.node_sequence = ++sequences_[node];
    fact.version = writer_.version(stream) + 1;
    sql_->begin();
    if (node == "city")
      fact = writer_.append(stream, writer_.version(stream), {fact}, kNow).value().front();
    else
      ASSERT_EQ(writer_.take_in(fact), journal::Arrival::kNew);
    journal::apply(*sql_, views_, std::vector<journal::Fact>{fact});
    sql_->commit();
  }
  template <class F>
  void county_says(const F& f) {
    tell<incident::Fact>("incident/I", f, "county");
  }
  std::size_t waiting() { return awaiting_answer(*sql_, "city", "real").size(); }
  IncidentRow row() { return *incident_row(*sql_, "I"); }

  sql::TestStore store_;
  Audience audience_;
  Incidents incidents_;
  Handovers handovers_;
  std::vector<journal::Projection*> views_{&audience_, &incidents_, &handovers_};
  std::unique_ptr<sql::Connection> sql_;
  journal::Writer writer_;
  std::map<std::string, std::int64_t> sequences_;
};

TEST_F(HandoversTest, AnOfferWaitsForWhomItIsUntilItIsAnsweredOrWithdrawn) {
  county_says(incident::Offered{"city", 2, 1, "too much"});
  ASSERT_EQ(waiting(), 1u);
  EXPECT_EQ(awaiting_answer(*sql_, "city", "real").front().from, "county");
  EXPECT_TRUE(awaiting_answer(*sql_, "county", "real").empty());
  county_says(incident::OfferWithdrawn{"city", 2, 1});
  EXPECT_EQ(waiting(), 0u);
  county_says(incident::Offered{"city", 2, 2, "again"});
  tell<incident::PartyFact>("parties/I/city", incident::OfferRejected{2, 1, "late"}, "city");
  EXPECT_EQ(waiting(), 1u) << "the answer was for the offer before";
  tell<incident::PartyFact>("parties/I/city", incident::OfferAccepted{2, 2}, "city");
  EXPECT_EQ(waiting(), 0u);
}

TEST_F(HandoversTest, TheListNamesTheOwnerAndWhoGaveTheNumber) {
  county_says(incident::Released{"city", 2});
  EXPECT_EQ(row().released_to, "city");
  tell<incident::Fact>("incident/I@2", incident::TakenOver{"I", "city", 2, 2}, "city");
  EXPECT_EQ(row().organisation, "city");
  EXPECT_EQ(row().opened_by, "county");
  EXPECT_EQ(row().epoch, 2);
  EXPECT_EQ(row().version, 3);
  EXPECT_FALSE(row().released_to);
  tell<incident::Fact>("incident/I@2", incident::Graded{grade::Grade::kLarger, "r"}, "city");
  EXPECT_EQ(row().version, 4);
}

TEST_F(HandoversTest, WhatAFormerOwnerLeftBehindIsTakenOutOfTheList) {
  county_says(incident::Graded{grade::Grade::kLarger, "r"});
  county_says(incident::Closed{"over"});
  EXPECT_EQ(row().state, incident::State::kClosed);
  tell<incident::Fact>("incident/I@2", incident::TakenOver{"I", "city", 2, 2}, "city");
  EXPECT_EQ(row().state, incident::State::kOpen) << "the new owner did not know that it was closed";
  EXPECT_EQ(row().grade, grade::Grade::kLarger);
  EXPECT_EQ(row().version, 3);
  county_says(incident::Graded{grade::Grade::kMajor, "late"});
  county_says(incident::Offered{"city", 2, 1, "late"});
  EXPECT_EQ(row().grade, grade::Grade::kLarger);
  EXPECT_EQ(row().organisation, "city");
  EXPECT_EQ(waiting(), 0u);
}

}  // namespace
}  // namespace anlan::view
