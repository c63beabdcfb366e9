#pragma once
// A gate that listens and two children of it, of which one says whatever it likes. For tests only.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/fact.h"
#include "edge/peer/ground_fixture.h"
#include "federation/proof.h"
#include "journal/quarantine.h"
#include "platform/http/client.h"

namespace anlan::edge::peer {

using federation::Batch;
using journal::Fact;

// What a child has and says.
class Child {
 public:
  Child(const std::string& node, const std::string& desk, const std::string& folder)
      : name(node), organisation(desk), folder_(folder), pair_(crypto::generate_sm2()) {
    files = certificate_in(folder, node, &certificate_);
  }

  // Another one, which it has from now on.
  void makes_certificate(const std::string& word) {
    const std::string parent = files.fingerprint;
    files = certificate_in(folder_, name + "-" + word, &certificate_);
    knows(parent, port_);
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
  const std::string folder_;
  const crypto::Sm2KeyPair pair_;
  std::string certificate_;
  std::uint16_t port_ = 0;
};

class HostileChild : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    const auto files = certificate_in(folder_, "city", &certificate_);
    gate = std::make_unique<Gate>(city, invitations_, certificate_);
    server_ = std::make_unique<http::Server>(line_options(files.certificate_file, files.key_file), *gate);
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
  http::Counts counts() const { return server_->counts(); }
  bool is_there(const std::string& stream) { return journal::version_of(city.reader(), stream) > 0; }
  std::vector<journal::Quarantined> quarantined() { return journal::quarantined(city.reader()); }

  // Says it as the hostile child, and looks for what came of it.
  void expect_refused(const std::string& bytes, const std::string& why) {
    auto line = hostile->dial();
    const auto head = city.position();
    const auto answer = line.post("/v1/facts", bytes, hostile->headers);
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    EXPECT_EQ(answer->status, 422) << why;
    EXPECT_THAT(answer->body, testing::HasSubstr(why));
    EXPECT_EQ(city.position(), head);
    EXPECT_THAT(city.logged(), testing::Contains(testing::HasSubstr(why)));
    EXPECT_THAT(quarantined(), testing::Contains(testing::Field(&journal::Quarantined::what, testing::HasSubstr(why))));
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

}  // namespace anlan::edge::peer
