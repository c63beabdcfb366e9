#pragma once
// An HTTP/1.1 server: keep-alive, pipelining, bounded in everything, server-sent events, TLS 1.3 when given a
// certificate.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/http/event_stream.h"
#include "platform/http/message.h"

namespace anlan::http {

class Exchange;

// The right to answer one request, once. Copyable; callable from any thread; many answers given in a row to connections
// of one io thread wake it once. An answer to a connection that is gone is dropped. When the last copy is destroyed
// unused the client gets 500.
class Reply {
 public:
  explicit Reply(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  // Asserts that this request was not answered yet.
  void operator()(Response) const;
  // Answers with 200, `headers` and an event stream that stays open.
  std::shared_ptr<EventStream> stream(Headers headers = {}) const;
  // The client has proved who it is: from now on its connection is no stranger's (Options::max_strangers). From any
  // thread, also after the answer; the first word on a connection counts.
  void is_from(const std::string& who) const;

 private:
  std::shared_ptr<Exchange> exchange_;
};

// Called on io threads, several at a time: must be thread safe and must not block (http::Workers takes what does).
// An exception becomes 500 and a line in the log.
class Handler {
 public:
  virtual ~Handler() = default;
  // The reply may be kept and used later, on any thread.
  virtual void handle(Request, Reply) = 0;
  // The most bytes of body that this route takes; asked before the body is read, more is answered 413.
  virtual std::size_t body_limit(Method, std::string_view path) const = 0;
  // Who holds the certificate that a client has shown, where that was proved before; empty: nobody knows. Asked when a
  // stranger's request begins, so that who is known need not prove it anew on each connection.
  virtual std::string holder_of([[maybe_unused]] const std::string& certificate) { return {}; }
  // What the server itself answers with: 400, 408, 413, 417, 431, 500, 503, 505. `heard` is as much of the request as
  // was understood, perhaps nothing. Another status may be answered where the handler knows a better reason.
  virtual Response refusal(int status, [[maybe_unused]] const Request& heard) const { return {.status = status}; }
};

struct Options {
  unsigned threads = 1;                           // each with its share of the connections
  std::size_t max_connections = 12'000;           // one more gets 503 with Retry-After; mind RLIMIT_NOFILE
  std::size_t header_bytes = 16 * 1024;           // request line and headers; more is answered 431
  std::chrono::milliseconds header_time{10'000};  // from the first byte of a request to the end of its headers
  std::chrono::milliseconds body_time{30'000};    // from there to the end of its body
  std::chrono::milliseconds idle_time{75'000};    // between requests
  std::chrono::milliseconds write_time{30'000};   // a peer that takes nothing of its answer
  std::chrono::milliseconds heartbeat{15'000};
  // A consumer that is further behind is cut off, and comes back by position.
  std::size_t stream_queue_bytes = 1024 * 1024;
  std::string certificate_file = {}, key_file = {};  // PEM; both empty: plain HTTP
  // Over TLS every client must show a certificate, and hold its key. Who may have made it is not asked: whoever takes
  // the request knows it by its fingerprint.
  bool client_certificates = false;
  // Bounds by who is connected, each off where it is 0.
  // Connections of one address, as counted_as() tells them; one more gets what one above max_connections gets. Not
  // where a proxy stands before the server, or consoles share an address: they would be one.
  std::size_t max_of_address = 0;
  // For handlers that learn who is at the other end (Reply::is_from, Handler::holder_of). A connection is a stranger's
  // until then. Of more strangers than this, or where there is no room for one that comes, the oldest is closed; no
  // address has more than an eighth of them. Known ones are never closed to make room for strangers.
  std::size_t max_strangers = 0;
  // How long a connection may be a stranger's, whatever happens on it.
  std::chrono::milliseconds stranger_time{0};
  std::size_t stranger_body = 0;  // the most bytes of body that are read of a stranger, where the route takes more
  std::size_t max_of_one = 0;     // connections of one who is known; one more closes the oldest of the same one
  bool losses = false;            // lines that lose packets are to be expected (bad_line.h)
  Headers response_headers = {};  // added to every answer that has not set them: the security headers
  std::function<void(std::string_view)> log = nullptr;  // English, one line; thread safe
};

// Whose connections are counted together: an address, of IPv6 its first 64 bits, of which one line has all the rest.
std::string counted_as(const std::string& address);

// Read one after the other, so not of the same moment.
// For metrics.
struct Counts {
  std::uint64_t connections, streams;                       // open now
  std::uint64_t accepted, requests, refused, dropped_slow;  // since the start
  std::uint64_t evicted;                                    // closed to make room, since the start
};

class Server {
 public:
  // The handler must outlive the server.
  Server(Options, Handler&);
  // stop() with no patience.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, starts the threads and tells the port (port 0 lets the system choose). `address` is numeric, v4 or v6. Once.
  Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);

  // Sends a frame, once each, to the streams subscribed to any of these channels. Thread safe; one wake-up a thread.
  void publish(Frame, std::vector<std::string> channels);

  // From now on no answer keeps its connection; all else goes on. Before stop(), where proxies keep connections: none
  // of them sends a request into one that is just being closed. Thread safe.
  void leave();

  // Stops accepting, closes idle connections and streams, lets requests in flight be answered until `patience` has
  // passed, then joins the threads. Not from an io thread. Further calls do nothing.
  void stop(std::chrono::milliseconds patience);

  Counts counts() const;

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

// The Content-Security-Policy, nosniff, frame and referrer headers for a console that loads from its own origin only.
Headers strict_security_headers();

}  // namespace anlan::http
