// Requests a second through the HTTP server with a trivial handler, beside the same exchange of bytes over bare epoll.

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

#include "load.h"
#include "platform/http/server.h"

namespace anlan::bench {
namespace {

constexpr std::string_view kBody = R"({"position":123456})";

class Trivial final : public http::Handler {
 public:
  void handle(http::Request, http::Reply reply) override {
    reply({.headers = {{"Content-Type", "application/json"}}, .body = std::string(kBody)});
  }
  std::size_t body_limit(http::Method, std::string_view) const override { return 65536; }
};

LoadResult load(std::uint16_t port, std::size_t clients) {
  const auto text = request_text("POST", "/api/v1/commands", std::string(300, 'x'),
                                 "Accept: application/json\r\nCookie: session=0123456789abcdef0123456789abcdef\r\n"
                                 "User-Agent: bench\r\nContent-Type: application/json\r\nIdempotency-Key: 12345\r\n");
  return run_load({.port = port, .clients = clients, .next = [&](std::size_t) { return text; }});
}

// Answers every read with a fixed text: what the sockets alone allow.
class Bare {
 public:
  Bare() : listener_(::socket(AF_INET, SOCK_STREAM, 0)), epoll_(::epoll_create1(0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&at), size);
    ::listen(listener_, 1024);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
    port = ntohs(at.sin_port);
    add(listener_);
    thread_ = std::thread([this] { run(); });
  }
  ~Bare() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
    ::close(epoll_);
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;

  std::uint16_t port = 0;

 private:
  void add(int socket) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void run() {
    const std::string answer = fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", kBody.size(), kBody);
    std::array<epoll_event, 256> events;
    std::array<char, 65536> chunk;
    while (!stop_) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 50);
      for (int i = 0; i < ready; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        if (socket == listener_)
          accept();
        else if (::recv(socket, chunk.data(), chunk.size(), 0) <= 0 ||
                 ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL) < 0)
          ::close(socket);
      }
    }
  }

  void accept() {
    const int socket = ::accept(listener_, nullptr, nullptr);
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    add(socket);
  }

  const int listener_, epoll_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;
};

void run() {
  Trivial handler;
  http::Server server({}, handler);
  const auto port = server.listen("127.0.0.1", 0);
  const Bare bare;
  for (std::size_t clients : {1UL, 64UL, 512UL}) {
    const auto reference = load(bare.port, clients);
    const auto measured = load(*port, clients);
    fmt::print("http_requests_{} {:.0f} 1/s {:.0f} {:.2f}\n", clients, measured.per_second(), reference.per_second(),
               measured.per_second() / reference.per_second());
    fmt::print("http_p99_{} {:.3f} ms {:.3f} {:.2f}\n", clients, measured.quantile_ms(0.99),
               reference.quantile_ms(0.99), measured.quantile_ms(0.99) / reference.quantile_ms(0.99));
  }
}

}  // namespace
}  // namespace anlan::bench

int main() { anlan::bench::run(); }
