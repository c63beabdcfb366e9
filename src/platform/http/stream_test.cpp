#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "platform/http/server_fixture.h"

namespace anlan::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class HttpStream : public ServerFixture {
 protected:
  // Every request opens a stream that is subscribed to the channel its query names.
  void serve_streams() {
    serve([this](Request request, Reply reply) {
      auto stream = reply.stream({{"X-Resume", request.headers.get("Last-Event-ID").value_or("none")}});
      stream->subscribe({std::string(request.query.get("channel").value_or("all"))});
      const std::lock_guard lock(mutex_);
      streams_.push_back(std::move(stream));
    });
  }

  EventReader reader(std::string_view channel, const Headers& headers = {}) {
    const auto before = server->counts().streams;
    auto opened = EventReader::open(client(), "/feed?channel=" + std::string(channel), headers);
    EXPECT_TRUE(opened) << opened.error().what;
    while (server->counts().streams == before) std::this_thread::sleep_for(milliseconds(1));
    return std::move(*opened);
  }

  std::shared_ptr<EventStream> last_stream() {
    const std::lock_guard lock(mutex_);
    return streams_.back();
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<EventStream>> streams_;
};

TEST(EventFrame, WritesEachLineOfTheDataAsOneField) {
  EXPECT_EQ(*event_frame("7", "fact", "a\nb"), "id: 7\nevent: fact\ndata: a\ndata: b\n\n");
  EXPECT_EQ(*event_frame("", "", "x"), "data: x\n\n");
}

TEST_F(HttpStream, KeepsTheOrderOfBacklogAndPublications) {
  serve([this](Request request, Reply reply) {
    auto stream = reply.stream();
    const int after = std::stoi(std::string(*request.headers.get("Last-Event-ID")));
    for (int i = after + 1; i <= 500; ++i) stream->send(event_frame(std::to_string(i), "", "old"));
    stream->subscribe({"a"});
    for (int i = 501; i <= 1000; ++i) server->publish(event_frame(std::to_string(i), "", "new"), {"a"});
  });
  auto events = EventReader::open(client(), "/", {{"Last-Event-ID", "100"}});
  ASSERT_TRUE(events) << events.error().what;
  for (int i = 101; i <= 1000; ++i) {
    const auto event = events->next();
    ASSERT_TRUE(event) << event.error().what;
    ASSERT_EQ(event->id, std::to_string(i));
    ASSERT_EQ(event->data, i <= 500 ? "old" : "new");
  }
}

TEST_F(HttpStream, SendsAPublicationOnceToEachStreamThatHasOneOfItsChannels) {
  serve_streams();
  auto a = reader("a"), b = reader("b"), other = reader("c");
  last_stream()->subscribe({"c", "d"});
  server->publish(event_frame("1", "", "x"), {"a", "b", "c", "d"});
  server->publish(event_frame("2", "", "x"), {"b"});
  server->publish(event_frame("3", "", "x"), {"a", "d"});
  EXPECT_EQ(a.next()->id, "1");
  EXPECT_EQ(a.next()->id, "3");
  EXPECT_EQ(b.next()->id, "1");
  EXPECT_EQ(b.next()->id, "2");
  EXPECT_EQ(other.next()->id, "1");
  EXPECT_EQ(other.next()->id, "3");
}

TEST_F(HttpStream, DropsAConsumerThatFallsTooFarBehindAndNobodyElse) {
  options.stream_queue_bytes = 100'000;
  serve_streams();
  auto slow = reader("all"), quick = reader("all");
  const std::string data(50'000, 'x');
  int sent = 0, received = 0;
  while (server->counts().dropped_slow == 0) {
    server->publish(event_frame(std::to_string(++sent), "", data), {"all"});
    ASSERT_EQ(quick.next()->id, std::to_string(++received));
    ASSERT_LT(sent, 10'000);
  }
  EXPECT_EQ(server->counts().dropped_slow, 1U);
  EXPECT_EQ(server->counts().streams, 1U);
  server->publish(event_frame("last", "", ""), {"all"});
  EXPECT_EQ(quick.next()->id, "last");
}

TEST_F(HttpStream, TellsOnceWhenAStreamHasEnded) {
  serve_streams();
  std::promise<void> gone, known;
  {
    auto leaving = reader("all");
    last_stream()->on_closed([&] { gone.set_value(); });
  }
  gone.get_future().get();
  EXPECT_FALSE(last_stream()->is_open());
  EXPECT_EQ(server->counts().streams, 0U);
  last_stream()->on_closed([&] { known.set_value(); });
  known.get_future().get();
  last_stream()->send(event_frame("1", "", "to nobody"));
}

TEST_F(HttpStream, HandsOverALongBacklogPageByPage) {
  options.stream_queue_bytes = 200'000;
  constexpr int kPages = 100;
  std::function<void(int)> send_page;  // outlives the server
  serve([&](Request, Reply reply) {
    auto stream = reply.stream();
    send_page = [stream, &send_page](int page) {
      if (page == kPages) return stream->close();
      stream->send(event_frame(std::to_string(page), "", std::string(150'000, 'x')));
      stream->on_drained([page, &send_page] { send_page(page + 1); });
    };
    send_page(0);
  });
  auto events = EventReader::open(client(), "/");
  ASSERT_TRUE(events);
  for (int page = 0; page < kPages; ++page) ASSERT_EQ(events->next()->id, std::to_string(page));
  EXPECT_FALSE(events->next());
  EXPECT_EQ(server->counts().dropped_slow, 0U);
  server->stop(milliseconds(0));
}

TEST_F(HttpStream, SendsAHeartbeatWhenNothingElseGoesOut) {
  options.heartbeat = milliseconds(50);
  serve_streams();
  auto raw = client();
  ASSERT_TRUE(raw.write("GET /feed HTTP/1.1\r\nHost: a\r\n\r\n"));
  while (server->counts().streams == 0) std::this_thread::sleep_for(milliseconds(1));
  std::this_thread::sleep_for(milliseconds(600));
  server->stop(seconds(5));
  const auto response = raw.read_response();
  ASSERT_TRUE(response) << response.error().what;
  EXPECT_EQ(response->headers.get("Content-Type"), "text/event-stream");
  EXPECT_EQ(response->headers.get("Cache-Control"), "no-store");
  EXPECT_EQ(response->headers.get("X-Resume"), "none");
  EXPECT_THAT(response->body, testing::StartsWith(":\n\n"));
}

TEST_F(HttpStream, EndsStreamsWhenTheServerStops) {
  serve_streams();
  auto events = reader("all");
  server->publish(event_frame("1", "", "x"), {"all"});
  server->stop(seconds(5));
  const auto event = events.next();
  ASSERT_TRUE(event) << event.error().what;
  EXPECT_EQ(event->id, "1");
  EXPECT_FALSE(events.next());
  bool told = false;
  last_stream()->on_closed([&] { told = true; });
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace anlan::http
