#include "federation/exchange.h"

#include <gtest/gtest.h>

#include "codec/fact.h"
#include "command/node_fixture.h"
#include "journal/block_fixture.h"
#include "journal/quarantine.h"

namespace anlan::federation {
namespace {

using command::Receipt;
using journal::Fact;
using journal::Place;

// A city whose child "shouguang" is in hostile hands: it can sign what it likes.
class ReceiveTest : public testing::Test {
 protected:
  void SetUp() override {
    must(node::Register{"city", {}, "its key"}, "city");
    must(node::Register{"shouguang", "city", journal::a_pair().public_pem}, "shouguang");
    must(organisation::PlaceOrganisation{"shouguang"}, "shouguang");
    head_ = journal::head(city.sql());
  }
  void must(command::Command command, const std::string& target) {
    ASSERT_TRUE(city.ask("system", std::move(command), target).ok());
  }
  static Fact person(std::int64_t sequence, const std::string& id = "p-new", std::int64_t version = 1) {
    Fact fact = journal::fact_of("shouguang", sequence);
    organisation::PersonRegistered one{id, {"某某", "shouguang", "值班员", {}}};
    const auto encoded = codec::encode(organisation::PersonFact(one));
    fact.stream = "person/" + id;
    fact.version = version;
    fact.type = encoded.type;
    fact.body = encoded.body;
    return fact;
  }
  std::string bytes_of(const std::vector<Fact>& facts, Place after, Place upto) const {
    Batch batch{"shouguang", after, upto, {}, {}};
    const journal::Hash previous{std::byte{facts.front().node_sequence > 1}};
    batch.parts = {journal::part_of(journal::block_of(facts, previous), facts, journal::sequences_of(facts))};
    for (std::size_t i = 0; i < facts.size(); ++i) batch.order.emplace_back(0, i);
    return to_bytes(batch);
  }
  KeyOf keys() {
    return [this](const std::string& node) {
      const auto* known = city.directory().nodes.find(node);
      return known ? std::optional(known->public_key) : std::nullopt;
    };
  }
  command::Executor::Taken receive(const std::vector<Fact>& facts, Place after = {}, Place upto = {9, 9}) {
    auto delivery = opened(bytes_of(facts, after, upto), "shouguang", keys());
    EXPECT_TRUE(delivery.ok());
    return city.take_in(std::move(*delivery));
  }
  // Refused whole: neither a fact nor the place nor a block.
  void expect_nothing_taken() {
    EXPECT_EQ(journal::head(city.sql()), head_);
    EXPECT_EQ(journal::received(city.sql(), "shouguang"), Place{});
    EXPECT_FALSE(journal::last_block(city.sql(), "shouguang").has_value());
  }

  command::TestNode city;
  journal::Position head_ = 0;
};

TEST_F(ReceiveTest, TakesFactsWithTheirBlockAndCountersignsIt) {
  EXPECT_EQ(receive({person(1)}).receipt, Receipt::kTaken);
  EXPECT_EQ(city.directory().organisations.person("p-new")->organisation, "shouguang");
  EXPECT_EQ(journal::received(city.sql(), "shouguang"), (Place{9, 9}));
  const Self self{"city", journal::a_key()};
  const auto seen = seen_of(city.sql(), self, "shouguang", city.clock.now());
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->last, 1);
  const auto read = witness_in(to_text(*seen));
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(journal::check(*read, journal::its_public_key()));
  EXPECT_FALSE(witness_in("{}").has_value());
}

TEST_F(ReceiveTest, AReplayAndAGapChangeNothing) {
  EXPECT_EQ(receive({person(1)}).receipt, Receipt::kTaken);
  head_ = journal::head(city.sql());
  const auto again = receive({person(1)});
  EXPECT_EQ(again.receipt, Receipt::kElsewhere);
  EXPECT_EQ(again.upto, (Place{9, 9}));
  EXPECT_EQ(receive({person(2, "p-other")}, {10, 10}, {12, 12}).receipt, Receipt::kElsewhere);
  EXPECT_EQ(journal::head(city.sql()), head_);
}

TEST_F(ReceiveTest, AStreamWithAGapWaits) {
  EXPECT_EQ(receive({person(1, "p-new", 3)}).receipt, Receipt::kEarly);
  expect_nothing_taken();
}

TEST_F(ReceiveTest, AnotherOrganisationIsNotSpokenFor) {
  Fact fact = person(2, "city-leader", 2);
  fact.stream = "person/p-city-leader";
  const auto taken = receive({person(1), fact});
  EXPECT_EQ(taken.receipt, Receipt::kForbidden);
  EXPECT_NE(taken.what.find("city writes this stream"), std::string::npos) << taken.what;
  expect_nothing_taken();
}

TEST_F(ReceiveTest, ABodyThatNobodyCanReadIsRefusedAndTheNodeGoesOn) {
  Fact fact = person(2, "p-broken");
  fact.body = R"({"id":"p-broken"})";
  EXPECT_EQ(receive({person(1), fact}).receipt, Receipt::kForbidden);
  expect_nothing_taken();
  EXPECT_FALSE(city.directory().organisations.person("p-new"));
  EXPECT_EQ(receive({person(1)}).receipt, Receipt::kTaken);
}

TEST_F(ReceiveTest, ASecondHistoryIsAFork) {
  EXPECT_EQ(receive({person(1)}).receipt, Receipt::kTaken);
  const auto other = receive({person(1, "p-other")}, {9, 9}, {12, 12});
  EXPECT_EQ(other.receipt, Receipt::kForked);
  EXPECT_FALSE(city.directory().organisations.person("p-other"));
  // The same fact in a block that does not follow from the one here.
  const auto regrouped = receive({person(1), person(2, "p-other")}, {9, 9}, {12, 12});
  EXPECT_EQ(regrouped.receipt, Receipt::kForked);
  EXPECT_NE(regrouped.what.find("another block"), std::string::npos) << regrouped.what;
  EXPECT_EQ(journal::received(city.sql(), "shouguang"), (Place{9, 9}));
}

TEST_F(ReceiveTest, OnlyTheNeighbourItselfIsHeard) {
  const auto other = opened(bytes_of({person(1)}, {}, {9, 9}), "anqiu", keys());
  ASSERT_FALSE(other.ok());
  EXPECT_EQ(other.error().origin, "anqiu");
  EXPECT_FALSE(opened("no batch", "shouguang", keys()).ok());
  keep_refused(city.sql(), "anqiu", other.error(), "bytes", city.clock.now());
  const auto kept = journal::quarantined(city.sql());
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].neighbour, "anqiu");
}

TEST_F(ReceiveTest, ARevokedNodeEndsAtItsSequence) {
  must(node::Revoke{1, "被盗"}, "shouguang");
  EXPECT_EQ(receive({person(1), person(2, "p-other")}).receipt, Receipt::kForbidden);
  EXPECT_EQ(receive({person(1)}).receipt, Receipt::kTaken);
}

}  // namespace
}  // namespace anlan::federation
