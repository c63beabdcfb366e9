#include <gmock/gmock.h>

#include <thread>

#include "platform/http/server_fixture.h"

namespace anlan::http {
namespace {

using std::chrono::milliseconds;

class HttpLimits : public ServerFixture {};

std::string post_head(std::string_view more) {
  return "POST /small HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n";
}

TEST_F(HttpLimits, RefusesATooLargeBodyBeforeAnyOfItIsSent) {
  serve_echo();
  EXPECT_EQ(status_of(post_head("Content-Length: 1001\r\n")), 413);
  EXPECT_EQ(status_of(post_head("Content-Length: 1001\r\nExpect: 100-continue\r\n")), 413);
  EXPECT_EQ(status_of(post_head("Transfer-Encoding: chunked\r\n") + "3e9\r\n"), 413);
  EXPECT_EQ(status_of(post_head("Transfer-Encoding: chunked\r\n") + "3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\n"),
            413);
  EXPECT_EQ(server->counts().requests, 0U);
}

TEST_F(HttpLimits, TakesABodyOfJustTheLimitAndOfTheRouteThatAllowsMore) {
  serve_echo();
  auto c = client();
  EXPECT_EQ(c.post("/small", std::string(1000, 'x'))->status, 200);
  EXPECT_EQ(c.post("/large", std::string(900'000, 'x'))->body.size(), 12U + 900'000U);
}

TEST_F(HttpLimits, GivesTheAnswerToAClientThatIsStillSending) {
  serve_echo();
  auto c = client();
  const auto response = c.post("/large", std::string(3'000'000, 'x'));
  ASSERT_TRUE(response) << response.error().what;
  EXPECT_EQ(response->status, 413);
}

TEST_F(HttpLimits, SaysContinueToAClientThatWaitsForIt) {
  serve_echo();
  auto c = client();
  ASSERT_TRUE(c.write(post_head("Content-Length: 5\r\nExpect: 100-continue\r\n")));
  std::thread later([&] {
    std::this_thread::sleep_for(milliseconds(20));
    ASSERT_TRUE(c.write("hello"));
  });
  EXPECT_EQ(c.read_response()->body, "POST /small hello");
  later.join();
}

TEST_F(HttpLimits, RefusesHeadersAboveTheLimit) {
  serve_echo();
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
  EXPECT_EQ(status_of(head + "X: " + std::string(16'000, 'x') + "\r\n\r\n"), 200);
  EXPECT_EQ(status_of(head + "X: " + std::string(17'000, 'x') + "\r\n\r\n"), 431);
  EXPECT_EQ(status_of(head + "X: " + std::string(17'000, 'x')), 431);
  EXPECT_EQ(status_of("GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 431);
  std::string many = head;
  for (int i = 0; i < 2000; ++i) many += "X-" + std::to_string(i) + ": abcdef\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), 431);
}

TEST_F(HttpLimits, BoundsWhatSurroundsTheChunksAndKeepsTrailersOutOfTheHeaders) {
  serve([](Request request, Reply reply) {
    reply(
        {.body = std::string(request.headers.get("X-Role").value_or("none")) + std::to_string(request.headers.size())});
  });
  const std::string chunked = post_head("Transfer-Encoding: chunked\r\n");
  EXPECT_EQ(status_of(chunked + "3;" + std::string(70'000, 'x')), 400);
  EXPECT_EQ(status_of(chunked + "0\r\nX: " + std::string(70'000, 'x')), 400);
  auto c = client();
  ASSERT_TRUE(c.write(chunked + "3\r\nabc\r\n0\r\nX-Role: admin\r\n\r\n"));
  EXPECT_EQ(c.read_response()->body, "none2");
}

TEST_F(HttpLimits, LetsTheHandlerWordARefusalByWhatWasUnderstoodOfTheRequest) {
  handler.refuse = [](int status, const Request& heard) {
    const std::string language(heard.headers.get("Accept-Language").value_or("none"));
    return Response{.status = heard.path == "/nowhere" ? 404 : status, .body = heard.path + " " + language};
  };
  serve_echo();
  const auto answer = [&](std::string_view bytes) {
    auto raw = client();
    EXPECT_TRUE(raw.write(bytes));
    return raw.read_response().value();
  };
  EXPECT_EQ(answer(post_head("Accept-Language: en\r\nContent-Length: 1001\r\n")).body, "/small en");
  const auto nowhere = answer("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_EQ(nowhere.status, 404);
  EXPECT_EQ(nowhere.headers.get("Connection"), "close");
  EXPECT_EQ(answer("nonsense\r\n\r\n").body, " none");
  auto head = client();
  ASSERT_TRUE(head.write("HEAD / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"));
  EXPECT_TRUE(head.closed_by_peer());
}

class HostileRequest : public HttpLimits, public testing::WithParamInterface<std::pair<int, std::string_view>> {};

TEST_P(HostileRequest, IsAnsweredOnceAndTheConnectionClosed) {
  serve_echo();
  auto raw = client();
  ASSERT_TRUE(raw.write(GetParam().second));
  const auto response = raw.read_response();
  ASSERT_TRUE(response) << response.error().what;
  EXPECT_EQ(response->status, GetParam().first);
  EXPECT_EQ(response->headers.get("Connection"), "close");
  EXPECT_EQ(server->counts().requests, 0U);
  EXPECT_EQ(client().get("/next")->status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileRequest,
    testing::Values(
        std::pair{400, "nonsense\r\n\r\n"}, std::pair{400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
        std::pair{400, "GET / HTTP/1.1\r\n\r\n"}, std::pair{400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        std::pair{400, "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"},
        std::pair{400, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"}, std::pair{505, "GET / HTTP/1.1\nHost: a\n\n"},
        std::pair{505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
        std::pair{417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"},
        // Smuggling: two readers of these bytes could see different requests.
        std::pair{400,
                  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        std::pair{400,
                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"},
        std::pair{400, "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\nabcd"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"},
        std::pair{400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n"},
        std::pair{400,
                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "ffffffffffffffffff\r\n"}));

TEST_F(HttpLimits, EndsSlowSenders) {
  options.header_time = options.body_time = options.idle_time = milliseconds(200);
  serve_echo();
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHo"), 408);
  EXPECT_EQ(status_of(post_head("Content-Length: 5\r\n") + "abc"), 408);
  auto silent = client();
  ASSERT_TRUE(silent.write(""));
  EXPECT_TRUE(silent.closed_by_peer());
  auto idle = client();
  EXPECT_EQ(idle.get("/")->status, 200);
  EXPECT_TRUE(idle.closed_by_peer());
}

TEST_F(HttpLimits, CutsOffAPeerThatTakesNothingOfItsAnswer) {
  options.write_time = milliseconds(200);
  const auto large = std::make_shared<const std::string>(50'000'000, 'x');
  serve([&](Request, Reply reply) { reply({.shared_body = large}); });
  auto c = client();
  ASSERT_TRUE(c.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  while (server->counts().requests == 0 || server->counts().connections > 0)
    std::this_thread::sleep_for(milliseconds(5));
  EXPECT_FALSE(c.read_response());
}

TEST_F(HttpLimits, AsksConnectionsAboveTheLimitToComeLater) {
  options.max_connections = 3;
  serve_echo();
  std::vector<Client> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(client());
    EXPECT_EQ(held.back().get("/")->status, 200);
  }
  auto fourth = client();
  ASSERT_TRUE(fourth.write(""));
  const auto refused = fourth.read_response();
  ASSERT_TRUE(refused) << refused.error().what;
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(refused->headers.get("Retry-After"), "5");
  EXPECT_EQ(held.front().get("/")->status, 200);
  held.clear();
  while (server->counts().connections > 1) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(client().get("/")->status, 200);
}

TEST_F(HttpLimits, SurvivesRandomBytes) {
  serve_echo();
  unsigned seed = 1;
  const std::string good = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (int round = 0; round < 300; ++round) {
    std::string bytes = good + good;
    for (int flips = 0; flips < 4; ++flips) {
      seed = seed * 1103515245 + 12345;
      bytes[(seed >> 8) % bytes.size()] = static_cast<char>(seed >> 24);
    }
    auto c = client();
    ASSERT_TRUE(c.write(bytes));
  }
  EXPECT_EQ(client().get("/")->status, 200);
}

}  // namespace
}  // namespace anlan::http
