#include "command/weaving.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan::command {
namespace {

using testing::ElementsAre;

journal::Fact fact(const std::string& node, std::int64_t number, const std::string& cause = "key",
                   const std::string& stream = "", std::int64_t version = 1) {
  journal::Fact f;
  f.node = node;
  f.node_sequence = number;
  f.cause = cause;
  f.stream = stream.empty() ? node + "/" + std::to_string(number) : stream;
  f.version = version;
  return f;
}

std::vector<std::string> woven(const std::vector<journal::Fact>& facts) {
  Weaving weaving("own");
  for (const auto& f : facts) weaving.add(f);
  std::vector<std::string> names;
  for (const auto& f : weaving.woven()) names.push_back(f.node + "/" + std::to_string(f.node_sequence));
  return names;
}

TEST(WeavingTest, WhereNothingDecidesTheOrderOfAddingStays) {
  EXPECT_THAT(woven({fact("b", 2), fact("a", 1), fact("b", 7), fact("own", 1)}),
              ElementsAre("b/2", "a/1", "b/7", "own/1"));
}

TEST(WeavingTest, EachStandsBehindWhatCalledForIt) {
  EXPECT_THAT(woven({fact("a", 1), fact("b", 3, "fact:own/5"), fact("own", 4), fact("own", 5, "fact:a/1")}),
              ElementsAre("a/1", "own/4", "own/5", "b/3"));
}

// a/4 went ahead of a/2: taken over for the second time, own/6 would stand before the release a/2 that own/5 follows.
TEST(WeavingTest, WhatWentAheadOfABacklogStandsWhereItsNodeRecordedIt) {
  EXPECT_THAT(woven({fact("a", 4, "fact:own/6"), fact("a", 2), fact("own", 5, "fact:a/2"), fact("own", 6)}),
              ElementsAre("a/2", "own/5", "own/6", "a/4"));
}

TEST(WeavingTest, AStreamKeepsItsOrderWhoeverWritesIt) {
  EXPECT_THAT(woven({fact("b", 1, "key", "s", 3), fact("own", 9, "key", "s", 2), fact("a", 5, "key", "s", 1)}),
              ElementsAre("a/5", "own/9", "b/1"));
}

TEST(WeavingTest, WhatANodeSaysFalselyOfItsCausesMovesNobodyElse) {
  EXPECT_THAT(woven({fact("a", 1, "fact:own/3", "s", 1), fact("a", 2, "key", "s", 2), fact("own", 1),
                     fact("own", 2, "fact:a/2"), fact("own", 3), fact("b", 1, "fact:own/2")}),
              ElementsAre("own/1", "a/1", "a/2", "own/2", "own/3", "b/1"));
  EXPECT_THAT(woven({fact("a", 1, "fact:a/1")}), ElementsAre("a/1"));
  EXPECT_THAT(woven({fact("a", 1, "fact:a/2"), fact("a", 2)}), ElementsAre("a/1", "a/2"));
}

TEST(WeavingTest, NumbersThatContradictAStreamArePassedOver) {
  EXPECT_THAT(woven({fact("a", 1, "key", "s", 2), fact("a", 2, "key", "s", 1)}), ElementsAre("a/2", "a/1"));
}

TEST(WeavingTest, AHistoryMayBeLong) {
  std::vector<journal::Fact> facts;
  for (std::int64_t number = 50'000; number > 0; --number) facts.push_back(fact("a", number));
  const auto names = woven(facts);
  EXPECT_EQ(names.front(), "a/1");
  EXPECT_EQ(names.back(), "a/50000");
}

}  // namespace
}  // namespace anlan::command
