#pragma once
// For tests: a store in which any step may be the last one of a process, and what a store holds counted anew.

#include <gtest/gtest.h>

#include <map>

#include "outbox/outbox.h"
#include "outbox/reading.h"
#include "platform/sql/store_fixture.h"

namespace anlan::outbox {

// Of a process that ended there: nothing after it is done.
struct Crash {};

// Counts the steps of an outbox on its store, and ends the process at one of them. A commit has two: before it, and
// after it but before anybody hears of it.
struct Fate {
  std::int64_t step = 0, last = -1;
  bool dead = false;
  void go_on() {
    if (dead) throw Crash{};
    if (step++ != last) return;
    dead = true;
    throw Crash{};
  }
};

class Mortal final : public sql::Connection {
 public:
  Mortal(std::unique_ptr<sql::Connection> below, Fate& fate) : below_(std::move(below)), fate_(fate) {}

  sql::Statement& prepare(std::string_view literal) override {
    fate_.go_on();
    return below_->prepare(literal);
  }
  std::unique_ptr<sql::Statement> once(std::string_view text) override { return below_->once(text); }
  void execute(std::string_view text) override { below_->execute(text); }
  std::int64_t changes() override { return below_->changes(); }
  void begin() override {
    fate_.go_on();
    below_->begin();
  }
  void commit() override {
    fate_.go_on();
    below_->commit();
    fate_.go_on();
  }
  // What a process leaves behind that ended is rolled back by the engine.
  void rollback() override {
    if (!fate_.dead) below_->rollback();
  }
  bool lost() const override { return below_->lost(); }
  bool checkpoint() override { return below_->checkpoint(); }
  bool scrub() override { return below_->scrub(); }
  std::unique_ptr<sql::Bulk> bulk(std::string_view table, std::span<const std::string_view> columns) override {
    fate_.go_on();
    return below_->bulk(table, columns);
  }
  void create_marks(std::string_view) override {}
  void mark(std::string_view, std::int64_t, std::span<const std::string>, std::span<const std::string>) override {}
  std::string marked(std::string_view) const override { return {}; }
  std::string all_of(std::span<const std::string>) const override { return {}; }
  std::vector<std::string> read_whole(std::string_view select) override { return below_->read_whole(select); }
  std::vector<std::string> integrity() override { return below_->integrity(); }
  std::vector<std::string> view_databases() override { return {}; }
  void forget_view_databases() override {}
  std::string broken_tail(std::string_view) override { return {}; }

 private:
  std::unique_ptr<sql::Connection> below_;
  Fate& fate_;
};

inline Instant at(int seconds) { return from_ms(1'790'000'000'000 + seconds * 1000LL); }

inline Batch batch(const std::string& id, int urgency = 1) {
  return {.id = id, .urgency = urgency, .expires = at(3600), .wordings = {{"", "水位超警"}, {"mail", "See {}."}}};
}

inline std::vector<Addressed> people(int first, int count, std::vector<std::string> channels = {"sms"}) {
  std::vector<Addressed> result;
  for (int i = first; i < first + count; ++i) {
    Addressed one{"contact-" + std::to_string(i), {}};
    for (const auto& channel : channels) one.destinations.push_back({channel, channel + std::to_string(i)});
    result.push_back(one);
  }
  return result;
}

// "sms ready" → how many.
using Counts = std::map<std::string, std::int64_t>;

inline Counts counts(sql::Connection& reading, const std::string& id, Instant now) {
  Counts result;
  const auto said = summary(reading, id, now);
  for (const Count& c : said ? said->counts : std::vector<Count>{})
    result[c.channel + " " + std::string(name_of(c.state))] = c.messages;
  return result;
}

// The same by looking at every message.
inline Counts counted(sql::Connection& reading, const std::string& id, Instant now) {
  Counts result;
  const auto all = messages(reading, id, 0, 1'000'000, now);
  for (const Message& m : all) {
    ++result[m.channel + " " + std::string(name_of(m.state))];
    for (const Leg& leg : legs(reading, m.number))
      if (leg.channel != m.channel) ++result[leg.channel + " passed_on"];
  }
  return result;
}

class OutboxTest : public testing::Test {
 protected:
  sql::TestStore store;
  Outbox outbox{store.where(), World::kReal};
  const Channel sms{.name = "sms", .backoff = {Milliseconds{10'000}, Milliseconds{60'000}, 3}};
  const Channel mail{.name = "mail"};
  std::unique_ptr<sql::Connection> reading = open_reading(store.where(), World::kReal);

  std::int64_t fill(const Batch& what, const std::vector<Addressed>& who) {
    const auto filling = outbox.open(what, at(0));
    EXPECT_EQ(outbox.fill(filling.batch, filling.cursor, who, "end", true, at(0)), Outbox::Filled::kQueued);
    return filling.batch;
  }
  void settle(const Taken& taken, Outcome::Kind kind, std::vector<std::string> ids = {}, int now = 0,
              Milliseconds wait = {}) {
    const Outcome outcome{taken.message, taken.leg, kind, std::move(ids), "because", wait};
    outbox.settle(taken.channel == "sms" ? sms : mail, std::span(&outcome, 1), at(now));
  }
  void report(const std::string& id, bool delivered, int now = 0) {
    const Report one{id, delivered, delivered ? "" : "UNDELIV"};
    outbox.report(sms, std::span(&one, 1), at(now));
  }
  Counts now_counts(const std::string& id, int now = 0) {
    const auto said = counts(*reading, id, at(now));
    EXPECT_EQ(said, counted(*reading, id, at(now)));
    return said;
  }
};

}  // namespace anlan::outbox
