// What was done behind a line and arrives late.

#include <gtest/gtest.h>

#include <algorithm>

#include "codec/fact.h"
#include "command/node_fixture.h"

namespace anlan::command {
namespace {

class FromAfar : public testing::Test {
 protected:
  void SetUp() override {
    node::Register self;
    self.name = "city";
    ASSERT_TRUE(node.ask("system", self, "city").ok());
    self.name = "shouguang";
    self.parent = "city";
    ASSERT_TRUE(node.ask("system", self, "shouguang").ok());
    ASSERT_TRUE(node.ask("system", organisation::PlaceOrganisation{"shouguang"}, "shouguang").ok());
  }

  // As the county's node hands it over.
  template <class Variant>
  void comes(const std::string& stream, std::int64_t version, const Variant& said) {
    journal::Fact fact;
    fact.stream = stream;
    fact.version = version;
    auto [type, body] = codec::encode(said);
    fact.type = type;
    fact.body = std::move(body);
    fact.node = fact.actor = "shouguang";
    fact.cause = "key";
    fact.world = kReal;
    fact.node_sequence = ++sequence_;
    fact.occurred_at = fact.recorded_at = node.clock.now();
    const journal::Place before{sequence_ - 1, sequence_ - 1}, after{sequence_, sequence_};
    ASSERT_EQ(node.take_in({"shouguang", sequence_ == 1 ? journal::Place{} : before, after, {fact}}).receipt,
              Receipt::kTaken);
  }

  void county_takes_down() {
    incident::Opened opened;
    opened.number = "2026-0001";
    opened.title = opened.summary = "seen too";
    opened.type = "12D02";
    opened.organisation = "shouguang";
    opened.place.division = "370783115";
    opened.learnt_at = node.clock.now();
    comes("incident/B", 1, incident::Fact{opened});
    comes("parties/B/shouguang", 1, incident::PartyFact{incident::Joined{"B", "shouguang", "taken_down", {}}});
  }

  std::int64_t pending(const std::string& incident, const std::string& organisation = "city") {
    return std::ranges::count_if(node.state<clock::Clocks>(incident + "/" + organisation).items,
                                 &clock::Clock::pending);
  }

  TestNode node;
  std::int64_t sequence_ = 0;
};

TEST_F(FromAfar, NothingNewIsOwedOnAnIncidentThatItsOwnerHasClosedMeanwhile) {
  incident::TakeDown call;
  call.type = "12D02";
  call.division = "370783115";
  call.summary = "seen";
  const auto taken = node.ask("city", call);
  ASSERT_TRUE(taken.ok());
  const std::string into(json::parse(taken->body).value().at("id").as_string());

  county_takes_down();
  comes("parties/B/shouguang", 2,
        incident::PartyFact{incident::Phoned{"shouguang", {"city", "the desk", {}, node.clock.now()}}});
  EXPECT_EQ(pending("B"), 2);

  ASSERT_TRUE(node.ask("city", incident::Close{"over"}, into).ok());
  comes("incident/B", 2, incident::Fact{incident::Merged{into, "city", "the same"}});
  EXPECT_EQ(node.state<incident::Incident>(into).absorbed, std::vector<std::string>{"B"});
  EXPECT_EQ(pending("B"), 0);
  EXPECT_EQ(pending(into), 0);
}

TEST_F(FromAfar, VerifiedFiguresAreNotOwedWhereTheIncidentWasClosedBeforeTheyWereHeardToBeAskedFor) {
  county_takes_down();
  instruction::Given given;
  given.incident = "B";
  given.text = "verify";
  given.given_by = "p-shouguang-leader";
  given.from = "shouguang";
  given.given_at = node.clock.now();
  given.to = {"anqiu"};
  given.verify = true;
  comes("instruction/B.shouguang.i1", 1, instruction::Fact{given});
  EXPECT_EQ(pending("B", "anqiu"), 1);

  comes("incident/B", 2, incident::Fact{incident::Closed{"over"}});
  EXPECT_EQ(pending("B", "anqiu"), 0);
  comes("instruction/B.shouguang.i2", 1, instruction::Fact{given});
  EXPECT_EQ(pending("B", "anqiu"), 0);
}

}  // namespace
}  // namespace anlan::command
