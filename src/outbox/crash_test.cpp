// A process that ends at any step of its work on the outbox: nothing is lost, nothing goes out twice to a gateway that
// knows keys, nothing twice at all where the batch would rather lose it.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "outbox/fixture.h"
#include "outbox/outbox.h"

namespace anlan::outbox {
namespace {

constexpr int kPeople = 24, kPiece = 7;

// What gateways have got, and the time. They outlive every process.
struct Gateways {
  std::map<std::string, int> given;                  // by key: how often
  std::map<std::string, std::set<std::string>> got;  // by recipient's address: under which keys
  int ids = 0, now = 0;
};

// One process: fills what is to be filled and sends what there is. Chance decides what a gateway says; it is the same
// in each run, so the step at which the process ends is all that differs.
class Process {
 public:
  Process(const std::string& where, std::string batch_id, Fate& fate, Gateways& gateways, unsigned seed)
      : batch_id_(std::move(batch_id)),
        outbox_(World::kReal,
                [where, &fate] {
                  return std::make_unique<Mortal>(sql::open_beside(where, "outbox", sql::Access::kWrite), fate);
                }),
        gateways_(gateways),
        chance_(seed) {}

  void run() {
    for (const Channel& channel : {sms_, mail_}) outbox_.resume(channel, at(gateways_.now));
    while (!filled_ || busy_) {
      busy_ = false;
      if (!filled_) filled_ = fill();
      for (const Channel& channel : {sms_, mail_}) serve(channel);
      gateways_.now += 1000;
    }
  }

 private:
  bool fill() {
    auto what = batch(batch_id_);
    what.expires = at(100'000'000);
    const auto filling = outbox_.open(what, at(gateways_.now));
    if (filling.complete) return true;
    const int done = filling.cursor.empty() ? 0 : std::stoi(filling.cursor), end = std::min(done + kPiece, kPeople);
    const auto result = outbox_.fill(filling.batch, filling.cursor, people(done, end - done, {"sms", "mail"}),
                                     std::to_string(end), end == kPeople, at(gateways_.now));
    EXPECT_EQ(result, Outbox::Filled::kQueued);
    return end == kPeople;
  }

  void serve(const Channel& channel) {
    const auto taken = outbox_.take(channel, 5, at(gateways_.now));
    std::vector<Outcome> outcomes;
    std::vector<Report> reports;
    for (const Taken& t : taken) {
      busy_ = true;
      ++gateways_.given[t.key];
      gateways_.got[t.address].insert(t.key);
      const auto kind = static_cast<Outcome::Kind>(chance_() % 6);
      outcomes.push_back({t.message, t.leg, kind, {}, "chance"});
      if (kind != Outcome::Kind::kAccepted) continue;
      for (std::size_t part = chance_() % 3; part > 0; --part) {
        outcomes.back().gateway_ids.push_back("g" + std::to_string(++gateways_.ids));
        if (chance_() % 2 == 0) reports.push_back({outcomes.back().gateway_ids.back(), chance_() % 4 != 0, "UNDELIV"});
      }
    }
    if (chance_() % 2 == 0) outbox_.report(channel, reports, at(gateways_.now));
    outbox_.settle(channel, outcomes, at(gateways_.now));
    outbox_.report(channel, reports, at(gateways_.now));
  }

  const Channel sms_{.name = "sms"}, mail_{.name = "mail", .knows_keys = true};
  const std::string batch_id_;
  Outbox outbox_;
  Gateways& gateways_;
  std::mt19937 chance_;
  bool filled_ = false, busy_ = true;
};

// Ends the first process at `step`; the second goes on, with a batch of their own. False: the first came to its end
// before.
bool live_twice(const sql::TestStore& store, std::int64_t step, unsigned seed) {
  const std::string id = std::to_string(seed) + "-" + std::to_string(step);
  Fate fate{.last = step};
  Gateways gateways;
  bool crashed = false;
  try {
    Process(store.where(), id, fate, gateways, seed).run();
  } catch (const Crash&) {
    crashed = true;
  }
  Fate fine;
  Process(store.where(), id, fine, gateways, seed + 1).run();

  const auto reading = open_reading(store.where(), World::kReal);
  const auto all = messages(*reading, id, 0, 1000, at(0));
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kPeople)) << "step " << step;
  std::set<std::string> recipients;
  for (const Message& m : all) {
    recipients.insert(m.recipient);
    EXPECT_TRUE(m.state != State::kReady && m.state != State::kInFlight && m.state != State::kWaiting)
        << m.recipient << " " << name_of(m.state) << " step " << step;
  }
  EXPECT_EQ(recipients.size(), static_cast<std::size_t>(kPeople));
  EXPECT_EQ(counts(*reading, id, at(0)), counted(*reading, id, at(0))) << "step " << step;
  for (const auto& [address, keys] : gateways.got) EXPECT_EQ(keys.size(), 1u) << address << " step " << step;
  return crashed;
}

TEST(OutboxCrash, WhereverAProcessEndsTheNextOneGoesOn) {
  // The first steps one by one, then some to the end of that life, and of others.
  const sql::TestStore store;
  int ended = 0;
  for (std::int64_t step = 0; live_twice(store, step, 1); step += step < 40 ? 1 : 37) ++ended;
  EXPECT_GT(ended, 40);
  for (unsigned seed = 10; seed < 15; ++seed) live_twice(store, seed * 29, seed);
}

TEST(OutboxCrash, WhatMayNotGoTwiceDoesNotAndWhatMustNotBeLostIsNot) {
  const sql::TestStore store;
  for (const bool rather_twice : {false, true}) {
    int doubled = 0, uncertain = 0;
    for (std::int64_t step = 0; step < 45; ++step) {
      const std::string id = std::to_string(rather_twice) + "-" + std::to_string(step);
      std::map<std::string, int> given;
      const auto life = [&](Fate& fate) {
        Outbox outbox(World::kReal, [&] {
          return std::make_unique<Mortal>(sql::open_beside(store.where(), "outbox", sql::Access::kWrite), fate);
        });
        const Channel sms{.name = "sms"};
        auto what = batch(id);
        what.rather_twice = rather_twice;
        const auto filling = outbox.open(what, at(0));
        if (!filling.complete) outbox.fill(filling.batch, "", people(0, 4), "4", true, at(0));
        outbox.resume(sms, at(0));
        for (auto taken = outbox.take(sms, 2, at(0)); !taken.empty(); taken = outbox.take(sms, 2, at(0))) {
          std::vector<Outcome> outcomes;
          for (const Taken& t : taken) {
            ++given[t.address];
            outcomes.push_back({t.message, t.leg, Outcome::Kind::kAccepted, {t.address}});
          }
          outbox.settle(sms, outcomes, at(0));
        }
      };
      Fate fate{.last = step}, fine;
      try {
        life(fate);
      } catch (const Crash&) {
      }
      life(fine);
      const auto reading = open_reading(store.where(), World::kReal);
      const auto counts_now = counts(*reading, id, at(0));
      for (const auto& [address, times] : given) doubled += times > 1;
      if (const auto found = counts_now.find("sms uncertain"); found != counts_now.end())
        uncertain += found->second > 0;
      if (rather_twice) {
        EXPECT_EQ(counts_now, (Counts{{"sms accepted", 4}})) << step;
      }
    }
    EXPECT_EQ(doubled > 0, rather_twice);
    EXPECT_EQ(uncertain > 0, !rather_twice);
  }
}

// Fills until it is killed, with a byte into `told` after each piece; ends by itself when the batch is complete.
void fill_as_a_process(const std::string& where, int people_in_all, int told) {
  Outbox outbox(where, World::kReal);
  for (auto filling = outbox.open(batch("w1"), at(0)); !filling.complete; filling = outbox.open(batch("w1"), at(0))) {
    const int done = filling.cursor.empty() ? 0 : std::stoi(filling.cursor), end = std::min(done + 300, people_in_all);
    outbox.fill(filling.batch, filling.cursor, people(done, end - done), std::to_string(end), end == people_in_all,
                at(0));
    if (write(told, "x", 1) != 1) _exit(1);
  }
}

TEST(OutboxCrash, AKilledFillingLosesNoneAndDoublesNone) {
  constexpr int kAll = 60'000;
  const sql::TestStore store;
  std::mt19937 chance(3);
  int killed = 0;
  for (bool complete = false; !complete;) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      fill_as_a_process(store.where(), kAll, ends[1]);
      _exit(0);
    }
    close(ends[1]);
    char byte = 0;
    for (auto left = 10 + chance() % 30; left > 0 && !complete; --left) complete = read(ends[0], &byte, 1) != 1;
    std::this_thread::sleep_for(std::chrono::microseconds(chance() % 2000));
    close(ends[0]);
    int status = 0;
    if (complete) {
      ASSERT_EQ(waitpid(child, &status, 0), child);
      continue;
    }
    ++killed;
    kill(child, SIGKILL);
    ASSERT_EQ(waitpid(child, &status, 0), child);
  }
  EXPECT_GT(killed, 0);
  const auto reading = open_reading(store.where(), World::kReal);
  EXPECT_EQ(counts(*reading, "w1", at(0)), (Counts{{"sms ready", kAll}}));
  auto& rows = reading->prepare("SELECT COUNT(*), COUNT(DISTINCT recipient) FROM message");
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.integer(0), kAll);
  EXPECT_EQ(rows.integer(1), kAll);
  rows.reset();
}

}  // namespace
}  // namespace anlan::outbox
