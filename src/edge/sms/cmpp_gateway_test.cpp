#include <gtest/gtest.h>

#include <random>

#include "codec/sms/segments.h"
#include "edge/sms/gateway.h"
#include "edge/sms/peer_fixture.h"
#include "outbox/reading.h"
#include "platform/sql/store_fixture.h"

namespace anlan::edge {
namespace {

using Counts = std::map<std::string, std::int64_t>;
using Link = CmppPeer::Link;

class RealClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }
};

class CmppGateway : public testing::TestWithParam<SmsProtocol> {
 protected:
  sql::TestStore store;
  RealClock clock;
  outbox::Outbox outbox{store.where(), outbox::World::kReal};
  std::unique_ptr<sql::Connection> reading = outbox::open_reading(store.where(), outbox::World::kReal);

  std::uint8_t version() const { return GetParam() == SmsProtocol::kCmpp20 ? cmpp::kVersion20 : cmpp::kVersion30; }

  SmsChannel channel(const CmppPeer& peer) const {
    return {.name = "sms",
            .protocol = GetParam(),
            .address = "127.0.0.1",
            .port = peer.port,
            .account = "900001",
            .secret = "888888",
            .number = "10690001",
            .service = "warn",
            .rate = 5000,
            .patience = Milliseconds{400},
            .reconnect_first = Milliseconds{20},
            .backoff = {Milliseconds{50}, Milliseconds{100}, 4}};
  }

  std::unique_ptr<SmsGateway> serve(const SmsChannel& to) {
    return std::make_unique<SmsGateway>(to, outbox, clock, [](const std::string& what) { ADD_FAILURE() << what; });
  }

  void queue(int count, const std::string& text, bool rather_twice = false, bool has_another_way = false) {
    const auto filling = outbox.open(
        {.id = "w1", .expires = clock.now() + Minutes{10}, .rather_twice = rather_twice, .wordings = {{"", text}}},
        clock.now());
    std::vector<outbox::Addressed> people;
    for (int i = 0; i < count; ++i) people.push_back({std::to_string(i), {{"sms", std::to_string(13800000000 + i)}}});
    for (auto& one : people)
      if (has_another_way) one.destinations.push_back({"mail", "somebody@example.com"});
    outbox.fill(filling.batch, "", people, "end", true, clock.now());
  }

  Counts counts() {
    Counts result;
    const auto said = outbox::summary(*reading, "w1", clock.now());
    for (const auto& c : said->counts) result[std::string(outbox::name_of(c.state))] = c.messages;
    return result;
  }
  // What it is when it is no longer changing to that, after at most half a minute.
  Counts in_the_end(const Counts& expected) {
    for (int i = 0; i < 3000 && counts() != expected; ++i) std::this_thread::sleep_for(Milliseconds{10});
    return counts();
  }
  bool comes_true(const std::function<bool()>& what) {
    for (int i = 0; i < 3000 && !what(); ++i) std::this_thread::sleep_for(Milliseconds{10});
    return what();
  }
};

TEST_P(CmppGateway, TextsGoOutAndTheirReportsComeBack) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "请立即转移";  // 250 characters: four parts
  sms::Joining joining(100);
  std::mutex mutex;
  std::vector<std::string> arrived;
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit& submit) {
    link.report(link.accept(sequence));
    EXPECT_EQ(submit.src_id, "10690001");
    EXPECT_EQ(submit.pk_total, 4);
    const std::lock_guard lock(mutex);
    if (auto whole = joining.take(submit.dest_terminal_id[0], *cmpp::user_data(submit)))
      arrived.push_back(sms::decoded(*whole, sms::Alphabet::kUcs2));
  });
  queue(20, text);
  auto gateway = serve(channel(peer));
  EXPECT_EQ(in_the_end({{"delivered", 20}}), (Counts{{"delivered", 20}}));
  EXPECT_TRUE(gateway->health().connected);
  gateway.reset();
  EXPECT_EQ(peer.terminated, 1);
  EXPECT_EQ(peer.answered_reports, 80);
  const std::lock_guard lock(mutex);
  EXPECT_EQ(arrived, std::vector<std::string>(20, text));
}

TEST_P(CmppGateway, ReportsMayComeBeforeAnswersAndMayTellOfFailure) {
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit& submit) {
    const std::uint64_t id = sequence * 7919;
    link.report(id, "ACCEPTD");
    link.report(id, submit.dest_terminal_id[0].back() == '3' ? "UNDELIV" : "DELIVRD");
    link.send(sequence, cmpp::SubmitResp{id, 0});
  });
  queue(10, "short");
  const auto gateway = serve(channel(peer));
  EXPECT_EQ(in_the_end({{"delivered", 9}, {"failed", 1}}), (Counts{{"delivered", 9}, {"failed", 1}}));
  EXPECT_EQ(outbox::dead_letters(*reading, 0, 10, clock.now()).at(0).reason, "UNDELIV");
}

TEST_P(CmppGateway, AGatewayThatIsTooSlowIsGivenTime) {
  std::atomic<int> refusals = 0;
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit&) {
    if (refusals < 3) {
      ++refusals;
      link.send(sequence, cmpp::SubmitResp{0, 8});
    } else {
      link.accept(sequence);
    }
  });
  queue(40, "水位");
  const auto gateway = serve(channel(peer));
  EXPECT_EQ(in_the_end({{"accepted", 40}}), (Counts{{"accepted", 40}}));
  int submits = 0;
  for (const auto& [address, times] : peer.submitted()) submits += times;
  EXPECT_EQ(submits, 43);
}

TEST_P(CmppGateway, WhatIsRefusedForGoodIsDeadAndWhatIsRefusedForNowIsTriedAgain) {
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit& submit) {
    const std::string& to = submit.dest_terminal_id[0];
    if (to.ends_with("1")) return link.send(sequence, cmpp::SubmitResp{0, 13});
    if (to.ends_with("2") && link.peer.submitted()[to + "/1"] < 3) return link.send(sequence, cmpp::SubmitResp{0, 99});
    link.accept(sequence);
  });
  queue(4, "水位");
  const auto gateway = serve(channel(peer));
  EXPECT_EQ(in_the_end({{"accepted", 3}, {"failed", 1}}), (Counts{{"accepted", 3}, {"failed", 1}}));
  const auto dead = outbox::dead_letters(*reading, 0, 10, clock.now());
  ASSERT_EQ(dead.size(), 1u);
  EXPECT_EQ(dead[0].reason, "SUBMIT_RESP result 13");
  EXPECT_EQ(peer.submitted().at("13800000002/1"), 3);
}

TEST_P(CmppGateway, ALineThatBreaksInTheMiddleOfAnAnswerLeavesWhatNobodyAnsweredUncertain) {
  for (const bool rather_twice : {false, true}) {
    CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit&) {
      if (link.number > 0) return void(link.accept(sequence));
      const auto half = *cmpp::encode({sequence, cmpp::SubmitResp{7, 0}}, link.peer.version);
      link.raw(half.substr(0, half.size() / 2));
      link.close();
    });
    if (rather_twice) {
      const auto filling = outbox.open(
          {.id = "w2", .expires = clock.now() + Minutes{10}, .rather_twice = true, .wordings = {{"", "水位"}}},
          clock.now());
      outbox.fill(filling.batch, "", std::vector<outbox::Addressed>{{"1", {{"sms", "13900000000"}}}}, "end", true,
                  clock.now());
      const auto gateway = serve(channel(peer));
      EXPECT_TRUE(comes_true([&] {
        const auto said = outbox::summary(*reading, "w2", clock.now());
        return said->counts.size() == 1 && said->counts[0].state == outbox::State::kAccepted;
      }));
      EXPECT_EQ(peer.submitted().at("13900000000/1"), 2);
    } else {
      queue(1, "水位");
      const auto gateway = serve(channel(peer));
      EXPECT_EQ(in_the_end({{"uncertain", 1}}), (Counts{{"uncertain", 1}}));
      EXPECT_TRUE(comes_true([&] { return peer.connections > 1; }));
      EXPECT_EQ(peer.submitted().at("13800000000/1"), 1);
    }
  }
}

TEST_P(CmppGateway, AnAnswerThatNeverComesIsNotWaitedForForever) {
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit& submit) {
    if (!submit.dest_terminal_id[0].ends_with("5")) link.accept(sequence);
  });
  queue(10, "水位");
  const auto gateway = serve(channel(peer));
  EXPECT_EQ(in_the_end({{"accepted", 9}, {"uncertain", 1}}), (Counts{{"accepted", 9}, {"uncertain", 1}}));
}

TEST_P(CmppGateway, AGatewayThatTakesEverythingAndAnswersNothingIsDown) {
  CmppPeer peer(version(), "888888", [&](Link&, std::uint32_t, const cmpp::Submit&) {});
  outbox.note_line("mail", {});
  queue(200, "水位", true, true);
  auto to = channel(peer);
  to.patience = Milliseconds{4'000};
  to.backoff.line_urgent = to.backoff.line = Milliseconds{300};
  const auto gateway = serve(to);
  const Counts expected{{"ready", 200}, {"passed_on", 200}};
  EXPECT_TRUE(comes_true([&] { return gateway->health().why == "no answer"; })) << gateway->health().why;
  EXPECT_TRUE(comes_true([&] { return counts().contains("passed_on"); }));
  EXPECT_EQ(counts(), (Counts{{"in_flight", 16}, {"ready", 184}, {"passed_on", 184}})) << "before its patience is over";
  EXPECT_EQ(in_the_end(expected), expected);
  EXPECT_EQ(peer.submitted().size(), 16u);
}

TEST_P(CmppGateway, WhoDoesNotKnowTheSecretGetsNothing) {
  CmppPeer peer(version(), "another", [&](Link&, std::uint32_t, const cmpp::Submit&) {});
  queue(3, "水位");
  const auto gateway = serve(channel(peer));
  EXPECT_TRUE(comes_true([&] { return peer.refused > 1; }));
  EXPECT_TRUE(comes_true([&] { return gateway->health().why == "CONNECT_RESP status 3"; })) << gateway->health().why;
  EXPECT_FALSE(gateway->health().connected);
  EXPECT_EQ(counts(), (Counts{{"ready", 3}}));
}

TEST_P(CmppGateway, TheWindowHoldsAndASilentLineIsAskedWhetherItLives) {
  std::mutex mutex;
  std::vector<std::uint32_t> waiting;
  std::size_t most = 0;
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit&) {
    const std::lock_guard lock(mutex);
    waiting.push_back(sequence);
    most = std::max(most, waiting.size());
    if (waiting.size() < 4) return;
    for (const std::uint32_t one : waiting) link.accept(one);
    waiting.clear();
  });
  queue(40, "水位");
  auto to = channel(peer);
  to.window = 4;
  to.ask_every = Milliseconds{50};
  const auto gateway = serve(to);
  EXPECT_EQ(in_the_end({{"accepted", 40}}), (Counts{{"accepted", 40}}));
  EXPECT_TRUE(comes_true([&] { return peer.questions > 1; }));
  const std::lock_guard lock(mutex);
  EXPECT_EQ(most, 4u);
}

// Everything at once, by chance.
TEST_P(CmppGateway, NothingIsLostAndNothingGoesTwiceWhateverTheGatewayDoes) {
  std::mt19937 chance(5);
  CmppPeer peer(version(), "888888", [&](Link& link, std::uint32_t sequence, const cmpp::Submit&) {
    switch (chance() % 12) {
      case 0:
        return link.send(sequence, cmpp::SubmitResp{0, 9});
      case 1:
        return;  // lost
      case 2:
        return link.send(sequence + 5000, cmpp::SubmitResp{1, 0});
      case 3:
        return chance() % 4 == 0 ? link.close() : void(link.accept(sequence));
      case 4:
        std::this_thread::sleep_for(Milliseconds{20});
        [[fallthrough]];
      default: {
        const auto id = link.accept(sequence);
        link.report(id, chance() % 5 == 0 ? "MB:0021" : "DELIVRD");
        if (chance() % 3 == 0) link.report(id);
      }
    }
  });
  queue(300, "水位");
  const auto gateway = serve(channel(peer));
  const auto settled = [&] {
    std::int64_t sum = 0;
    const auto now = counts();
    for (const char* state : {"delivered", "failed", "uncertain", "accepted"})
      if (now.contains(state)) sum += now.at(state);
    return sum;
  };
  EXPECT_TRUE(comes_true([&] { return settled() == 300; })) << settled();
  // What was on the line when it broke has not come to the gateway, which nobody on this side can know.
  const auto submitted = peer.submitted();
  for (const auto& m : outbox::messages(*reading, "w1", 0, 1000, clock.now())) {
    const auto found = submitted.find(m.address + "/1");
    const int times = found == submitted.end() ? 0 : found->second;
    EXPECT_LE(times, 1) << m.address;
    EXPECT_TRUE(times == 1 || m.state == outbox::State::kUncertain) << m.address << " " << outbox::name_of(m.state);
  }
}

INSTANTIATE_TEST_SUITE_P(Cmpp, CmppGateway, testing::Values(SmsProtocol::kCmpp20, SmsProtocol::kCmpp30),
                         [](const auto& one) { return one.param == SmsProtocol::kCmpp20 ? "Version20" : "Version30"; });

}  // namespace
}  // namespace anlan::edge
