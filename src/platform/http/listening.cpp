#include "platform/http/listening.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "platform/http/byte_stream.h"

namespace anlan::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// What the system says of it; as the server itself would bind, so that the answer is the same.
error_code attempt(const std::string& address, std::uint16_t port) {
  error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (error) return error;
  const tcp::endpoint endpoint{parsed, port};
  boost::asio::io_context io;
  tcp::acceptor acceptor(io);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(1, error);
  return error;
}

}  // namespace

bool is_address(const std::string& address) {
  error_code error;
  boost::asio::ip::make_address(address, error);
  return !error;
}

bool is_own_address(const std::string& address) { return !attempt(address, 0); }

Result<Done> try_to_listen(const std::string& address, std::uint16_t port) {
  if (const error_code error = attempt(address, port))
    return Failure{"listen on " + address + " port " + std::to_string(port) + ": " + error.message()};
  return Done{};
}

bool is_certificate(const std::string& file) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const bool read = SSL_CTX_use_certificate_chain_file(context.get(), file.c_str()) == 1;
  ERR_clear_error();
  return read;
}

bool is_key_of(const std::string& certificate_file, const std::string& key_file) {
  return TlsIdentity::load(certificate_file, key_file).ok();
}

}  // namespace anlan::http
