#include "outbox/serving.h"

#include <atomic>
#include <mutex>
#include <thread>

#include "outbox/fixture.h"

namespace anlan::outbox {
namespace {

class RealClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }
};

// What the other side does, by the address; and what it was given.
class Scripted final : public Way {
 public:
  struct Seen {
    std::mutex mutex;
    std::vector<std::string> given;  // addresses
    std::vector<Instant> at;
    std::atomic<int> connects = 0, interrupts = 0;
    std::vector<Report> reports;  // to be told
  };
  using Script = std::function<Result<Done>(const Taken&, std::vector<Outcome>&)>;
  Scripted(Seen& seen, Script script, Result<Done> connect = Done{})
      : seen_(seen), script_(std::move(script)), connect_(std::move(connect)) {}

  Result<Done> connect() override {
    ++seen_.connects;
    return connect_;
  }
  Result<Done> give(std::span<const Taken> taken, std::vector<Outcome>& outcomes) override {
    for (const Taken& t : taken) {
      {
        const std::lock_guard lock(seen_.mutex);
        seen_.given.push_back(t.address);
        seen_.at.push_back(RealClock().now());
      }
      if (auto done = script_(t, outcomes); !done.ok()) return done;
    }
    return Done{};
  }
  Result<Done> hear(Milliseconds longest, std::vector<Report>& reports) override {
    std::this_thread::sleep_for(std::min(longest, Milliseconds{5}));
    const std::lock_guard lock(seen_.mutex);
    reports = std::exchange(seen_.reports, {});
    return Done{};
  }
  void interrupt() override { ++seen_.interrupts; }

 private:
  Seen& seen_;
  const Script script_;
  const Result<Done> connect_;
};

class ServingTest : public testing::Test {
 protected:
  sql::TestStore store;
  RealClock clock;
  Outbox outbox{store.where(), World::kReal};
  std::unique_ptr<sql::Connection> reading = open_reading(store.where(), World::kReal);
  Scripted::Seen seen;
  Terms terms{.channel = {"mail", false, {Milliseconds{20}, Milliseconds{40}, 3}},
              .rate = 1000,
              .pauses = {Milliseconds{10}, Milliseconds{40}}};

  void queue(int count, std::vector<std::string> channels = {"mail"}) {
    const Batch batch{.id = "w1", .expires = clock.now() + Minutes{10}, .wordings = {{"", "水位超警"}}};
    const auto filling = outbox.open(batch, clock.now());
    outbox.fill(filling.batch, "", people(0, count, std::move(channels)), "end", true, clock.now());
  }
  std::unique_ptr<Serving> serve(Scripted::Script script, Result<Done> connect = Done{}) {
    return std::make_unique<Serving>(terms, std::make_unique<Scripted>(seen, std::move(script), std::move(connect)),
                                     outbox, clock, [](const std::string& what) { ADD_FAILURE() << what; });
  }
  Counts in_the_end(const Counts& expected) {
    for (int i = 0; i < 2000 && counts(*reading, "w1", clock.now()) != expected; ++i)
      std::this_thread::sleep_for(Milliseconds{5});
    return counts(*reading, "w1", clock.now());
  }
  std::size_t given() {
    const std::lock_guard lock(seen.mutex);
    return seen.given.size();
  }
  static Result<Done> take(const Taken& t, std::vector<Outcome>& outcomes) {
    outcomes.push_back({t.message, t.leg, Outcome::Kind::kAccepted, {"id-" + t.address}});
    return Done{};
  }
};

TEST_F(ServingTest, EveryMessageIsGivenOnceAndItsOutcomeKept) {
  queue(50);
  const auto serving = serve(take);
  EXPECT_EQ(in_the_end({{"mail accepted", 50}}), (Counts{{"mail accepted", 50}}));
  EXPECT_EQ(given(), 50U);
  EXPECT_TRUE(serving->health().connected);
}

TEST_F(ServingTest, AReportIsHeardOnALineThatStands) {
  terms.standing = true;
  queue(2);
  const auto serving = serve(take);
  EXPECT_EQ(in_the_end({{"mail accepted", 2}}), (Counts{{"mail accepted", 2}}));
  {
    const std::lock_guard lock(seen.mutex);
    seen.reports = {{"id-mail0", true, ""}, {"id-mail1", false, "off"}};
  }
  const Counts expected{{"mail delivered", 1}, {"mail failed", 1}};
  EXPECT_EQ(in_the_end(expected), expected);
}

TEST_F(ServingTest, WhatHasNoOutcomeWasNotGivenAndIsNoTry) {
  queue(1);
  std::atomic<int> calls = 0;
  const auto serving = serve([&](const Taken& t, std::vector<Outcome>& outcomes) -> Result<Done> {
    EXPECT_EQ(t.tries, 1);
    if (++calls < 8) return Failure{"down"};
    return take(t, outcomes);
  });
  EXPECT_EQ(in_the_end({{"mail accepted", 1}}), (Counts{{"mail accepted", 1}}));
  EXPECT_EQ(calls, 8);
}

TEST_F(ServingTest, ALineThatIsDownIsTriedWithPausesAndSaysWhy) {
  queue(1);
  const auto serving = serve(take, Failure{"nobody there"});
  while (seen.connects < 4) std::this_thread::sleep_for(Milliseconds{1});
  EXPECT_EQ(given(), 0U);
  EXPECT_FALSE(serving->health().connected);
  EXPECT_EQ(serving->health().why, "nobody there");
  EXPECT_EQ(counts(*reading, "w1", clock.now()), (Counts{{"mail ready", 1}}));
}

TEST_F(ServingTest, AChannelWhoseOwnFaultItIsPassesItsMessagesOnWithoutPauses) {
  terms.pauses = {Minutes{10}, Minutes{10}};
  queue(5, {"mail", "sms"});
  const auto serving = serve([](const Taken& t, std::vector<Outcome>& outcomes) -> Result<Done> {
    outcomes.push_back({t.message, t.leg, Outcome::Kind::kFailed, {}, "bad key"});
    return Failure{"bad key"};
  });
  const Counts expected{{"mail passed_on", 5}, {"sms ready", 5}};
  EXPECT_EQ(in_the_end(expected), expected);
  EXPECT_EQ(serving->health().why, "bad key");
}

TEST_F(ServingTest, ALineThatStaysDownPassesOnWhatHasAnotherWay) {
  terms.channel.backoff.line_urgent = Milliseconds{150};
  terms.channel.backoff.line = Milliseconds{150};
  outbox.note_line("sms", {});
  queue(5, {"mail", "sms"});
  const auto begun = clock.now();
  const auto serving = serve(take, Failure{"nobody there"});
  const Counts expected{{"mail passed_on", 5}, {"sms ready", 5}};
  EXPECT_EQ(in_the_end(expected), expected);
  EXPECT_GE(clock.now() - begun, Milliseconds{150});
  EXPECT_EQ(given(), 0U);
}

TEST_F(ServingTest, ALineThatWasDownForAMomentPassesNothingOn) {
  terms.channel.backoff.line_urgent = Minutes{1};
  outbox.note_line("sms", {});
  queue(5, {"mail", "sms"});
  std::atomic<int> calls = 0;
  const auto serving = serve([&](const Taken& t, std::vector<Outcome>& outcomes) -> Result<Done> {
    if (++calls < 5) return Failure{"down"};
    return take(t, outcomes);
  });
  EXPECT_EQ(in_the_end({{"mail accepted", 5}}), (Counts{{"mail accepted", 5}}));
}

TEST_F(ServingTest, ItsRateIsKeptAndNothingIsSavedUp) {
  terms.rate = 20;
  terms.at_once = 16;
  queue(12);
  const auto serving = serve(take);
  EXPECT_EQ(in_the_end({{"mail accepted", 12}}), (Counts{{"mail accepted", 12}}));
  const std::lock_guard lock(seen.mutex);
  EXPECT_GE(seen.at.back() - seen.at.front(), Milliseconds{480});  // ten of them at 20 a second, two at once
}

TEST_F(ServingTest, EndingGivesNothingMoreAndLeavesNothingInFlight) {
  queue(500);
  auto serving = serve([](const Taken& t, std::vector<Outcome>& outcomes) {
    std::this_thread::sleep_for(Milliseconds{2});
    return take(t, outcomes);
  });
  while (given() < 5) std::this_thread::sleep_for(Milliseconds{1});
  serving.reset();
  const auto before = given();
  const Counts said = counts(*reading, "w1", clock.now());
  EXPECT_LT(before, 500U);
  EXPECT_FALSE(said.contains("mail in_flight"));
  EXPECT_EQ(said.at("mail accepted") + said.at("mail ready"), 500);
  EXPECT_EQ(seen.interrupts, 0);
}

TEST_F(ServingTest, WhatAnotherProcessLeftInFlightIsInDoubtAndNotGivenAgain) {
  queue(3);
  EXPECT_EQ(outbox.take(terms.channel, 2, clock.now()).size(), 2U);
  const auto serving = serve(take);
  const Counts expected{{"mail accepted", 1}, {"mail uncertain", 2}};
  EXPECT_EQ(in_the_end(expected), expected);
  EXPECT_EQ(given(), 1U);
}

using ServingDeathTest = ServingTest;

TEST_F(ServingDeathTest, AGatewayOfTheRealWorldDoesNotServeADrillsOutboxNorTheOtherWayRound) {
  Outbox drill(store.where(), World::kDrill);
  const auto begin = [&](World world, Outbox& of) {
    terms.world = world;
    Serving(terms, std::make_unique<Scripted>(seen, take), of, clock, [](const std::string&) {});
  };
  EXPECT_DEATH(begin(World::kReal, drill), "world");
  EXPECT_DEATH(begin(World::kDrill, outbox), "world");
}

TEST(Terms, WhatCannotBeIsNamed) {
  const Terms good{.channel = {"mail"}};
  EXPECT_EQ(fault_of(good), std::nullopt);
  Terms bad = good;
  bad.channel.name.clear();
  EXPECT_EQ(fault_of(bad), (Fault{"name", "missing"}));
  for (const double rate : {0.0, -1.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
    bad = good;
    bad.rate = rate;
    EXPECT_EQ(fault_of(bad)->setting, "rate");
  }
  bad = good;
  bad.channel.backoff.tries = 0;
  EXPECT_EQ(fault_of(bad), (Fault{"tries", "range", "0"}));
}

}  // namespace
}  // namespace anlan::outbox
