#pragma once
// Bytes of a connection → Request. Inside the server only.

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "platform/http/message.h"

namespace anlan::http {

// Parses one request; a new parser for the next one. Stricter than RFC 9112 where leniency would let two parsers read
// different requests from the same bytes (§11.2): Content-Length beside Transfer-Encoding, a list of lengths, any
// transfer coding but a single "chunked", and a missing or second Host are refused.
class RequestParser {
 public:
  enum class State { kHeader, kBody, kDone, kFailed };
  using BodyLimit = std::function<std::size_t(Method, std::string_view path)>;

  // `limit` is asked once, when the headers are complete. What it throws passes through put().
  RequestParser(std::size_t header_bytes, const BodyLimit& limit);
  ~RequestParser();

  // Takes bytes and tells how many were used; those not used must be presented again, with more behind them.
  std::size_t put(std::string_view bytes);

  State state() const;
  int failure() const;            // the status to answer with; only in kFailed
  bool expects_continue() const;  // the client waits for "100 Continue" before it sends the body
  bool keep_alive() const;        // only in kDone; HTTP/1.0 never
  Request take();                 // in kDone all of it, else as much as was understood so far

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace anlan::http
