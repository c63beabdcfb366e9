#pragma once
// What a connection reads from and writes to: a plain socket or TLS over it. Inside this folder only.

#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"

struct ssl_ctx_st;

namespace anlan::http {

// Over a socket that it does not own. Blocks where the socket does, and then kWant… means that its time is over. Never
// throws. One thread at a time.
class ByteStream {
 public:
  enum class Status { kOk, kWantRead, kWantWrite, kClosed };
  // What was moved before `status` came up. kOk: all of it (write), or at least one byte (read).
  struct Moved {
    std::size_t bytes;
    Status status;
  };

  virtual ~ByteStream() = default;
  virtual Moved read(char* to, std::size_t size) = 0;
  // After kWant… the next write must begin with the same bytes and be no shorter.
  virtual Moved write(const iovec* parts, int count) = 0;
  // Bytes are held that the socket would not announce.
  virtual bool has_buffered() const = 0;
  // Tells the peer that nothing more comes.
  virtual void shut_down() = 0;
  // Its SHA-256 in hexadecimal; empty where the peer has shown none, and before the handshake.
  virtual std::string peer_certificate() const { return {}; }
};

std::unique_ptr<ByteStream> plain_stream(int socket);

// Certificate and key of one end of a line that speaks TLS 1.3 only. Thread safe after load.
class TlsIdentity {
 public:
  // PEM files. Makes the process ignore SIGPIPE. `client_certificates`: whoever connects must show one.
  static Result<TlsIdentity> load(const std::string& certificate_file, const std::string& key_file,
                                  bool client_certificates = false);
  // Of a client, for servers with this certificate only.
  static Result<TlsIdentity> load_pinned(const std::string& certificate_file, const std::string& key_file,
                                         std::string fingerprint);
  // The handshake takes place inside the first reads.
  std::unique_ptr<ByteStream> accept(int socket) const;
  // … and here inside the first write, before anything of it is sent.
  std::unique_ptr<ByteStream> connect(int socket) const;

 private:
  explicit TlsIdentity(std::shared_ptr<ssl_ctx_st> context, std::shared_ptr<const std::string> pin = nullptr)
      : context_(std::move(context)), pin_(std::move(pin)) {}
  std::shared_ptr<ssl_ctx_st> context_;
  std::shared_ptr<const std::string> pin_;  // the context points to it
};

}  // namespace anlan::http
