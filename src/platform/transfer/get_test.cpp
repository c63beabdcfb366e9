#include "platform/transfer/get.h"

#include <atomic>
#include <chrono>

#include "platform/http/server_fixture.h"

namespace anlan::transfer {
namespace {

class GetTest : public http::ServerFixture {
 protected:
  std::string at(const std::string& path, const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(port) + path;
  }
  Wish wish(const std::string& path, const std::string& host = "127.0.0.1") const {
    return {.url = at(path, host), .allow_private = true, .limit = 1000};
  }
  // Everything lies on this machine; how often each name was asked for is counted.
  Resolve resolving() {
    return [this](const std::string& host) -> Result<std::vector<std::string>> {
      ++asked[host];
      if (host == "nobody.example") return Failure{"no such name"};
      return std::vector<std::string>{host == "mixed.example" ? "203.0.114.9" : "127.0.0.1", "127.0.0.1"};
    };
  }
  std::string fault(const Wish& w) {
    const auto got = Getter(resolving()).get(w);
    return got.ok() ? "got " + std::to_string(got->status) : std::string(name_of(got.error().fault));
  }

  std::map<std::string, int> asked;
};

TEST_F(GetTest, BringsWhatIsThereAndAsksWhetherItHasChanged) {
  serve([](http::Request request, http::Reply reply) {
    const bool known = request.headers.get("If-None-Match") == "\"one\"" &&
                       request.headers.get("If-Modified-Since") == "Fri, 27 Nov 2026 00:00:00 GMT";
    http::Response response{.status = known ? 304 : 200, .body = known ? "" : "feed"};
    response.headers.set("ETag", "\"one\"");
    response.headers.set("Last-Modified", "Fri, 27 Nov 2026 00:00:00 GMT");
    reply(response);
  });
  Wish w = wish("/feed", "feed.example");
  const auto first = Getter(resolving()).get(w);
  ASSERT_TRUE(first.ok()) << first.error().what;
  EXPECT_EQ(first->body, "feed");
  w.etag = first->etag;
  w.last_modified = first->last_modified;
  const auto second = Getter(resolving()).get(w);
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->status, 304);
  EXPECT_EQ(asked["feed.example"], 2) << "once for each request";
}

TEST_F(GetTest, GoesNowherePrivateUnlessItMay) {
  serve_echo();
  Wish w = wish("/feed", "feed.example");
  w.allow_private = false;
  EXPECT_EQ(fault(w), "private");
  EXPECT_EQ(fault({.url = at("/x"), .limit = 10}), "private");
  EXPECT_EQ(fault({.url = at("/x", "mixed.example"), .limit = 10}), "private") << "one private address is enough";
  EXPECT_EQ(fault({.url = "http://nobody.example/", .limit = 10}), "name");
  for (const char* url : {"file:///etc/passwd", "ftp://feed.example/", "gopher://feed.example/",
                          "http://u:p@feed.example/", "http://", "feed.example/x y"})
    EXPECT_EQ(fault({.url = url, .allow_private = true, .limit = 10}), "url") << url;
}

TEST_F(GetTest, IsNotLedToOtherHostsNorToPrivateAddressesNorInCircles) {
  std::string to;
  std::atomic<int> requests = 0;
  serve([&](http::Request request, http::Reply reply) {
    ++requests;
    if (request.path == "/there") return reply({.body = "there"});
    http::Response response{.status = 302};
    response.headers.set("Location", to);
    reply(response);
  });
  Wish w = wish("/feed", "feed.example");
  w.hosts = {"files.example", "127.0.0.1"};
  const auto led = [&](const std::string& where) {
    to = where;
    requests = 0;
    return fault(w);
  };
  EXPECT_EQ(led("/there"), "got 200") << "the host itself may lead on within itself";
  EXPECT_EQ(led(at("/there", "other.example")), "host");
  EXPECT_EQ(led(at("/there", "files.example")), "private") << "allowed by name, and yet private";
  EXPECT_EQ(led(at("/there")), "private");
  EXPECT_EQ(led("http://169.254.169.254/latest/meta-data"), "host");
  EXPECT_EQ(requests, 1);
  EXPECT_EQ(led("file:///etc/passwd"), "url");
  EXPECT_EQ(led("/feed"), "redirects");
}

TEST_F(GetTest, ReadsNothingOfWhatIsBeyondItsLimit) {
  serve([](http::Request, http::Reply reply) {
    reply({.shared_body = std::make_shared<const std::string>(100 * 1024 * 1024, 'x')});
  });
  const auto got = Getter(resolving()).get(wish("/large"));
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().fault, Fault::kTooLarge);
  Wish enough = wish("/small");
  enough.limit = 200 * 1024 * 1024;
  EXPECT_EQ(fault(enough), "got 200");
}

TEST_F(GetTest, StopsAtItsLimitWhereNoLengthWasTold) {
  serve([](http::Request, http::Reply reply) {
    const auto stream = reply.stream();
    for (int i = 0; i < 100; ++i) stream->send(std::make_shared<const std::string>(1000, 'x'));
  });
  Wish w = wish("/stream");
  w.limit = 50'000;
  EXPECT_EQ(fault(w), "too_large");
}

TEST_F(GetTest, WaitsNoLongerThanItMayAndStopsWhenItIsTold) {
  std::vector<http::Reply> kept;
  serve([&](http::Request, http::Reply reply) { kept.push_back(std::move(reply)); });
  Wish w = wish("/never");
  w.patience = Milliseconds{200};
  EXPECT_EQ(fault(w), "time");
  w.patience = Milliseconds{60'000};
  Getter getter(resolving());
  getter.interrupt();
  const auto got = getter.get(w);
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().fault, Fault::kStopped);
  kept.clear();
}

TEST_F(GetTest, TellsAnAnswerThatIsNone) {
  serve([](http::Request request, http::Reply reply) { reply({.status = request.path == "/gone" ? 410 : 500}); });
  EXPECT_EQ(fault(wish("/gone")), "status");
  EXPECT_EQ(fault(wish("/broken")), "status");
  server->stop(std::chrono::milliseconds(0));
  EXPECT_EQ(fault(wish("/")), "connection");
}

}  // namespace
}  // namespace anlan::transfer
