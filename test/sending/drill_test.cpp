// No message of a drill can reach a real channel.

#include <random>

#include "sending/sending_fixture.h"

namespace anlan::sending {
namespace {

using outbox::World;

const std::vector<std::string> kWorlds{"real", "drill-a", "drill-b"};

class DrillTest : public SendingTest {
 protected:
  struct One {
    std::string id, world;
    std::int64_t version = 1;
    bool over = false;
  };

  // Something that happens at a desk, or to the machine.
  void play(std::mt19937_64& random) {
    const auto any = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
    if (warnings.empty() || any(4) == 0) return warnings.push_back({issue(std::string(kWorlds[any(3)])), ""}), learn();
    One& one = warnings[any(warnings.size())];
    switch (any(6)) {
      case 0:
        revise(one);
        break;
      case 1:
        one.over = ask("city", warning::Cancel{warning::Ending::kPassed, "r"}, one.id, one.world).ok() || one.over;
        break;
      case 2:  // from the other side of the wall: every world is tried on what is not its own
        for (const std::string& world : kWorlds)
          if (world != one.world) {
            EXPECT_FALSE(ask("city", warning::Cancel{warning::Ending::kPassed, "r"}, one.id, world).ok());
            EXPECT_FALSE(ask("city", warning::Sign{one.version, 0}, one.id, world).ok());
          }
        break;
      case 3:
        node.clock.at += std::chrono::minutes{any(30)};
        call_out();
        break;
      case 4:
        begin();
        break;
      default:
        break;
    }
  }
  void learn() {
    std::string world;
    state::replay<warning::Warning>(node.sql(), warnings.back().id, &world);
    warnings.back().world = world;
  }
  void revise(One& one) {
    if (one.over) return;
    auto content = node.state<warning::Warning>(one.id).versions.back().content;
    content.expires = node.clock.now() + std::chrono::hours{5};
    if (!ask("city", warning::Revise{content}, one.id, one.world).ok()) return;
    sign(one.id, ++one.version, one.world);
  }

  // Every message of an outbox is about something of its world.
  void look(World world) {
    const auto reading = outbox::open_reading(store.where(), world);
    const bool is_real = world == World::kReal;
    for (const One& one : warnings) {
      const bool here = (one.world == "real") == is_real;
      for (std::int64_t version = 1; version <= one.version; ++version) {
        expect(*reading, notify::batch_of_issue(one.id, version), here);
        expect(*reading, notify::batch_of_leaving(one.id, version), here);
      }
      expect(*reading, notify::batch_of_end(one.id), here);
    }
    auto& calls = node.sql().prepare("SELECT sequence, world FROM callout_call");
    while (calls.step())
      expect(*reading, notify::batch_of_call(calls.integer(0)), (calls.text(1) == "real") == is_real);
  }
  void expect(sql::Connection& reading, const std::string& batch, bool here) {
    const auto found = outbox::summary(reading, batch, node.clock.now());
    EXPECT_TRUE(here || !found) << batch;
    if (!found) return;
    ++seen;
    for (const auto& count : found->counts) EXPECT_EQ(count.channel.starts_with("drill-"), is_drill_now);
  }

  std::vector<One> warnings;
  std::size_t seen = 0;
  bool is_drill_now = false;
};

TEST_F(DrillTest, OverAnyHistoryEachOutboxHoldsItsOwnWorldAlone) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    std::mt19937_64 random(seed);
    for (int step = 0; step < 60; ++step) {
      play(random);
      notices->step();
    }
    is_drill_now = false;
    look(World::kReal);
    is_drill_now = true;
    look(World::kDrill);
  }
  EXPECT_GT(seen, 60U);
}

// Whoever reads it reads it alone: on a telephone there is no band above the page.
TEST_F(DrillTest, EveryTextOfADrillSaysThatItIsOne) {
  const std::string id = issue("drill-a");
  for (const bool ended : {false, true}) {
    if (ended) {
      ASSERT_TRUE(ask("city", warning::Cancel{warning::Ending::kMistaken, "r"}, id, "drill-a").ok());
    }
    notices->step();
    std::size_t count = 0;
    for (const std::string channel : {"drill-sms", "drill-mail"})
      for (const auto& one : drill.take({channel}, 100, node.clock.now())) {
        EXPECT_TRUE(one.text.starts_with("DRILL ")) << one.text;
        const auto body = one.text.find("\n\n");
        EXPECT_TRUE(body == std::string::npos || one.text.substr(body + 2).starts_with("DRILL ")) << one.text;
        ++count;
      }
    EXPECT_GE(count, 3U);
  }
}

TEST_F(DrillTest, NoTextOfTheRealWorldSaysThatItIsADrill) {
  issue();
  notices->step();
  for (const auto& way : ways)
    for (const std::string& one : taken(real, way.name)) EXPECT_EQ(one.find("DRILL"), std::string::npos) << one;
}

TEST_F(DrillTest, ADrillsStoreIsNoOutboxOfTheRealWorld) {
  issue("drill-a");
  notices->step();
  const auto opened_as = [&](const std::string& name) {
    return [this, name] { return sql::open_beside(store.where(), name, sql::Access::kWrite); };
  };
  EXPECT_THROW(outbox::Outbox(World::kReal, opened_as("drill")), sql::Error);
  EXPECT_THROW(outbox::Outbox(World::kDrill, opened_as("outbox")), sql::Error);
}

TEST_F(DrillTest, AChannelOfTheRealWorldIsGivenNothingOfADrillUnderWhateverName) {
  for (auto& way : ways) way.name = "same-" + way.kind;  // both worlds name their channels alike
  begin();
  issue("drill-a");
  notices->step();
  for (const auto& way : ways) EXPECT_TRUE(real.take({way.name}, 100, node.clock.now()).empty()) << way.name;
  EXPECT_FALSE(drill.take({"same-sms"}, 100, node.clock.now()).empty());
}

}  // namespace
}  // namespace anlan::sending
