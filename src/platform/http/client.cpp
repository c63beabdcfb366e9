#include "platform/http/client.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "platform/http/bad_line.h"
#include "platform/http/byte_stream.h"

namespace anlan::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;

constexpr std::uint64_t kLargestAnswer = 64 * 1024 * 1024;

// One answer, out of bytes as they come.
class ResponseMachine final : public beast::http::basic_parser<false> {
 public:
  // `whole`: with the body; otherwise stops behind the headers.
  ResponseMachine(bool whole, bool head_only) {
    eager(whole);
    body_limit(kLargestAnswer);
    skip(head_only);
  }

  // Takes what it can from the front of `buffer`.
  void feed(std::string& buffer, error_code& error) {
    std::size_t used = put(boost::asio::const_buffer(buffer.data(), buffer.size()), error);
    if (error == beast::http::error::need_more) error = {};
    buffer.erase(0, used);
  }

  Response response;

 private:
  void on_request_impl(beast::http::verb, string_view, string_view, int, error_code&) override {}
  void on_response_impl(int status, string_view, int, error_code&) override { response.status = status; }
  void on_field_impl(beast::http::field, string_view name, string_view value, error_code&) override {
    response.headers.add({name.data(), name.size()}, {value.data(), value.size()});
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view bytes, error_code&) override {
    response.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) override {
    return on_body_impl(bytes, error);
  }
  void on_finish_impl(error_code&) override {}
};

// What ends within TLS is no error of the system.
Failure system_failure(const char* what) {
  constexpr const char* kTls = "no TLS: the other side shows another certificate than is expected, or has hung up";
  const char* why = errno == 0 ? kTls : std::strerror(errno);
  return {std::string("http client: ") + what + ": " + why};
}

// The first address of a name, or a numeric one as it is; its size, or 0. Names are asked for anew at each connecting.
socklen_t socket_address(const std::string& address, std::uint16_t port, sockaddr_storage& out) {
  const addrinfo wanted{AI_NUMERICSERV, AF_UNSPEC, SOCK_STREAM, 0, 0, nullptr, nullptr, nullptr};
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) return 0;
  const auto size = found->ai_addrlen;
  std::memcpy(&out, found->ai_addr, size);
  freeaddrinfo(found);
  return size;
}

}  // namespace

Client::Client(std::string address, std::uint16_t port, std::chrono::milliseconds patience)
    : address_(std::move(address)), port_(port), patience_(patience), guard_(std::make_unique<std::mutex>()) {}

Result<Client> Client::over_tls(std::string address, std::uint16_t port, std::chrono::milliseconds patience,
                                const Pinned& pinned) {
  auto identity = TlsIdentity::load_pinned(pinned.certificate_file, pinned.key_file, pinned.fingerprint);
  if (!identity.ok()) return identity.error();
  Client client(std::move(address), port, patience);
  client.identity_ = std::make_shared<const TlsIdentity>(std::move(*identity));
  return client;
}

Client::Client(Client&& other) noexcept
    : address_(std::move(other.address_)),
      port_(other.port_),
      patience_(other.patience_),
      identity_(std::move(other.identity_)),
      guard_(std::exchange(other.guard_, std::make_unique<std::mutex>())),
      socket_(std::exchange(other.socket_, -1)),
      interrupted_(other.interrupted_),
      stream_(std::move(other.stream_)),
      buffer_(std::move(other.buffer_)),
      head_only_(other.head_only_) {}

Client::~Client() { close(); }

void Client::close() {
  const std::lock_guard lock(*guard_);
  stream_.reset();
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  buffer_.clear();
}

void Client::interrupt() {
  const std::lock_guard lock(*guard_);
  interrupted_ = true;
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

Result<Done> Client::connect() {
  if (socket_ >= 0) {
    char next;
    if (::recv(socket_, &next, 1, MSG_PEEK | MSG_DONTWAIT) != 0) return Done{};
    close();  // the peer has closed it meanwhile
  }
  sockaddr_storage to{};
  const socklen_t size = socket_address(address_, port_, to);
  if (size == 0) return Failure{"http client: no such address: " + address_};
  {
    const std::lock_guard lock(*guard_);
    if (interrupted_) return Failure{"http client: interrupted"};
    socket_ = ::socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  }
  if (socket_ < 0) return system_failure("socket");
  const timeval wait{.tv_sec = patience_.count() / 1000, .tv_usec = patience_.count() % 1000 * 1000};
  const int yes = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (identity_) expect_losses(socket_);
  stream_ = identity_ ? identity_->connect(socket_) : plain_stream(socket_);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), size) == 0) return Done{};
  const auto failure = system_failure("connect");
  close();
  return failure;
}

Result<Done> Client::write(std::string_view bytes) {
  if (auto connected = connect(); !connected) return connected;
  while (!bytes.empty()) {
    const iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    const auto moved = stream_->write(&part, 1);
    bytes.remove_prefix(moved.bytes);
    if (moved.status != ByteStream::Status::kOk && moved.bytes == 0) return broken("send");
  }
  return Done{};
}

// What is on the line belongs to nothing any more: the next request gets a new one.
Failure Client::broken(const char* what) {
  const int error = errno;
  close();
  errno = error;
  return system_failure(what);
}

// Adds what has come to the buffer; nothing added means that the peer closed.
Result<Done> Client::fill() {
  std::array<char, 16384> chunk;
  if (!stream_) return Failure{"http client: not connected"};
  errno = 0;
  const auto moved = stream_->read(chunk.data(), chunk.size());
  if (moved.status != ByteStream::Status::kOk && (errno != 0 || moved.status != ByteStream::Status::kClosed))
    return broken("receive");
  buffer_.append(chunk.data(), moved.bytes);
  return Done{};
}

Result<Response> Client::get(std::string_view target, const Headers& headers) {
  return request(Method::kGet, target, {}, headers);
}

Result<Response> Client::post(std::string_view target, std::string_view body, const Headers& headers) {
  return request(Method::kPost, target, body, headers);
}

Result<Response> Client::request(Method method, std::string_view target, std::string_view body,
                                 const Headers& headers) {
  std::string text(name_of(method));
  text.append(" ").append(target).append(" HTTP/1.1\r\nHost: ");
  text.append(address_).append(":").append(std::to_string(port_)).append("\r\n");
  for (std::size_t i = 0; i < headers.size(); ++i)
    text.append(headers.at(i).first).append(": ").append(headers.at(i).second).append("\r\n");
  if (!body.empty() || method == Method::kPost)
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  text.append("\r\n").append(body);
  if (auto sent = write(text); !sent) return sent.error();
  head_only_ = method == Method::kHead;
  return read_response();
}

Result<Response> Client::read_response() {
  for (;;) {
    ResponseMachine machine(true, std::exchange(head_only_, false));
    error_code error;
    while (!machine.is_done()) {
      if (!buffer_.empty()) machine.feed(buffer_, error);
      if (error) return Failure{"http client: answer: " + error.message()};
      if (machine.is_done()) break;
      const std::size_t before = buffer_.size();
      if (auto filled = fill(); !filled) return filled.error();
      if (buffer_.size() > before) continue;
      if (!machine.got_some()) return Failure{"http client: the peer closed without an answer"};
      machine.put_eof(error);
      if (error) return Failure{"http client: answer: " + error.message()};
    }
    if (machine.response.status / 100 == 1) continue;
    if (const auto c = machine.response.headers.get("Connection"); c && same_ignoring_case(*c, "close")) close();
    return std::move(machine.response);
  }
}

bool Client::closed_by_peer() {
  for (;;) {
    if (socket_ < 0) return true;
    buffer_.clear();
    if (!fill()) return errno == ECONNRESET;
    if (buffer_.empty()) return true;
  }
}

Result<EventReader> EventReader::open(Client client, std::string_view target, const Headers& headers) {
  std::string text = "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + client.address_ + "\r\n";
  for (std::size_t i = 0; i < headers.size(); ++i)
    text.append(headers.at(i).first).append(": ").append(headers.at(i).second).append("\r\n");
  if (auto sent = client.write(text + "\r\n"); !sent) return sent.error();
  ResponseMachine machine(false, false);
  while (!machine.is_header_done()) {
    const std::size_t before = client.buffer_.size();
    if (auto filled = client.fill(); !filled) return filled.error();
    if (client.buffer_.size() == before) return Failure{"http client: the peer closed without an answer"};
    error_code error;
    machine.feed(client.buffer_, error);
    if (error) return Failure{"http client: answer: " + error.message()};
  }
  if (machine.response.status != 200 || machine.response.headers.get("Content-Type") != "text/event-stream")
    return Failure{"http client: no event stream: status " + std::to_string(machine.response.status)};
  return EventReader(std::move(client));
}

// Line by line; an empty line ends an event that had at least one field.
Result<Event> EventReader::next() {
  Event event;
  bool any = false;
  for (;;) {
    const auto end = client_.buffer_.find('\n');
    if (end == std::string::npos) {
      const std::size_t before = client_.buffer_.size();
      if (auto filled = client_.fill(); !filled) return filled.error();
      if (client_.buffer_.size() == before) return Failure{"http client: the event stream ended"};
      continue;
    }
    const std::string line = client_.buffer_.substr(0, end);
    client_.buffer_.erase(0, end + 1);
    if (line.empty() && any) return event;
    const auto colon = line.find(": ");
    if (colon == std::string::npos || colon == 0) continue;
    any = true;
    const auto name = line.substr(0, colon), value = line.substr(colon + 2);
    if (name == "id") event.id = value;
    if (name == "event") event.event = value;
    if (name == "data") event.data += event.data.empty() ? value : "\n" + value;
  }
}

}  // namespace anlan::http
