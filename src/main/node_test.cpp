#include "main/node.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "codec/json_write.h"
#include "main/first_start.h"
#include "main/load.h"
#include "platform/crypto/random.h"
#include "platform/http/client.h"

namespace anlan {
namespace {

class MovedClock final : public Clock {
 public:
  Instant now() const override { return Instant{Milliseconds{at_}}; }
  void advance(Milliseconds by) { at_ += by.count(); }

 private:
  std::atomic<std::int64_t> at_ = to_ms(from_china_time(2026, 11, 23, 14, 2));
};

// A node on a directory of its own, with a clock moved by hand, asked over HTTP.
class NodeTest : public testing::Test {
 protected:
  NodeTest() {
    c.share = ANLAN_SOURCE_DIR;
    c.http.port = 0;
    c.data = testing::TempDir() + "anlan-node-" + testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(c.data);
    auto started = Node::start(c, {clock, random, [](std::string_view) {},
                                   [this](command::Executor& executor) -> Result<Done> {
                                     auto made = first_start(c, texts, random, executor);
                                     if (!made.ok()) return made.error();
                                     passwords = std::move(*made);
                                     return Done{};
                                   },
                                   [](const std::string& what) { FAIL() << what; }});
    EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().what);
    node = std::move(*started);
  }
  ~NodeTest() override {
    node.reset();
    std::filesystem::remove_all(c.data);
  }

  http::Client client() const { return http::Client("127.0.0.1", node->port()); }
  int sign_in(const std::string& account, const std::string& password, std::string* cookie = nullptr) const {
    std::string body;
    {
      json::Object object(body);
      object.member("account", account);
      object.member("password", password);
    }
    const auto answer = client().post("/api/v1/session", body).value();
    if (cookie) *cookie = std::string(answer.headers.get("Set-Cookie").value_or(""));
    if (cookie) cookie->resize(std::min(cookie->find(';'), cookie->size()));
    return answer.status;
  }

  Configuration c;
  MovedClock clock;
  crypto::SystemRandom random;
  Texts texts = load_texts(ANLAN_SOURCE_DIR "/data/text").value();
  std::vector<OneTimePassword> passwords;
  std::unique_ptr<Node> node;
};

TEST_F(NodeTest, EndsAnIdleSessionAndItsFeedByTimeAlone) {
  std::string cookie;
  ASSERT_EQ(sign_in("sysadmin", passwords.at(0).password, &cookie), 201);
  const http::Headers session{{"Cookie", cookie}};
  ASSERT_EQ(client().get("/api/v1/session", session)->status, 200);
  const std::string change = R"({"old":")" + passwords.at(0).password + R"(","new":"Long-enough-77-now"})";
  ASSERT_EQ(client().post("/api/v1/session/password", change, {{"Cookie", cookie}, {"Idempotency-Key", "1"}})->status,
            200);
  auto feed = http::EventReader::open(client(), "/api/v1/feed", session);
  ASSERT_TRUE(feed) << feed.error().what;
  EXPECT_EQ(feed->next()->event, "hello");
  clock.advance(Minutes{31});
  EXPECT_EQ(feed->next()->event, "signed_out");
  EXPECT_FALSE(feed->next());
  EXPECT_EQ(client().get("/api/v1/session", session)->status, 401);
}

TEST_F(NodeTest, LocksAnAccountForFifteenMinutes) {
  const std::string& password = passwords.at(0).password;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("sysadmin", "wrong"), 401);
  EXPECT_EQ(sign_in("sysadmin", password), 422);
  EXPECT_EQ(sign_in("secadmin", passwords.at(1).password), 201) << "another account is not locked";
  clock.advance(Minutes{15} - Milliseconds{1});
  EXPECT_EQ(sign_in("sysadmin", password), 422);
  clock.advance(Milliseconds{1});
  EXPECT_EQ(sign_in("sysadmin", password), 201);
}

}  // namespace
}  // namespace anlan
