#include <gtest/gtest.h>

#include <thread>

#include "edge/sandbox/channel.h"
#include "outbox/reading.h"
#include "platform/sql/store_fixture.h"

namespace anlan::edge {
namespace {

using Counts = std::map<std::string, std::int64_t>;

class RealClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }
};

class Sandbox : public testing::Test {
 protected:
  RealClock clock;
  SandboxChannel channel{.name = "sms",
                         .rate = 5000,
                         .delay_least = Milliseconds{5},
                         .delay_most = Milliseconds{60},
                         .down = 10,
                         .backoff = {Milliseconds{10}, Milliseconds{20}, 6}};

  static void queue(outbox::Outbox& outbox, int count, Instant now) {
    const auto filling = outbox.open({.id = "d1", .expires = now + Minutes{10}, .wordings = {{"", "演练"}}}, now);
    std::vector<outbox::Addressed> people;
    for (int i = 0; i < count; ++i) people.push_back({std::to_string(i), {{"sms", std::to_string(13800000000 + i)}}});
    outbox.fill(filling.batch, "", people, "end", true, now);
  }
  Counts counts(sql::Connection& reading) const {
    Counts result;
    const auto said = outbox::summary(reading, "d1", clock.now());
    for (const auto& c : said->counts) result[std::string(outbox::name_of(c.state))] = c.messages;
    return result;
  }
  // When nothing is on its way any more, by the longest delays there can be.
  Counts played(std::uint64_t seed, int count) {
    sql::TestStore store;
    outbox::Outbox drill(store.where(), outbox::World::kDrill);
    const auto reading = outbox::open_reading(store.where(), outbox::World::kDrill);
    queue(drill, count, clock.now());
    channel.seed = seed;
    const auto gateway = serve(channel, drill, clock, [](const std::string& what) { ADD_FAILURE() << what; });
    Counts last;
    for (int still = 0, i = 0; still < 60 && i < 2000; ++i) {
      std::this_thread::sleep_for(Milliseconds{10});
      Counts now = counts(*reading);
      const bool idle = !now.contains("ready") && !now.contains("waiting") && !now.contains("in_flight");
      still = idle && now == last ? still + 1 : 0;
      last = std::move(now);
    }
    return last;
  }
};

TEST_F(Sandbox, BehavesAsRealGatewaysDoAndEveryMessageHasAnEnd) {
  const Counts said = played(7, 600);
  std::int64_t all = 0;
  for (const auto& [state, count] : said) all += count;
  EXPECT_EQ(all, 600);
  EXPECT_GT(said.at("delivered"), 450);
  for (const char* state : {"accepted", "failed", "uncertain"}) {
    EXPECT_GT(said.at(state), 0) << state;
    EXPECT_LT(said.at(state), 100) << state;
  }
  EXPECT_EQ(said.size(), 4U);
}

// But for reports that contradict each other, of which the first counts.
TEST_F(Sandbox, DoesTheSameForTheSameSeed) {
  channel.contrary = 0;
  const Counts once = played(7, 300);
  EXPECT_EQ(played(7, 300), once);
  EXPECT_NE(played(8, 300), once);
}

TEST_F(Sandbox, ASettingThatCannotBeIsNamed) {
  EXPECT_EQ(fault_of(channel), std::nullopt);
  channel.delay_most = Milliseconds{1};
  EXPECT_EQ(fault_of(channel)->setting, "delay_most");
  channel.delay_most = Milliseconds{100};
  channel.twice = 1001;
  EXPECT_EQ(fault_of(channel), (outbox::Fault{"twice", "range", "1001"}));
}

using SandboxDeathTest = Sandbox;

TEST_F(SandboxDeathTest, ServesNoOutboxOfTheRealWorld) {
  sql::TestStore store;
  outbox::Outbox real(store.where(), outbox::World::kReal);
  EXPECT_DEATH(serve(channel, real, clock, [](const std::string&) {}), "world");
}

}  // namespace
}  // namespace anlan::edge
