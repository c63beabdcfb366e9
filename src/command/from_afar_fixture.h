#pragma once
// A node of the city whose county's node hands over what a test says.

#include <gtest/gtest.h>

#include <algorithm>

#include "codec/fact.h"
#include "command/node_fixture.h"

namespace anlan::command {

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
  Executor::Taken offered(const std::string& stream, std::int64_t version, const Variant& said) {
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
    const auto taken = node.take_in({"shouguang", place_, {sequence_, sequence_}, {fact}});
    if (taken.receipt == Receipt::kTaken)
      place_ = {sequence_, sequence_};
    else
      --sequence_;  // it was not recorded by the county either
    return taken;
  }
  template <class Variant>
  void comes(const std::string& stream, std::int64_t version, const Variant& said) {
    const auto taken = offered(stream, version, said);
    ASSERT_EQ(taken.receipt, Receipt::kTaken) << taken.what;
  }

  void county_opens() {
    incident::Opened opened;
    opened.number = "2026-0001";
    opened.title = opened.summary = "seen too";
    opened.type = "12D02";
    opened.organisation = "shouguang";
    opened.place.division = "370783115";
    opened.learnt_at = node.clock.now();
    comes("incident/B", 1, incident::Fact{opened});
  }
  void county_takes_down() {
    county_opens();
    comes("parties/B/shouguang", 1, incident::PartyFact{incident::Joined{"B", "shouguang", "taken_down", {}}});
  }

  std::int64_t pending(const std::string& incident, const std::string& organisation = "city") {
    return std::ranges::count_if(node.state<clock::Clocks>(incident + "/" + organisation).items,
                                 &clock::Clock::pending);
  }

  TestNode node;
  std::int64_t sequence_ = 0;
  journal::Place place_;
};

}  // namespace anlan::command
