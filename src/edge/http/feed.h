#pragma once
// The live feed: server-sent events whose id is the position, without gap or repeat over broken lines.

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "edge/http/route.h"

namespace anlan::edge {

// Thread safe; outlives the server's streams. Its lock is held while frames are handed over and while a stream joins,
// which is why nothing is lost or repeated in between.
class Feed {
 public:
  explicit Feed(Services& services) : services_(services) {}

  // Where the frames go, and what was published before this start; before the first publish.
  void attach(http::Server& server, journal::Position head) {
    server_ = &server;
    published_ = head;
  }

  // GET /api/v1/feed
  // Says hello with the present position, then catches up on a worker. Where no worker is free the stream is closed:
  // the console comes back by itself. Refused (position.future) from a position that the journal does not reach.
  void open(Call);

  // Writer's thread, after the commit and before the commands are answered (whoever knows a position finds it
  // published): sends the facts to the consoles that may see them, and ends the feeds of
  // sessions that ended. `sql` sees the committed views; where it
  // throws, nothing was sent.
  void publish(sql::Connection& sql, std::span<const journal::Fact>);

 private:
  void begin(const Call&, journal::Position from);
  // Sends what the viewer missed; joins the channel when nothing is missing any more.
  void catch_up(const std::shared_ptr<http::EventStream>&, const Viewer&, const std::string& world,
                journal::Position after);
  // Up to where facts have been handed to the server.
  journal::Position published();
  // The data of one event, JSON in one line. Names are those of now, the body is as it stands in the journal.
  std::string event_of(const journal::Fact&) const;
  // Ends the streams of sessions that these facts end, after saying so.
  void end_sessions(std::span<const journal::Fact>);

  Services& services_;
  http::Server* server_ = nullptr;
  std::mutex mutex_;  // held while frames are handed to the server, and while a stream joins
  journal::Position published_ = 0;
  std::mutex streams_mutex_;
  std::multimap<std::string, std::weak_ptr<http::EventStream>> streams_;  // by session
};

}  // namespace anlan::edge
