// A child whose node is in other hands: its certificate and its key are good, and it says whatever it likes to a gate
// that listens. What it may not say is refused whole and kept to be looked at; the line of another child works on.

#include "edge/peer/hostile_fixture.h"
#include "journal/history.h"
#include "platform/deflate/deflate.h"

namespace anlan::edge::peer {
namespace {

using testing::HasSubstr;

TEST_F(HostileChild, WhatItMayNotSayIsRefusedToldAndKept) {
  auto line = hostile->dial(), other = honest->dial();
  ASSERT_EQ(hostile->say(line, incident(*hostile, "A1")), 200);
  ASSERT_EQ(honest->say(other, incident(*honest, "B1")), 200);
  const Fact good = noted("A1", "a", 2);

  expect_refused(std::string("no batch"), "bytes that are no batch of facts");
  expect_refused(std::string("no batch"), "bytes that are no batch of facts");
  EXPECT_EQ(std::ranges::count(city.logged(), "peer: a-node: of a-node: bytes that are no batch of facts"), 1);
  expect_refused(deflate::pack(std::string(federation::kMostUnpacked + 1, 'x')), "bytes that are no batch of facts");
  Batch batch = hostile->batch({good});
  batch.sender = "b-node";
  expect_refused(batch, "a batch of another sender");
  expect_refused(hostile->batch({noted("B1", "b", 2)}, *honest), "a block that its node has not signed");
  batch = hostile->batch({good});
  batch.parts.front().facts.front().body = R"({"text":"another"})";
  expect_refused(batch, "facts that do not give the root of their block");
  batch = hostile->batch({good});
  batch.parts.front().block.signature.back() ^= std::byte{1};
  expect_refused(batch, "a block that its node has not signed");
  expect_refused(hostile->batch({noted("B1", "b", 2)}), "does not write for organisation b");
  expect_refused(hostile->batch({noted("B1", "nobody", 1)}), "does not write for organisation");
  expect_refused(hostile->batch({noted("A1", "a", 3)}), "has no version 2 here");
  expect_refused(hostile->batch({fact("clocks/A1/a", 1, clock::Fact{clock::Reminded{"none", 50}})}), "does not follow");
  const auto last = std::exchange(hostile->last, {});
  expect_refused(hostile->batch(incident(*hostile, "A2")), "is another fact here");
  hostile->last = last;
  EXPECT_FALSE(is_there("clocks/A1/a"));
  EXPECT_EQ(hostile->say(line, {good}), 200) << "its own line stands for what is right";
  EXPECT_EQ(honest->say(other, {noted("B1", "b", 2)}), 200);
  for (const auto& one : quarantined()) EXPECT_EQ(one.neighbour, "a-node");
}

TEST_F(HostileChild, AReplayAndAPlaceFarAheadAreToldWhereToGoOn) {
  auto line = hostile->dial();
  const auto first = hostile->batch(incident(*hostile, "A1"));
  ASSERT_EQ(hostile->say(line, incident(*hostile, "A1")), 200);
  const auto head = city.position();
  const auto replayed = line.post("/v1/facts", to_bytes(first), hostile->headers).value();
  EXPECT_EQ(replayed.status, 409);
  EXPECT_THAT(replayed.body, HasSubstr(R"("since":1)"));
  Batch ahead = hostile->batch({noted("A1", "a", 2)});
  ahead.after = {70, 70};
  ahead.upto = {80, 80};
  EXPECT_EQ(line.post("/v1/facts", to_bytes(ahead), hostile->headers)->status, 409);
  EXPECT_EQ(city.position(), head);
  EXPECT_TRUE(quarantined().empty());
}

// It says that it knows more of the city than the city does, and can show nothing.
TEST_F(HostileChild, ANumberAloneSilencesNobodyElse) {
  auto line = hostile->dial(), other = honest->dial();
  const std::string far = "/v1/facts?wait=0&since=900000000000&position=1";
  for (int i = 0; i < 2; ++i) {
    const auto asked = line.get(far, hostile->headers).value();
    EXPECT_EQ(asked.status, 409);
    EXPECT_THAT(asked.body, HasSubstr("history_after"));
  }
  EXPECT_EQ(line.post("/v1/history", "", hostile->headers)->status, 200) << "that was all";
  EXPECT_EQ(line.get(far, hostile->headers)->status, 503);
  EXPECT_FALSE(journal::is_behind(city.reader()));
  const auto told = other.get("/v1/facts?wait=0&since=0&position=0", honest->headers).value();
  EXPECT_EQ(told.status, 204) << "nothing is for it, and it is let in: " << told.body;
}

TEST_F(HostileChild, WhatIsTooLongOrNotProvedIsNotRead) {
  auto line = hostile->dial();
  const std::string length = std::to_string(federation::kMostPacked + 1);
  ASSERT_TRUE(line.write("POST /v1/facts HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n").ok());
  EXPECT_EQ(line.read_response()->status, 413);
  std::filesystem::create_directories(folder_ + "/stranger");
  Child stranger("a-node", "a", folder_ + "/stranger");
  stranger.knows(hostile->files.fingerprint, hostile->port());
  EXPECT_EQ(stranger.dial().post("/v1/facts", "x", stranger.headers)->status, 403) << "another key";
  EXPECT_EQ(stranger.dial().post("/v1/facts", "x", hostile->headers)->status, 403) << "a proof for another certificate";
  EXPECT_EQ(hostile->dial().post("/v1/facts", "x", honest->headers)->status, 403) << "another child's name";
  const std::string plain = *deflate::unpack(to_bytes(hostile->batch(incident(*hostile, "A1"))), 1 << 20);
  std::string later = plain;
  later.replace(later.find("\"form\":1"), 8, "\"form\":2");
  const auto answer = hostile->dial().post("/v1/facts", deflate::pack(later), hostile->headers).value();
  EXPECT_EQ(answer.status, 415);
  EXPECT_EQ(answer.body, R"({"form":1})");
  must(node::Revoke{0, "stolen"}, "a-node");
  EXPECT_EQ(hostile->dial().post("/v1/facts", "x", hostile->headers)->status, 403) << "revoked";
  EXPECT_TRUE(quarantined().empty());
}

// Four connections say what is refused as fast as they can; those that come two at a time are sent away.
TEST_F(HostileChild, AFloodHoldsUpNeitherTheOtherChildNorTheDesk) {
  auto line = hostile->dial(), other = honest->dial();
  ASSERT_EQ(hostile->say(line, incident(*hostile, "A1")), 200);
  const std::string gap = to_bytes(hostile->batch({noted("A1", "a", 9)}));
  std::atomic<bool> ended = false;
  std::atomic<int> refused = 0, sent_away = 0, otherwise = 0;
  std::vector<std::thread> flood;
  for (int i = 0; i < 4; ++i)
    flood.emplace_back([&] {
      auto own = hostile->dial();
      while (!ended) {
        const auto answer = own.post("/v1/facts", gap, hostile->headers);
        const int status = answer.ok() ? answer->status : 0;
        (status == 422 ? refused : status == 429 ? sent_away : otherwise)++;
      }
    });
  while (refused == 0 || sent_away == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(honest->say(other, incident(*honest, "B" + std::to_string(i))), 200);
  register_organisation("of-the-desk");
  ended = true;
  for (auto& thread : flood) thread.join();
  EXPECT_EQ(otherwise, 0);
  EXPECT_TRUE(is_there("incident/B19"));
  const auto kept = quarantined();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept.front().times, refused);
}

TEST_F(HostileChild, WhoIsEndingSendsEverybodyAway) {
  auto line = honest->dial();
  EXPECT_EQ(honest->say(line, incident(*honest, "B1")), 200);
  gate->close();
  const auto answer = line.post("/v1/facts", to_bytes(honest->batch({noted("B1", "b", 2)})), honest->headers).value();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.headers.get("Retry-After").value_or(""), "1");
}

}  // namespace
}  // namespace anlan::edge::peer
