#include "platform/http/server.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "platform/http/server_fixture.h"
#include "platform/http/workers.h"

namespace anlan::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class HttpServer : public ServerFixture {};

TEST_F(HttpServer, HandsOverEveryPartOfARequest) {
  Request seen;
  serve([&](Request request, Reply reply) {
    seen = std::move(request);
    reply({.status = 201, .headers = {{"X-Answer", "yes"}}, .body = "made"});
  });
  auto c = client();
  const auto response = c.post("/v1/a%20b?x=1", "hello", {{"X-Test", "abc"}});
  ASSERT_TRUE(response) << response.error().what;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, "made");
  EXPECT_EQ(response->headers.get("x-answer"), "yes");
  EXPECT_EQ(response->headers.get("content-length"), "4");
  EXPECT_TRUE(response->headers.get("Date").value_or("").ends_with(" GMT"));
  EXPECT_EQ(seen.method, Method::kPost);
  EXPECT_EQ(seen.target, "/v1/a%20b?x=1");
  EXPECT_EQ(seen.path, "/v1/a b");
  EXPECT_EQ(seen.query.get("x"), "1");
  EXPECT_EQ(seen.headers.get("x-test"), "abc");
  EXPECT_EQ(seen.body, "hello");
  EXPECT_EQ(seen.remote, "127.0.0.1");
  EXPECT_FALSE(seen.secure);
}

TEST_F(HttpServer, IsFoundByItsName) {
  serve_echo();
  EXPECT_EQ(Client("localhost", port).get("/").value().body, "GET / ");
  const auto nowhere = Client("nowhere.invalid", port).get("/");
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.error().what, "http client: no such address: nowhere.invalid");
}

TEST_F(HttpServer, KeepsAConnectionForManyRequests) {
  serve_echo();
  auto c = client();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(c.post("/p", std::to_string(i))->body, "POST /p " + std::to_string(i));
  EXPECT_EQ(server->counts().accepted, 1U);
  EXPECT_EQ(server->counts().requests, 100U);
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrderThoughLaterOnesAreReadyFirst) {
  Workers workers(4, 100);
  serve([&](Request request, Reply reply) {
    ASSERT_TRUE(workers.post([path = request.path, reply] {
      if (path == "/0") std::this_thread::sleep_for(milliseconds(20));
      reply({.body = path});
    }));
  });
  auto c = client();
  std::string all;
  for (int i = 0; i < 20; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  ASSERT_TRUE(c.write(all));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(c.read_response()->body, "/" + std::to_string(i));
}

TEST_F(HttpServer, ReadsARequestThatComesByteByByteAndAChunkedBody) {
  serve_echo();
  auto c = client();
  const std::string text =
      "\r\nPUT /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n";
  for (const char byte : text) ASSERT_TRUE(c.write({&byte, 1}));
  EXPECT_EQ(c.read_response()->body, "PUT /c hello world");
}

TEST_F(HttpServer, AnswersFromOtherThreadsWithoutMixingUpClients) {
  Workers workers(3, 10'000);
  serve([&](Request request, Reply reply) {
    ASSERT_TRUE(workers.post([body = request.body, reply] { reply({.body = body}); }));
  });
  std::vector<std::thread> clients;
  std::atomic<int> right = 0;
  for (int n = 0; n < 8; ++n)
    clients.emplace_back([&, n] {
      auto c = client();
      for (int i = 0; i < 200; ++i) {
        const auto text = std::to_string(n * 1000 + i);
        const auto response = c.post("/", text);
        right += response && response->body == text;
      }
    });
  for (auto& thread : clients) thread.join();
  EXPECT_EQ(right, 1600);
}

TEST_F(HttpServer, SendsALargeSharedBodyWhole) {
  auto large = std::make_shared<std::string>(20'000'000, 'x');
  for (std::size_t i = 0; i < large->size(); i += 7) (*large)[i] = static_cast<char>('a' + i % 26);
  serve([&](Request, Reply reply) { reply({.shared_body = large}); });
  auto c = client();
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(c.get("/")->body == *large);
}

TEST_F(HttpServer, AnswersHeadWithTheLengthAndNoBody) {
  serve_echo();
  auto c = client();
  const auto response = c.request(Method::kHead, "/abc", "", {});
  EXPECT_EQ(response->headers.get("Content-Length"), "10");
  EXPECT_EQ(response->body, "");
  EXPECT_EQ(c.get("/x")->body, "GET /x ");
}

TEST_F(HttpServer, ClosesAfterTheAnswerWhenAskedAndForTheOldVersion) {
  serve_echo();
  for (std::string_view request :
       {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
    auto c = client();
    ASSERT_TRUE(c.write(request));
    const auto response = c.read_response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->headers.get("Connection"), "close");
  }
}

TEST_F(HttpServer, TurnsAThrowingHandlerInto500AndGoesOn) {
  serve([](Request request, Reply reply) {
    if (request.path == "/late") {
      reply({.body = "answered"});
      throw std::runtime_error("late");
    }
    if (request.path == "/throw") throw std::runtime_error("broken");
    if (request.path == "/forget") return;
    reply({.body = "fine"});
  });
  auto c = client();
  EXPECT_EQ(c.get("/throw")->status, 500);
  EXPECT_EQ(c.get("/forget")->status, 500);
  EXPECT_EQ(c.get("/late")->body, "answered");
  EXPECT_EQ(c.get("/")->body, "fine");
  EXPECT_THAT(logged(),
              testing::ElementsAre("http: handler: broken", "http: a handler gave up a request without an answer",
                                   "http: handler: late"));
}

TEST_F(HttpServer, DropsHeadersThatWouldSplitTheAnswerAndAddsTheDefaults) {
  options.response_headers = strict_security_headers();
  serve([](Request, Reply reply) {
    reply({.headers = {{"X-Name", "a\r\nX-Evil: 1"}, {"Content-Length", "99"}, {"Referrer-Policy", "same-origin"}}});
  });
  auto c = client();
  const auto response = c.get("/");
  EXPECT_EQ(response->headers.get("X-Name"), std::nullopt);
  EXPECT_EQ(response->headers.get("X-Evil"), std::nullopt);
  EXPECT_EQ(response->headers.get("Content-Length"), "0");
  EXPECT_EQ(response->headers.count("Referrer-Policy"), 1U);
  EXPECT_EQ(response->headers.get("Referrer-Policy"), "same-origin");
  EXPECT_EQ(response->headers.get("X-Content-Type-Options"), "nosniff");
}

TEST_F(HttpServer, LetsARequestInFlightFinishOnStopAndTakesNoMore) {
  std::promise<Reply> taken;
  serve([&](Request, Reply reply) { taken.set_value(reply); });
  auto answer = std::async(std::launch::async, [&] { return client().get("/slow"); });
  auto idle = client();
  ASSERT_TRUE(idle.write(""));
  const Reply reply = taken.get_future().get();
  std::thread stopping([&] { server->stop(seconds(10)); });
  EXPECT_TRUE(idle.closed_by_peer());
  reply({.body = "in time"});
  const auto response = answer.get();
  stopping.join();
  ASSERT_TRUE(response) << response.error().what;
  EXPECT_EQ(response->body, "in time");
  EXPECT_EQ(response->headers.get("Connection"), "close");
  EXPECT_FALSE(client().get("/"));
}

TEST_F(HttpServer, AnswersAllWhileItLeavesAndKeepsNoConnection) {
  serve_echo();
  auto before = client();
  EXPECT_EQ(before.get("/")->headers.get("Connection"), std::nullopt);
  server->leave();
  EXPECT_EQ(before.get("/")->headers.get("Connection"), "close");
  EXPECT_TRUE(before.closed_by_peer());
  const auto fresh = client().get("/");
  ASSERT_TRUE(fresh) << fresh.error().what;
  EXPECT_EQ(fresh->status, 200);
  EXPECT_EQ(fresh->headers.get("Connection"), "close");
}

TEST_F(HttpServer, StopsWithoutAnAnswerWhenPatienceEndsAndDropsTheLateOne) {
  std::promise<Reply> taken;
  serve([&](Request, Reply reply) { taken.set_value(reply); });
  auto answer = std::async(std::launch::async, [&] { return client().get("/never"); });
  const Reply reply = taken.get_future().get();
  server->stop(milliseconds(0));
  server.reset();
  reply({.body = "too late"});
  EXPECT_FALSE(answer.get());
}

TEST_F(HttpServer, TellsWhenItCannotListen) {
  serve_echo();
  Server second(options, handler);
  EXPECT_THAT(second.listen("127.0.0.1", port).error().what, testing::HasSubstr("Address already in use"));
  Server third(options, handler);
  EXPECT_FALSE(third.listen("not an address", 0));
}

}  // namespace
}  // namespace anlan::http
