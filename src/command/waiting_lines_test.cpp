// What a node takes in of lines that wait for what another line brings, as after a backup was restored.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command/from_afar_fixture.h"
#include "journal/block_fixture.h"
#include "journal/inbox.h"

namespace anlan::command {
namespace {

using testing::HasSubstr;

// The city's node and two counties', whose incidents B and C go from the one to the other.
class WaitingLines : public FromAfar {
 protected:
  void SetUp() override {
    FromAfar::SetUp();
    node::Register other;
    other.name = "anqiu";
    other.parent = "city";
    ASSERT_TRUE(node.ask("system", other, "anqiu").ok());
    ASSERT_TRUE(node.ask("system", organisation::PlaceOrganisation{"anqiu"}, "anqiu").ok());
  }

  // The next one of its node.
  template <class Variant>
  journal::Fact said(const std::string& by, const std::string& stream, std::int64_t version, const Variant& what) {
    journal::Fact fact;
    fact.stream = stream;
    fact.version = version;
    auto [type, body] = codec::encode(what);
    fact.type = type;
    fact.body = std::move(body);
    fact.node = fact.actor = by;
    fact.cause = "key";
    fact.world = kReal;
    fact.node_sequence = ++numbers_[by];
    fact.occurred_at = fact.recorded_at = node.clock.now();
    return fact;
  }
  journal::Fact opened(const std::string& by, const std::string& id) {
    incident::Opened f;
    f.number = "2026-0001";
    f.title = f.summary = "seen";
    f.type = "12D02";
    f.organisation = by;
    f.place.division = "370783115";
    f.learnt_at = node.clock.now();
    return said(by, "incident/" + id, 1, incident::Fact{f});
  }
  journal::Fact joined(const std::string& by, const std::string& id) {
    return said(by, "parties/" + id + "/" + by, 1, incident::PartyFact{incident::Joined{id, by, "handover", {}}});
  }
  journal::Fact released(const std::string& by, const std::string& id, const std::string& to) {
    return said(by, "incident/" + id, 2, incident::Fact{incident::Released{to, 2}});
  }
  journal::Fact taken_over(const std::string& by, const std::string& id) {
    return said(by, "incident/" + id + "@2", 1, incident::Fact{incident::TakenOver{id, by, 2, 2}});
  }
  // All in one signed block of its node.
  static Delivery delivery(const std::vector<journal::Fact>& facts) {
    const auto last = facts.back().node_sequence;
    const auto block = journal::block_of(facts);
    return {
        facts.front().node, {}, {last, last}, facts, {journal::part_of(block, facts, journal::sequences_of(facts))}};
  }
  Delivery of_shouguang() {
    return delivery({opened("shouguang", "B"), joined("shouguang", "B"), released("shouguang", "B", "anqiu"),
                     joined("shouguang", "C"), taken_over("shouguang", "C")});
  }
  Delivery of_anqiu() {
    return delivery({opened("anqiu", "C"), joined("anqiu", "C"), released("anqiu", "C", "shouguang"),
                     joined("anqiu", "B"), taken_over("anqiu", "B")});
  }
  journal::Place read_of(const std::string& neighbour) { return journal::received(node.sql(), neighbour); }
  std::string owner_of(const std::string& id) { return node.state<incident::Incident>(id).owner; }

  std::map<std::string, std::int64_t> numbers_;
};

TEST_F(WaitingLines, TwoThatWaitForEachOtherBothGoOn) {
  const Delivery of_one = of_shouguang(), of_other = of_anqiu();
  const auto first = node.take_in(of_one);
  EXPECT_EQ(first.receipt, Receipt::kEarly);
  EXPECT_THAT(first.what, HasSubstr("incident/C@2 begins before"));
  EXPECT_EQ(first.upto, journal::Place{});
  const auto other = node.take_in(of_other);
  EXPECT_EQ(other.receipt, Receipt::kTaken) << other.what;
  const auto again = node.take_in(of_one);
  EXPECT_EQ(again.receipt, Receipt::kTaken) << again.what;
  EXPECT_EQ(read_of("shouguang"), of_one.upto);
  EXPECT_EQ(owner_of("B"), "anqiu");
  EXPECT_EQ(owner_of("C"), "shouguang");
}

TEST_F(WaitingLines, WhatStandsBeforeIsHereOnceWithItsPartOfTheBlock) {
  const Delivery all = of_shouguang();
  ASSERT_EQ(node.take_in(all).receipt, Receipt::kEarly);
  EXPECT_EQ(read_of("shouguang"), journal::Place{}) << "it comes again";
  EXPECT_EQ(journal::version_of(node.sql(), "parties/C/shouguang"), 1);
  EXPECT_EQ(journal::version_of(node.sql(), "incident/C@2"), 0);
  const auto block = journal::last_block(node.sql(), "shouguang");
  ASSERT_TRUE(block.has_value());
  EXPECT_TRUE(journal::sound(node.sql(), *block)) << "of what is not here the hash";

  const auto head = journal::head(node.sql());
  EXPECT_EQ(node.take_in(all).receipt, Receipt::kEarly);
  EXPECT_EQ(journal::head(node.sql()), head) << "nothing twice";
  node.restart();
  ASSERT_EQ(node.take_in(of_anqiu()).receipt, Receipt::kTaken);
  ASSERT_EQ(node.take_in(all).receipt, Receipt::kTaken);
  EXPECT_TRUE(journal::sound(node.sql(), *block));
}

TEST_F(WaitingLines, WhoTakesOverWhatWasNotReleasedToThemBringsNothing) {
  const auto facts = [this] {
    auto all = of_anqiu().facts;
    all.push_back(taken_over("anqiu", "D"));
    all.insert(all.begin() + 4, opened("anqiu", "D"));
    return all;
  }();
  ASSERT_EQ(node.take_in(of_shouguang()).receipt, Receipt::kEarly);
  const auto head = journal::head(node.sql());
  Delivery stolen{"anqiu", {}, {9, 9}, facts};
  const auto refused = node.take_in(stolen);
  EXPECT_EQ(refused.receipt, Receipt::kForbidden);
  EXPECT_THAT(refused.what, HasSubstr("incident/D@2"));
  EXPECT_EQ(journal::head(node.sql()), head);
}

}  // namespace
}  // namespace anlan::command
