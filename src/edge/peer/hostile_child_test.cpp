// A child whose node is in other hands: its certificate and its key are good, and it says whatever it likes to a gate
// that listens. What it may not say is refused whole and kept to be looked at; the line of another child works on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/fact.h"
#include "edge/peer/ground_fixture.h"
#include "federation/proof.h"
#include "journal/history.h"
#include "journal/quarantine.h"
#include "platform/deflate/deflate.h"
#include "platform/http/client.h"

namespace anlan::edge::peer {
namespace {

using federation::Batch;
using journal::Fact;
using testing::Contains;
using testing::HasSubstr;

// What a child has and says.
class Child {
 public:
  Child(const std::string& node, const std::string& desk, const std::string& folder)
      : name(node), organisation(desk), pair_(crypto::generate_sm2()) {
    files = certificate_in(folder, node, &certificate_);
  }

  std::uint16_t port() const { return port_; }
  const std::string& public_key() const { return pair_.public_pem; }
  // From now on it knows whom it dials.
  void knows(const std::string& parent, std::uint16_t port) {
    files.fingerprint = parent;
    port_ = port;
    headers = {};
    headers.add("Anlan-Node", name);
    headers.add("Anlan-Proof", federation::proof_of(crypto::Sm2PrivateKey(pair_.private_pem), certificate_, parent));
  }
  http::Client dial() const {
    return http::Client::over_tls("127.0.0.1", port_, std::chrono::seconds(20), files).value();
  }

  // The facts in a block of their own behind those that were taken, signed by `signer`.
  Batch batch(std::vector<Fact> facts, const Child& signer) const {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      facts[i].node = signer.name;
      facts[i].node_sequence = signer.last.last + 1 + static_cast<std::int64_t>(i);
    }
    journal::Block block{{signer.name, facts.front().node_sequence, facts.back().node_sequence, {}, {}}, {}};
    if (signer.last.last > 0) block.header.previous = journal::hash_of(signer.last);
    block.header.root = *journal::Held(block, facts).root();
    block = journal::sign(block.header, crypto::Sm2PrivateKey(pair_.private_pem));
    Batch batch{name, place, {place.since + 1, place.position + 1}, {}, {}};
    batch.parts = {journal::Held(block, facts).part(journal::sequences_of(facts)).value()};
    for (std::size_t i = 0; i < facts.size(); ++i) batch.order.emplace_back(0, i);
    return batch;
  }
  Batch batch(std::vector<Fact> facts) const { return batch(std::move(facts), *this); }
  // An honest one, which is remembered where it is taken.
  int say(http::Client& line, const std::vector<Fact>& facts) {
    const auto said = batch(facts);
    const int status = line.post("/v1/facts", federation::to_bytes(said), headers).value().status;
    if (status != 200) return status;
    place = said.upto;
    last = said.parts.front().block.header;
    return status;
  }

  const std::string name, organisation;
  http::Pinned files;
  http::Headers headers;
  journal::Place place;
  journal::BlockHeader last;

 private:
  const crypto::Sm2KeyPair pair_;
  std::string certificate_;
  std::uint16_t port_ = 0;
};

class HostileChild : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    http::Options options;
    const auto files = certificate_in(folder_, "city", &certificate_);
    options.certificate_file = files.certificate_file;
    options.key_file = files.key_file;
    options.client_certificates = true;
    gate = std::make_unique<Gate>(city, invitations_, certificate_);
    server_ = std::make_unique<http::Server>(options, *gate);
    const auto port = server_->listen("127.0.0.1", 0);
    ASSERT_TRUE(port.ok());
    hostile = std::make_unique<Child>("a-node", "a", folder_);
    honest = std::make_unique<Child>("b-node", "b", folder_);
    for (Child* child : {hostile.get(), honest.get()}) {
      child->knows(certificate_, *port);
      admit(*child);
    }
  }
  void TearDown() override {
    gate->close();
    server_->stop(std::chrono::seconds(2));
    server_.reset();
    gate.reset();
    std::filesystem::remove_all(folder_);
  }

  void admit(Child& child) {
    register_organisation(child.organisation);
    must(node::Register{child.name, "city", child.public_key()}, child.name);
    must(organisation::PlaceOrganisation{child.name}, child.organisation);
  }
  void register_organisation(const std::string& id) {
    organisation::RegisterOrganisation o;
    o.name = o.short_name = id;
    o.level = organisation::Level::kCounty;
    o.division = "370783";
    must(o, id);
  }
  void must(command::Command command, const std::string& target) {
    const auto done = city.execute(std::move(command), target);
    ASSERT_TRUE(done.ok()) << done.error().code;
  }

  template <class Variant>
  Fact fact(const std::string& stream, std::int64_t version, const Variant& said) {
    Fact fact;
    auto [type, body] = codec::encode(said);
    fact.stream = stream;
    fact.version = version;
    fact.type = type;
    fact.body = std::move(body);
    fact.actor = "desk";
    fact.cause = "key";
    fact.world = command::kReal;
    fact.occurred_at = fact.recorded_at = city.clock().now();
    return fact;
  }
  // An incident of the child and its party, in two facts.
  std::vector<Fact> incident(const Child& child, const std::string& id) {
    incident::Opened opened;
    opened.number = "2026-0001";
    opened.title = opened.summary = "seen";
    opened.type = "12D02";
    opened.organisation = child.organisation;
    opened.place.division = "370783115";
    opened.learnt_at = city.clock().now();
    return {fact("incident/" + id, 1, incident::Fact{opened}),
            fact("parties/" + id + "/" + child.organisation, 1,
                 incident::PartyFact{incident::Joined{id, child.organisation, "taken_down", {}}})};
  }
  Fact noted(const std::string& incident, const std::string& organisation, std::int64_t version) {
    return fact("parties/" + incident + "/" + organisation, version, incident::PartyFact{incident::Noted{"n"}});
  }
  bool is_there(const std::string& stream) { return journal::version_of(city.reader(), stream) > 0; }
  std::vector<journal::Quarantined> quarantined() { return journal::quarantined(city.reader()); }

  // Says it as the hostile child, and looks for what came of it.
  void expect_refused(const std::string& bytes, const std::string& why) {
    auto line = hostile->dial();
    const auto head = city.position();
    const auto answer = line.post("/v1/facts", bytes, hostile->headers);
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    EXPECT_EQ(answer->status, 422) << why;
    EXPECT_THAT(answer->body, HasSubstr(why));
    EXPECT_EQ(city.position(), head);
    EXPECT_THAT(city.logged(), Contains(HasSubstr(why)));
    EXPECT_THAT(quarantined(), Contains(testing::Field(&journal::Quarantined::what, HasSubstr(why))));
  }
  void expect_refused(const Batch& batch, const std::string& why) { expect_refused(to_bytes(batch), why); }

  const std::string folder_ =
      testing::TempDir() + "anlan-hostile-" + testing::UnitTest::GetInstance()->current_test_info()->name();
  TestGround city{"city"};
  std::unique_ptr<Gate> gate;
  std::unique_ptr<Child> hostile, honest;

 private:
  std::string certificate_;
  Invitations invitations_{folder_ + "/invitations"};
  std::unique_ptr<http::Server> server_;
};

TEST_F(HostileChild, WhatItMayNotSayIsRefusedToldAndKept) {
  auto line = hostile->dial(), other = honest->dial();
  ASSERT_EQ(hostile->say(line, incident(*hostile, "A1")), 200);
  ASSERT_EQ(honest->say(other, incident(*honest, "B1")), 200);
  const Fact good = noted("A1", "a", 2);

  expect_refused(std::string("no batch"), "bytes that are no batch of facts");
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
