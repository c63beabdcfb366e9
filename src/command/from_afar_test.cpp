// What was done behind a line and arrives late.

#include <gtest/gtest.h>

#include "command/from_afar_fixture.h"

namespace anlan::command {
namespace {

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

// Over two lines, one of which was cut: the story of an incident may come after what is said of it.
TEST_F(FromAfar, WhatCameBeforeItsIncidentIsHeardWhenThatComes) {
  comes("parties/B/shouguang", 1, incident::PartyFact{incident::Joined{"B", "shouguang", "taken_down", {}}});
  comes("parties/B/shouguang", 2,
        incident::PartyFact{incident::Phoned{"shouguang", {"city", "the desk", {}, node.clock.now()}}});
  instruction::Given given;
  given.incident = "B";
  given.text = "verify";
  given.given_by = "p-shouguang-leader";
  given.from = "shouguang";
  given.given_at = node.clock.now();
  given.to = {"anqiu"};
  given.verify = true;
  comes("instruction/B.shouguang.i1", 1, instruction::Fact{given});
  const auto recorded = [&] {
    return std::ranges::count(journal::read_after(node.sql(), 0, 10'000), "city", &journal::Fact::node);
  };
  const auto before = recorded();
  EXPECT_EQ(pending("B"), 0);

  county_opens();
  const auto members = node.state<incident::Parties>("B");
  ASSERT_NE(members.find("anqiu"), nullptr);
  ASSERT_NE(members.find("city"), nullptr);
  EXPECT_EQ(pending("B"), 2);
  EXPECT_EQ(pending("B", "anqiu"), 1);
  EXPECT_EQ(recorded() - before, 5) << "each once";
  const std::string afar = "fact:shouguang/";
  EXPECT_TRUE(std::ranges::all_of(
      node.facts, [&](const journal::Fact& f) { return f.node != "city" || f.cause.starts_with(afar); }));
}

}  // namespace
}  // namespace anlan::command
