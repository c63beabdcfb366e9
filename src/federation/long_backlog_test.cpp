// What a neighbour that was cut off for long hears first.

#include <gtest/gtest.h>

#include "command/node_fixture.h"
#include "federation/exchange.h"
#include "journal/block_fixture.h"
#include "view/views.h"

namespace anlan::federation {
namespace {

using command::Receipt;
using command::TestNode;
using journal::Place;

command::Reference reference_of(const std::string& node) {
  auto reference = command::demo_reference();
  reference.node = node;
  return reference;
}

// A city that has gone on noting while its county 寿光市 could not be reached, and has instructed it at last.
class LongBacklog : public testing::Test {
 protected:
  void SetUp() override {
    must("system", node::Register{"city", {}, journal::a_pair().public_pem}, "city");
    must("system", node::Register{"shouguang", "city", ""}, "shouguang");
    must("system", organisation::PlaceOrganisation{"shouguang"}, "shouguang");
    while (true) {
      const Piece piece = next(start_, {});
      ASSERT_EQ(arrives(piece), Receipt::kTaken);
      start_ = journal::received(county.sql(), "city");
      if (!piece.more) break;
    }
    const std::string quiet = take_down();
    must("city", incident::ReportByPhone{"shouguang", "officer", {}, {}}, quiet);
    for (journal::Position i = 0; i < kLongBacklog; ++i) must("city", incident::Note{"n"}, quiet);
    urgent_ = take_down();
    must("city", instruction::Give{"核实", "p-city-leader", {"shouguang"}, {}, {}, true}, urgent_);
  }
  std::string must(const std::string& account, command::Command c, const std::string& target) {
    const auto answer = city.ask(account, std::move(c), target);
    EXPECT_TRUE(answer.ok()) << (answer.ok() ? "" : answer.error().code);
    const auto body = answer.ok() ? json::parse(answer->body).value() : json::Value(boost::json::object());
    return body.as_object().contains("id") ? std::string(body.at("id").as_string()) : std::string();
  }
  std::string take_down() {
    incident::TakeDown c;
    c.type = "12D02";
    c.division = "370783115";
    c.summary = "泄漏";
    return must("city", c, {});
  }
  Piece next(Place from, const Listener& told) {
    const auto ask = [&] {
      return next_piece(city.sql(), city.directory(), rules_, "city", "shouguang", from, from, told);
    };
    auto piece = ask();
    if (!piece.unsealed) return piece;
    city.sql().begin();
    journal::seal(city.sql(), "city", journal::a_key());
    city.sql().commit();
    return ask();
  }
  Receipt arrives(const Piece& piece) {
    const auto key = [](const std::string& node) {
      return node == "city" ? std::optional(journal::a_pair().public_pem) : std::nullopt;
    };
    auto delivery = opened(piece.bytes, "city", key);
    EXPECT_TRUE(delivery.ok());
    const auto taken = county.take_in(std::move(*delivery));
    EXPECT_EQ(taken.receipt, Receipt::kTaken) << taken.what;
    return taken.receipt;
  }
  bool has(const std::string& incident) { return journal::version_of(county.sql(), "incident/" + incident) > 0; }

  const std::vector<view::ScopeRule> rules_{
      {"node/", view::Reach::kEveryone},     {"organisation/", view::Reach::kEveryone},
      {"person/", view::Reach::kEveryone},   {"incident/", view::Reach::kConcerned},
      {"parties/", view::Reach::kConcerned}, {"instruction/", view::Reach::kConcerned, {"instruction.given"}}};
  std::vector<std::unique_ptr<journal::Projection>> views_ = view::all_views();
  TestNode city{view::pointers(views_), reference_of("city"), {"city", "shouguang"}};
  TestNode county{{}, reference_of("shouguang"), {}};
  std::string urgent_;
  Place start_;  // up to where the county has read before the line was cut
};

TEST_F(LongBacklog, IsLedByTheLatestNewsAndFollowsWhole) {
  const Piece first = next(start_, {kForm, 0, {}});
  ASSERT_TRUE(first.ahead);
  EXPECT_EQ(first.upto, start_);
  EXPECT_LT(first.facts, kFactsInBatch);
  ASSERT_EQ(arrives(first), Receipt::kTaken);
  EXPECT_TRUE(has(urgent_));
  EXPECT_EQ(journal::received(county.sql(), "city"), start_) << "the rest is still to come";
  const Listener told = first.next;
  int pieces = 0;
  for (bool more = true; more; ++pieces) {
    const Piece piece = next(journal::received(county.sql(), "city"), told);
    EXPECT_FALSE(piece.ahead) << "nothing is new";
    ASSERT_EQ(arrives(piece), Receipt::kTaken);
    more = piece.more;
  }
  EXPECT_GE(pieces, 3);
  EXPECT_EQ(journal::version_of(county.sql(), "incident/" + urgent_),
            journal::version_of(city.sql(), "incident/" + urgent_));
  const Piece after = next(journal::received(county.sql(), "city"), {kForm, 0, {}});
  EXPECT_FALSE(after.ahead) << "a short backlog needs no order";
}

TEST_F(LongBacklog, IsLedByNothingWhereTheRegisterEndsSomebodysWork) {
  must("system", organisation::PlaceOrganisation{"shouguang"}, "yangkou");
  EXPECT_FALSE(next(start_, {kForm, 0, {}}).ahead);
}

TEST_F(LongBacklog, IsNotHeldUpByNewsThatGoOn) {
  const Piece first = next(start_, {kForm, 0, {}});
  ASSERT_TRUE(first.ahead);
  must("city", instruction::Give{"再报", "p-city-leader", {"shouguang"}, {}, {}, true}, urgent_);
  const Piece second = next(start_, first.next);
  EXPECT_FALSE(second.ahead) << "nothing of the rest was read since";
  EXPECT_TRUE(next(second.upto, second.next).ahead || second.upto.since + kLongBacklog >= journal::seen(city.sql()));
}

TEST_F(LongBacklog, IsLedByNothingForWhoDoesNotAskForIt) {
  const Piece piece = next(start_, {});
  EXPECT_FALSE(piece.ahead);
  EXPECT_EQ(piece.facts, kFactsInBatch);
}

}  // namespace
}  // namespace anlan::federation
