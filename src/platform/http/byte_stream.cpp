#include "platform/http/byte_stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>

#include "platform/http/certificate.h"

namespace anlan::http {
namespace {

using Status = ByteStream::Status;
using Moved = ByteStream::Moved;

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(int socket) : socket_(socket) {}

  Moved read(char* to, std::size_t size) override {
    const auto n = ::recv(socket_, to, size, 0);
    if (n > 0) return {static_cast<std::size_t>(n), Status::kOk};
    return {0, n < 0 && would_block() ? Status::kWantRead : Status::kClosed};
  }

  Moved write(const iovec* parts, int count) override {
    std::size_t total = 0;
    for (int i = 0; i < count; ++i) total += parts[i].iov_len;
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(parts);
    message.msg_iovlen = static_cast<std::size_t>(count);
    const auto n = count == 1 ? ::send(socket_, parts->iov_base, parts->iov_len, MSG_NOSIGNAL)
                              : ::sendmsg(socket_, &message, MSG_NOSIGNAL);
    if (n < 0) return {0, would_block() ? Status::kWantWrite : Status::kClosed};
    const auto moved = static_cast<std::size_t>(n);
    return {moved, moved == total ? Status::kOk : Status::kWantWrite};
  }

  bool has_buffered() const override { return false; }
  void shut_down() override { ::shutdown(socket_, SHUT_WR); }

 private:
  const int socket_;
};

class TlsStream final : public ByteStream {
 public:
  TlsStream(SSL_CTX* context, int socket, bool accepts) : ssl_(SSL_new(context)), socket_(socket) {
    ANLAN_ASSERT(ssl_ && SSL_set_fd(ssl_, socket) == 1);
    accepts ? SSL_set_accept_state(ssl_) : SSL_set_connect_state(ssl_);
  }
  ~TlsStream() override { SSL_free(ssl_); }
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  Moved read(char* to, std::size_t size) override {
    ERR_clear_error();
    std::size_t n = 0;
    const int result = SSL_read_ex(ssl_, to, size, &n);
    return {n, result > 0 ? Status::kOk : status_of(result)};
  }

  // Part by part: OpenSSL wants an interrupted write repeated from the same byte on, which the caller promises.
  Moved write(const iovec* parts, int count) override {
    std::size_t total = 0;
    for (int i = 0; i < count; ++i) {
      std::size_t done = 0;
      while (done < parts[i].iov_len) {
        ERR_clear_error();
        std::size_t n = 0;
        const int result =
            SSL_write_ex(ssl_, static_cast<const char*>(parts[i].iov_base) + done, parts[i].iov_len - done, &n);
        if (result <= 0) return {total + done, status_of(result)};
        done += n;
      }
      total += done;
    }
    return {total, Status::kOk};
  }

  bool has_buffered() const override { return SSL_has_pending(ssl_) == 1; }

  // A close_notify that does not fit is not waited for.
  void shut_down() override {
    if (SSL_is_init_finished(ssl_)) SSL_shutdown(ssl_);
    ::shutdown(socket_, SHUT_WR);
  }

  std::string peer_certificate() const override {
    if (fingerprint_.empty())
      if (X509* shown = SSL_get0_peer_certificate(ssl_)) fingerprint_ = fingerprint_of(*shown);
    return fingerprint_;
  }

 private:
  Status status_of(int result) const {
    switch (SSL_get_error(ssl_, result)) {
      case SSL_ERROR_WANT_READ:
        return Status::kWantRead;
      case SSL_ERROR_WANT_WRITE:
        return Status::kWantWrite;
      default:
        return Status::kClosed;
    }
  }

  SSL* const ssl_;
  const int socket_;
  mutable std::string fingerprint_;
};

Failure tls_failure(const std::string& file) {
  char text[256];
  ERR_error_string_n(ERR_get_error(), text, sizeof text);
  return {"TLS: " + file + ": " + text};
}

}  // namespace

std::unique_ptr<ByteStream> plain_stream(int socket) { return std::make_unique<PlainStream>(socket); }

namespace {

Result<std::shared_ptr<SSL_CTX>> context_of(const SSL_METHOD* method, const std::string& certificate_file,
                                            const std::string& key_file) {
  const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(method), SSL_CTX_free);
  ANLAN_ASSERT(context != nullptr);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_use_certificate_chain_file(context.get(), certificate_file.c_str()) != 1)
    return tls_failure(certificate_file);
  if (SSL_CTX_use_PrivateKey_file(context.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1) return tls_failure(key_file);
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  return context;
}

// In place of a chain of trust: one certificate is good, or whichever it is where none is named.
int is_pinned(X509_STORE_CTX* store, void* pin) {
  const auto* wanted = static_cast<const std::string*>(pin);
  X509* shown = X509_STORE_CTX_get0_cert(store);
  return shown && (!wanted || fingerprint_of(*shown) == *wanted) ? 1 : 0;
}

}  // namespace

// A resumed session would not show the certificate again.
Result<TlsIdentity> TlsIdentity::load(const std::string& certificate_file, const std::string& key_file,
                                      bool client_certificates) {
  auto context = context_of(TLS_server_method(), certificate_file, key_file);
  if (!context.ok()) return context.error();
  if (client_certificates) {
    SSL_CTX_set_verify(context->get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_cert_verify_callback(context->get(), is_pinned, nullptr);
    SSL_CTX_set_num_tickets(context->get(), 0);
  }
  return TlsIdentity(*context);
}

Result<TlsIdentity> TlsIdentity::load_pinned(const std::string& certificate_file, const std::string& key_file,
                                             std::string fingerprint) {
  auto context = context_of(TLS_client_method(), certificate_file, key_file);
  if (!context.ok()) return context.error();
  auto pin = std::make_shared<const std::string>(std::move(fingerprint));
  SSL_CTX_set_verify(context->get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context->get(), is_pinned, const_cast<std::string*>(pin.get()));
  return TlsIdentity(*context, pin);
}

std::unique_ptr<ByteStream> TlsIdentity::accept(int socket) const {
  return std::make_unique<TlsStream>(context_.get(), socket, true);
}

std::unique_ptr<ByteStream> TlsIdentity::connect(int socket) const {
  return std::make_unique<TlsStream>(context_.get(), socket, false);
}

}  // namespace anlan::http
