#pragma once
// What the io threads and connections of one server share. Inside the server only.

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/http/byte_stream.h"
#include "platform/http/open_connections.h"
#include "platform/http/request_parser.h"
#include "platform/http/server.h"

namespace anlan::http {

// Unchanging once the server listens, except for the counters.
struct ServerContext {
  Options options;
  Handler& handler;
  RequestParser::BodyLimit body_limit = nullptr, stranger_body_limit = nullptr;
  std::optional<TlsIdentity> identity = std::nullopt;  // none: plain HTTP

  // No answer keeps its connection any more.
  std::atomic<bool> leaving = false;
  // … and what is idle is closed.
  std::atomic<bool> stopping = false;
  // As Counts names them.
  std::atomic<std::uint64_t> connections = 0, streams = 0, accepted = 0, requests = 0, refused = 0, dropped_slow = 0,
                             evicted = 0;
  OpenConnections open{options};  // without those that are over the limit

  void log(std::string_view line) const {
    if (options.log) options.log(line);
  }
};

}  // namespace anlan::http
