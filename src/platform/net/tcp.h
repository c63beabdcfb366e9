#pragma once
// A connection over TCP to somebody who speaks a protocol of bytes.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace anlan::net {

// Used by one thread at a time.
class Tcp {
 public:
  // `address`: a name, asked for anew each time, or numeric; the first of its addresses that answers. `patience` is for
  // each of them, and later for the peer to take what is written.
  static Result<std::unique_ptr<Tcp>> connect(const std::string& address, std::uint16_t port, Milliseconds patience);
  ~Tcp();
  Tcp(const Tcp&) = delete;
  Tcp& operator=(const Tcp&) = delete;

  // What has come; empty where nothing came within `longest`. Fails when the peer has closed.
  Result<std::string> read(Milliseconds longest);
  // All of it. After a failure nobody knows how much of it went.
  Result<Done> write(std::string_view);

 private:
  Tcp(int socket, Milliseconds patience) : socket_(socket), patience_(patience) {}

  const int socket_;
  const Milliseconds patience_;
};

}  // namespace anlan::net
