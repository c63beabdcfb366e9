// Small worlds with seeds that stay the same; `make sim` plays large ones.

#include <gtest/gtest.h>

#include "desk.h"
#include "needed.h"
#include "owners.h"
#include "reference.h"
#include "trial.h"

namespace anlan::sim {
namespace {

std::string all_of(const Verdict& verdict) {
  std::string text;
  for (const auto& finding : verdict.findings) text += finding + "\n";
  return text;
}

TEST(Simulator, ACityACountyAndATownLoseNothingUnderFaults) {
  World world({1, 1});
  for (const std::uint64_t seed : {1, 2, 3}) {
    const auto steps = draw_steps(seed, 3, world.now(), {4, 60, 10});
    const auto told = try_out([&] { return world.play(seed, steps); });
    EXPECT_TRUE(told.verdict.sound()) << "seed " << seed << "\n" << all_of(told.verdict);
    EXPECT_GT(told.verdict.facts, 400);
    EXPECT_GT(told.verdict.stored, told.verdict.facts);
    EXPECT_GT(told.counts.at("failed commit"), 0);
    EXPECT_GT(told.counts.at("lost delivery"), 0);
  }
}

TEST(Simulator, ASeedPlaysTheSameAgain) {
  World world({1, 1});
  const auto steps = draw_steps(7, 3, world.now(), {2, 60, 10});
  const auto one = try_out([&] { return world.play(7, steps); }), other = try_out([&] { return world.play(7, steps); });
  EXPECT_EQ(one.counts, other.counts);
  EXPECT_EQ(one.verdict.facts, other.verdict.facts);
  EXPECT_EQ(one.verdict.stored, other.verdict.stored);
  EXPECT_NE(one.counts, try_out([&] { return world.play(8, steps); }).counts);
}

TEST(Simulator, WhatHappensTooSeldomMakesNoVerdict) {
  Verdict verdict;
  verdict.facts = 10'000;
  EXPECT_NE(missing_in({}, verdict).find("power cut 0 of 5"), std::string::npos);
  EXPECT_NE(missing_in({{"power cut", 1000}}, verdict).find("command 0 of 200"), std::string::npos);
}

TEST(Simulator, ARunThatHaltsIsToldAndNotPassedOver) {
  const auto told = try_out([]() -> Outcome { std::_Exit(3); });
  EXPECT_EQ(told.verdict.findings, std::vector<std::string>{"the process halted"});
  EXPECT_FALSE(told.verdict.sound());
}

// It would hand the register back to its parent, from whom it has it.
TEST(Outgoing, ANodeThatDoesNotKnowItsPlaceInTheTreeSendsNothing) {
  const Instant now = from_china_time(2026, 1, 5, 8);
  Node town("t", "c", reference_of("t", "370700"), now, 1);
  town.start();
  journal::Fact fact;
  fact.stream = "node/c";
  fact.type = "node.registered";
  fact.node = "c";
  fact.node_sequence = fact.version = 1;
  fact.occurred_at = fact.recorded_at = now;
  fact.actor = "system";
  fact.cause = "key";
  fact.world = "real";
  fact.body = R"({"id":"c","name":"c","public_key":""})";
  ASSERT_EQ(town.take_in({"c", {}, {1, 1}, {fact}}).receipt, command::Receipt::kTaken);
  const auto piece = view::outgoing(town.sql(), town.directory(), shipped_scope(), "t", "c", {}, 10);
  EXPECT_TRUE(piece.facts.empty());
  EXPECT_EQ(piece.upto, journal::Place{});
}

Told broken(const std::function<void(std::vector<journal::Fact>&)>& spoil) {
  std::vector<journal::Fact> all;
  const auto add = [&](const std::string& node, const std::string& stream, const std::string& type,
                       const std::string& body) {
    journal::Fact fact;
    fact.node = node;
    fact.node_sequence = static_cast<std::int64_t>(all.size()) + 1;
    fact.stream = stream;
    fact.type = type;
    fact.body = body;
    fact.version = 1;
    fact.actor = "desk";
    fact.cause = "key " + std::to_string(all.size());
    all.push_back(fact);
  };
  add("town", "parties/I/town", "incident.joined", R"({"incident":"I","organisation":"town","through":"taken_down"})");
  add("town", "parties/I/town", "incident.phoned",
      R"({"from":"town","report":{"to":"city","answered_by":"a","at":"2026-01-05T08:00:00.000+08:00"}})");
  all.back().version = 2;
  add("city", "parties/I/city", "incident.joined", R"({"incident":"I","organisation":"city","through":"phone"})");
  spoil(all);
  const Tree tree{{"city", ""}, {"town", "city"}};
  Told told;
  judge_promises(all, Owners(all), tree, told.verdict);
  return told;
}

TEST(Oracle, TellsAMissingReactionARepeatedOneAndASecondWriter) {
  EXPECT_TRUE(broken([](auto&) {}).verdict.sound());
  EXPECT_EQ(broken([](auto& all) { all.pop_back(); }).verdict.lost, 1);
  EXPECT_EQ(broken([](auto& all) { all.push_back(all.back()); }).verdict.duplicated, 1);
  EXPECT_EQ(broken([](auto& all) { all[1].node = "city"; }).verdict.diverged, 1);
}

TEST(Oracle, TheWayToAReaderLeadsOverWhatBothLieUnder) {
  const Tree tree{{"city", ""}, {"c1", "city"}, {"c2", "city"}, {"t", "c1"}};
  journal::Fact fact;
  fact.node = "t";
  fact.stream = "parties/I/t";
  fact.type = "incident.phoned";
  fact.body = R"({"from":"t","report":{"to":"c2","answered_by":"a","at":"2026-01-05T08:00:00.000+08:00"}})";
  EXPECT_EQ(Scope(tree, {fact}).nodes(fact), (std::set<std::string>{"c1", "c2", "city", "t"}));
  fact.stream = "duty/t";
  EXPECT_EQ(Scope(tree, {}).nodes(fact), (std::set<std::string>{"c1", "city", "t"}));
}

}  // namespace
}  // namespace anlan::sim
