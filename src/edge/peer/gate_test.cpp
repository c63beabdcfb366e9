#include "edge/peer/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codec/json_write.h"
#include "command/node_fixture.h"
#include "federation/proof.h"
#include "journal/block_fixture.h"
#include "platform/http/certificate.h"
#include "platform/http/client.h"
#include "platform/machine/files.h"
#include "view/views.h"

namespace anlan::edge::peer {
namespace {

using federation::Condition;

federation::Statement stated() {
  federation::Statement own;
  own.release = "0.1.0";
  own.engine = "sqlite";
  own.started_at = from_china_time(2026, 11, 23, 8, 0);
  return own;
}

// The node under the gate. The test waits for every answer, so one thread at a time is at work.
class CityGround final : public Ground {
 public:
  // Of the next uses of the store and what stands on it this one throws; told is how often one was used since.
  std::atomic<int> uses = 0, fails_at = -1;
  std::function<void()> fails = [] { throw sql::ConnectionLost("the server has gone"); };

  void perform(Work work, std::function<void(bool)> after) override {
    use();
    work(city.executor(), city.sql());
    after(true);
  }
  std::shared_ptr<const state::Directory> directory() const override {
    return {std::shared_ptr<const state::Directory>(), &city.directory()};
  }
  journal::Position position() const override { return journal::head(city.sql()); }
  void when_reached(journal::Position, std::function<void(bool)> called) override { called(false); }
  sql::Connection& reader() override {
    use();
    return city.sql();
  }
  const Clock& clock() const override { return city.clock; }
  Random& random() override { return random_; }
  const federation::Self& self() const override { return self_; }
  const std::vector<view::ScopeRule>& scope() const override { return scope_; }
  std::optional<std::string> key_of(const std::string&) const override { return std::nullopt; }
  void use() {
    if (uses++ == fails_at) fails();
  }
  void log(std::string_view) const override {}
  federation::Watch& watch() override { return watch_; }

  std::vector<std::unique_ptr<journal::Projection>> views = view::all_views();
  mutable command::TestNode city{view::pointers(views)};

 private:
  command::SeededRandom random_;
  const federation::Self self_{"city", journal::a_key()};
  const std::vector<view::ScopeRule> scope_{{"node/", view::Reach::kEveryone}};
  federation::Watch watch_{"city", stated, federation::Limits{}};
};

class GateTest : public testing::Test {
 protected:
  void SetUp() override {
    must(node::Register{"市", {}, "its key"}, "city");
    must(node::Register{"寿光", "city", journal::a_pair().public_pem}, "county");
  }
  void must(command::Command command, const std::string& target) {
    ASSERT_TRUE(ground.city.ask("system", std::move(command), target).ok());
  }
  http::Response ask(http::Method method, const std::string& path, const std::string& body = {},
                     const std::string& as = "county") {
    auto client = http::Client::over_tls("127.0.0.1", *port, std::chrono::seconds(20),
                                         {theirs.file + ".cert", theirs.file + ".key", ours.fingerprint});
    http::Headers headers;
    headers.add("Anlan-Node", as);
    headers.add("Anlan-Proof", federation::proof_of(journal::a_key(), theirs.fingerprint, ours.fingerprint));
    return client->request(method, path, body, headers).value();
  }
  // Throws at each use of the store in its turn: each time the answer is 503, and the next one is not sent away.
  void expect_answered(http::Method method, const std::string& path, const std::string& body, int status,
                       int least_uses) {
    ground.fails_at = -1;
    ground.uses = 0;
    EXPECT_EQ(ask(method, path, body).status, status);
    const int uses = ground.uses;
    EXPECT_GE(uses, least_uses);
    for (int i = 0; i < uses; ++i) {
      SCOPED_TRACE(path + " " + std::to_string(i));
      ground.uses = 0;
      ground.fails_at = i;
      const auto failed = ask(method, path, body);
      if (ground.uses <= i) break;  // something was remembered from before
      EXPECT_EQ(failed.status, 503);
      EXPECT_EQ(failed.headers.get("Retry-After").value_or(""), "1");
      EXPECT_EQ(ask(method, path, body).status, status);
    }
    ground.fails_at = -1;
  }
  void expect_answered_all() {
    const std::string nothing = federation::to_bytes(federation::Batch{"county", {}, {}, {}, {}});
    expect_answered(http::Method::kGet, "/v1/facts", "", 200, 4);
    expect_answered(http::Method::kPost, "/v1/facts", nothing, 200, 2);
    expect_answered(http::Method::kPost, "/v1/facts", "no batch", 422, 1);
    expect_answered(http::Method::kGet, "/v1/history", "", 204, 1);
    expect_answered(http::Method::kPost, "/v1/history", "", 200, 1);
    expect_answered(http::Method::kPost, "/v1/health", health_of_county(), 200, 1);
  }
  std::string health_of_county() const {
    return json::to_text(federation::Health{"county", ground.city.clock.at + Minutes{2}, stated(), {}});
  }
  federation::Standing county() {
    for (auto& one : ground.watch().standings(look_around(ground, ground.directory())))
      if (one.told.node == "county") return one;
    return {};
  }

  // A side of the line.
  struct Side {
    explicit Side(const std::string& name) : file(testing::TempDir() + "anlan-gate-" + name) {
      const auto made = http::make_certificate(name);
      EXPECT_TRUE(machine::write_file(file + ".cert", made.certificate_pem).ok());
      EXPECT_TRUE(machine::write_file(file + ".key", made.key_pem).ok());
      fingerprint = http::fingerprint_of(made.certificate_pem).value();
    }
    std::string file, fingerprint;
  };
  http::Options options() const {
    http::Options o;
    o.certificate_file = ours.file + ".cert";
    o.key_file = ours.file + ".key";
    o.client_certificates = true;
    return o;
  }

  const Side ours{"city"}, theirs{"county"};
  CityGround ground;
  Invitations invitations{testing::TempDir() + "anlan-gate-invitations"};
  Gate gate{ground, invitations, ours.fingerprint};
  http::Server server{options(), gate};
  Result<std::uint16_t> port = server.listen("127.0.0.1", 0);
};

TEST_F(GateTest, AChildTellsHowItIsAndIsToldHowItsParentIs) {
  const auto answer = ask(http::Method::kPost, "/v1/health", health_of_county());
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto parent = federation::health_in(answer.body);
  ASSERT_TRUE(parent.has_value());
  EXPECT_EQ(parent->node, "city");
  EXPECT_EQ(parent->sent_at, ground.city.clock.at);
  EXPECT_TRUE(parent->below.empty());
  EXPECT_EQ(county().address, "127.0.0.1");
  EXPECT_EQ(county().clock_ahead(), Minutes{2});
  EXPECT_THAT(county().conditions, testing::ElementsAre(Condition::kClockWrong));
  const auto kept = journal::node_healths(ground.city.sql());
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].contact_at, ground.city.clock.at);
}

TEST_F(GateTest, WhoIsNoChildIsNotHeard) {
  EXPECT_EQ(ask(http::Method::kPost, "/v1/health", health_of_county(), "town").status, 403);
  must(node::Revoke{1, "被盗"}, "county");
  EXPECT_EQ(ask(http::Method::kPost, "/v1/health", health_of_county()).status, 403);
  EXPECT_TRUE(journal::node_healths(ground.city.sql()).empty());
}

TEST_F(GateTest, WhoCannotHaveItsOrganisationsIsNotRegisteredEither) {
  const auto joins = [&](const std::string& node) {
    const Instant ends_at = ground.city.clock.at + kInvitationLasts;
    const std::string secret = *invitations.make({node, node, {"anqiu", "shouguang"}, ends_at, {}}, ground.random());
    const JoinRequest request{secret, node, journal::a_pair().public_pem};
    return ask(http::Method::kPost, "/v1/join", json::to_text(request), node);
  };
  ASSERT_EQ(joins("first").status, 200);
  EXPECT_EQ(ground.city.directory().organisations.organisation("anqiu")->node, "first");
  const auto answer = joins("second");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.body, R"({"title":"organisation.elsewhere","field":"","values":[{"name":"node","text":"first"}]})");
  EXPECT_EQ(ground.city.directory().nodes.find("second"), nullptr);
  EXPECT_EQ(joins("first").status, 200) << "whose answer was lost";
  must(node::Revoke{1, "被盗"}, "first");
  EXPECT_EQ(joins("second").status, 200) << "one above a revoked node may place its organisations";
}

TEST_F(GateTest, ACodeThatWasRefusedIsNotUsedUp) {
  const Instant ends_at = ground.city.clock.at + kInvitationLasts;
  const std::string secret = *invitations.make({"first", "first", {"nobody"}, ends_at, {}}, ground.random());
  const auto wish = json::to_text(JoinRequest{secret, "first", journal::a_pair().public_pem});
  EXPECT_EQ(ask(http::Method::kPost, "/v1/join", wish, "first").status, 409);
  const auto open = invitations.open(ground.city.directory(), ground.city.clock.at);
  EXPECT_TRUE(std::ranges::any_of(open, [](const Invitation& one) { return one.node == "first"; }));
  ASSERT_TRUE(invitations.withdraw("first", ground.city.directory()).ok());
  EXPECT_EQ(ask(http::Method::kPost, "/v1/join", wish, "first").status, 403);
}

// However many nodes others have registered: their keys are in the register that comes.
TEST_F(GateTest, WhoJoinsIsToldTheKeysOnItsWayUpAlone) {
  node::Register other;
  other.name = "other";
  other.parent = "city";
  must(other, "other");
  const Instant ends_at = ground.city.clock.at + kInvitationLasts;
  const std::string secret = *invitations.make({"third", "third", {"anqiu"}, ends_at, {}}, ground.random());
  const auto wish = json::to_text(JoinRequest{secret, "third", journal::a_pair().public_pem});
  const auto answer = ask(http::Method::kPost, "/v1/join", wish, "third");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto welcome = json::from_text<Welcome>(answer.body).value();
  ASSERT_EQ(welcome.nodes.size(), 1u);
  EXPECT_EQ(welcome.nodes.front().id, "city");
}

TEST_F(GateTest, ACodeThatOpensNothingIsRefusedByItsCode) {
  const JoinRequest request{"0123", "first", journal::a_pair().public_pem};
  const auto answer = ask(http::Method::kPost, "/v1/join", json::to_text(request), "first");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, R"({"title":"join.code"})");
}

TEST_F(GateTest, WhatIsNoHealthIsRefusedAndWasAContactNevertheless) {
  for (const std::string body : {"", "{}", "[[[["}) EXPECT_EQ(ask(http::Method::kPost, "/v1/health", body).status, 400);
  std::string of_another = health_of_county();
  of_another.replace(of_another.find("county"), 6, "city");
  EXPECT_EQ(ask(http::Method::kPost, "/v1/health", of_another).status, 400);
  EXPECT_EQ(ask(http::Method::kGet, "/v1/health").status, 404);
  EXPECT_EQ(gate.body_limit(http::Method::kPost, "/v1/health"), federation::kMostHealthBytes);
  EXPECT_THAT(county().conditions, testing::ElementsAre(Condition::kInContact));
  EXPECT_FALSE(county().told.own.has_value());
}

TEST_F(GateTest, AStoreThatFailsLocksNobodyOut) { expect_answered_all(); }

TEST_F(GateTest, NorDoesAnotherErrorOfTheStoreOrOfTheMachine) {
  ground.fails = [] { throw sql::Error("disk I/O error"); };
  expect_answered_all();
  ground.fails = [] { throw std::bad_alloc(); };
  expect_answered_all();
}

TEST_F(GateTest, AFailedJoiningCanBeTriedAgain) {
  const auto secret =
      invitations.make({"town", "镇", {"yangkou"}, ground.city.clock.at + Minutes{60}, {}}, ground.random());
  ASSERT_TRUE(secret.ok());
  const auto wish = json::to_text(JoinRequest{*secret, "town", journal::a_pair().public_pem});
  ground.fails_at = 0;
  EXPECT_EQ(ask(http::Method::kPost, "/v1/join", wish, "town").status, 503);
  EXPECT_EQ(ask(http::Method::kPost, "/v1/join", wish, "town").status, 200);
}

TEST_F(GateTest, AskingForFactsIsAContactToo) {
  ask(http::Method::kGet, "/v1/facts");
  ASSERT_TRUE(county().told.contact_at.has_value());
  EXPECT_EQ(county().address, "127.0.0.1");
  EXPECT_EQ(county().told.down->facts, 2) << "the register, of which it has read nothing";
}

}  // namespace
}  // namespace anlan::edge::peer
