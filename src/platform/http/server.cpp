#include "platform/http/server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include "platform/http/bad_line.h"
#include "platform/http/io_thread.h"

namespace anlan::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr int kAcceptedAtOnce = 16;  // then those who are in have their turn
constexpr int kListenBacklog = 4096;
// Connections above the limit that are told 503; more are closed unheard.
constexpr std::uint64_t kRefusedPolitely = 256;
constexpr std::chrono::milliseconds kAcceptPause{100};  // after running out of descriptors

std::string address_text(const sockaddr_storage& peer) {
  char text[INET6_ADDRSTRLEN] = "";
  if (peer.ss_family == AF_INET)
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text, sizeof text);
  else
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr, text, sizeof text);
  constexpr std::string_view kMapped = "::ffff:";
  const std::string_view shown = text;
  return std::string(shown.starts_with(kMapped) ? shown.substr(kMapped.size()) : shown);
}

}  // namespace

std::string counted_as(const std::string& address) {
  in6_addr parsed{};
  if (inet_pton(AF_INET6, address.c_str(), &parsed) != 1) return address;
  std::fill(std::begin(parsed.s6_addr) + 8, std::end(parsed.s6_addr), std::uint8_t{0});
  char text[INET6_ADDRSTRLEN] = "";
  inet_ntop(AF_INET6, &parsed, text, sizeof text);
  return text;
}

// Lives as long as the Server; the acceptor belongs to the first io thread once that runs.
class Server::Core {
 public:
  Core(Options options, Handler& handler) : shared_{.options = std::move(options), .handler = handler} {
    shared_.body_limit = [&handler](Method method, std::string_view path) { return handler.body_limit(method, path); };
    shared_.stranger_body_limit = [&handler, most = shared_.options.stranger_body](Method method,
                                                                                   std::string_view path) {
      return std::min(handler.body_limit(method, path), most);
    };
    for (unsigned i = 0; i < std::max(1U, shared_.options.threads); ++i)
      threads_.push_back(std::make_unique<IoThread>(shared_));
  }

  Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);
  void publish(Frame, std::vector<std::string> channels);
  void leave() { shared_.leaving = true; }
  void stop(std::chrono::milliseconds patience);
  const ServerContext& shared() const { return shared_; }

 private:
  error_code open(const tcp::endpoint&);
  void wait_accept();
  void accept_waiting();
  void admit(int socket, std::string remote);

  ServerContext shared_;
  std::vector<std::unique_ptr<IoThread>> threads_;
  // One acceptor deals connections out in turn: even load for streams, and, unlike SO_REUSEPORT, a second server on the
  // same port is an error.
  std::optional<tcp::acceptor> acceptor_;
  std::optional<boost::asio::steady_timer> pause_;
  std::size_t next_ = 0;
  bool running_ = false;
};

error_code Server::Core::open(const tcp::endpoint& endpoint) {
  error_code error;
  acceptor_.emplace(threads_.front()->io());
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error && shared_.options.losses) expect_losses(acceptor_->native_handle());
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(kListenBacklog, error);
  if (!error) acceptor_->non_blocking(true, error);
  return error;
}

Result<std::uint16_t> Server::Core::listen(const std::string& address, std::uint16_t port) {
  ANLAN_ASSERT(!acceptor_);
  const auto& options = shared_.options;
  if (!options.certificate_file.empty() || !options.key_file.empty()) {
    auto identity = TlsIdentity::load(options.certificate_file, options.key_file, options.client_certificates);
    if (!identity) return identity.error();
    shared_.identity = std::move(*identity);
  }
  error_code error;
  const auto parsed = boost::asio::ip::make_address(address, error);
  if (!error) error = open({parsed, port});
  if (error) return Failure{"listen on " + address + " port " + std::to_string(port) + ": " + error.message()};
  const std::uint16_t bound = acceptor_->local_endpoint().port();
  pause_.emplace(threads_.front()->io());
  wait_accept();
  for (const auto& thread : threads_) thread->start();
  running_ = true;
  return bound;
}

void Server::Core::wait_accept() {
  acceptor_->async_wait(tcp::acceptor::wait_read, [this](const error_code& error) {
    if (!error) accept_waiting();
  });
}

// Out of descriptors it waits a little instead of spinning: those waiting stay in the kernel's queue.
void Server::Core::accept_waiting() {
  for (int i = 0; i < kAcceptedAtOnce; ++i) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    const int socket =
        ::accept4(acceptor_->native_handle(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0) {
      admit(socket, address_text(peer));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      shared_.log(std::string("http: accept: ") + std::strerror(errno));
      pause_->expires_after(kAcceptPause);
      return pause_->async_wait([this](const error_code& error) {
        if (!error) wait_accept();
      });
    } else if (errno == EAGAIN) {
      break;
    }
  }
  wait_accept();
}

void Server::Core::admit(int socket, std::string remote) {
  ++shared_.accepted;
  const std::uint64_t open_now = ++shared_.connections;
  IoThread& thread = *threads_[next_++ % threads_.size()];
  const auto entered = shared_.open.enter(remote, thread);
  if (entered.evicted) IoThread::evict(*entered.evicted);
  const bool over_limit = entered.number == OpenConnections::kNone;
  if (over_limit) ++shared_.refused;
  if (open_now > shared_.options.max_connections + kRefusedPolitely) {
    --shared_.connections;
    shared_.open.leave(entered.number);
    ::close(socket);
    return;
  }
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (&thread == threads_.front().get()) return thread.adopt(socket, std::move(remote), entered.number);
  const bool posted = thread.mailbox()->post(
      [&thread, socket, remote = std::move(remote), number = entered.number] { thread.adopt(socket, remote, number); });
  if (!posted) ::close(socket);
}

void Server::Core::publish(Frame frame, std::vector<std::string> channels) {
  const auto shared = std::make_shared<const std::vector<std::string>>(std::move(channels));
  for (const auto& thread : threads_)
    thread->mailbox()->post([&thread = *thread, frame, shared] { thread.publish(frame, *shared); });
}

// First the acceptor, then what is idle, then patience, then everything.
void Server::Core::stop(std::chrono::milliseconds patience) {
  if (!std::exchange(running_, false)) return;
  const auto until = std::chrono::steady_clock::now() + patience;
  shared_.stopping = true;
  threads_.front()->mailbox()->post([this] {
    error_code ignored;
    acceptor_->close(ignored);
    pause_->cancel();
  });
  for (const auto& thread : threads_) thread->mailbox()->post([&thread = *thread] { thread.wind_down(); });
  while (shared_.connections > 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  for (const auto& thread : threads_) thread->mailbox()->post([&thread = *thread] { thread.finish(); });
  for (const auto& thread : threads_) thread->join();
}

Server::Server(Options options, Handler& handler) : core_(std::make_unique<Core>(std::move(options), handler)) {}
Server::~Server() { stop(std::chrono::milliseconds(0)); }

Result<std::uint16_t> Server::listen(const std::string& address, std::uint16_t port) {
  return core_->listen(address, port);
}

void Server::publish(Frame frame, std::vector<std::string> channels) {
  core_->publish(std::move(frame), std::move(channels));
}

void Server::leave() { core_->leave(); }

void Server::stop(std::chrono::milliseconds patience) { core_->stop(patience); }

Counts Server::counts() const {
  const auto& s = core_->shared();
  return {.connections = s.connections,
          .streams = s.streams,
          .accepted = s.accepted,
          .requests = s.requests,
          .refused = s.refused,
          .dropped_slow = s.dropped_slow,
          .evicted = s.evicted};
}

Headers strict_security_headers() {
  return {{"Content-Security-Policy",
           "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; "
           "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"}};
}

}  // namespace anlan::http
