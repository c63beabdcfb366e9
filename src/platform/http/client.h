#pragma once
// A blocking HTTP/1.1 client over plain TCP or TLS, for tests, benches and edges that call out from a worker thread.

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/http/message.h"

namespace anlan::http {

class ByteStream;
class TlsIdentity;

// How a client and a server that know each other speak over TLS.
struct Pinned {
  std::string certificate_file, key_file;  // of the client, PEM
  std::string fingerprint;                 // of the server's certificate; no other one is spoken to
};

// One connection, kept alive between requests and opened again when the peer closed it. One thread at a time. An answer
// above 64 MiB is a Failure.
class Client {
 public:
  // `address` is numeric or a name that the machine resolves; nothing is connected yet. `patience` bounds connecting
  // and each wait for bytes.
  Client(std::string address, std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(10));
  // Fails where the files are no certificate and key.
  static Result<Client> over_tls(std::string address, std::uint16_t port, std::chrono::milliseconds patience,
                                 const Pinned&);
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) = delete;

  // Any status is a Response; a Failure is a connection that could not be made, broke or timed out. Host and
  // Content-Length are added.
  Result<Response> get(std::string_view target, const Headers& = {});
  Result<Response> post(std::string_view target, std::string_view body, const Headers& = {});
  Result<Response> request(Method, std::string_view target, std::string_view body, const Headers&);

  // From any thread: what waits now fails at once, and so does all that is asked later.
  void interrupt();

  // Raw bytes, for tests of hostile input. read_response() reads the next answer of the connection.
  Result<Done> write(std::string_view bytes);
  Result<Response> read_response();
  // True when the peer has closed; waits for it up to the patience, discarding what still comes.
  bool closed_by_peer();

 private:
  friend class EventReader;
  Result<Done> connect();
  Result<Done> fill();
  Failure broken(const char* what);
  void close();

  std::string address_;
  std::uint16_t port_;
  std::chrono::milliseconds patience_;
  std::shared_ptr<const TlsIdentity> identity_;  // none: plain TCP
  std::unique_ptr<std::mutex> guard_;            // of the two below, between interrupt() and the client's thread
  int socket_ = -1;
  bool interrupted_ = false;
  std::unique_ptr<ByteStream> stream_;
  std::string buffer_;      // read but not yet parsed
  bool head_only_ = false;  // the answer awaited has no body
};

struct Event {
  std::string id, event, data;
};

// Reads server-sent events. Comments are passed over.
class EventReader {
 public:
  // Opens `target`; fails unless the answer is 200 with text/event-stream.
  static Result<EventReader> open(Client, std::string_view target, const Headers& = {});
  // The next event; a Failure when the stream ended or nothing came within the client's patience.
  Result<Event> next();

 private:
  explicit EventReader(Client client) : client_(std::move(client)) {}
  Client client_;
};

}  // namespace anlan::http
