// The live feed: one frame of 500 bytes to 5,000 consoles, until the last has it, beside plain write() of the same
// bytes to as many sockets; and what an idle console weighs. The consoles live in a process of their own, as they
// would.

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <functional>
#include <thread>
#include <vector>

#include "platform/http/server.h"

namespace anlan::bench {
namespace {

constexpr std::size_t kConsoles = 5000;
constexpr std::size_t kFrameBytes = 500;
constexpr int kRounds = 60;
constexpr int kWarmUp = 5;

using Nanoseconds = std::int64_t;

// The same clock in both processes.
Nanoseconds now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

int connected(std::uint16_t port) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  ANLAN_ASSERT(socket >= 0 && ::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
  return socket;
}

// Reads the head of the answer and nothing behind it.
void read_head(int socket) {
  std::string head;
  char byte;
  while (!head.ends_with("\r\n\r\n")) {
    ANLAN_ASSERT(::recv(socket, &byte, 1, 0) == 1);
    head += byte;
  }
}

// Two sets of sockets, the feed's and the plain ones; tells on `report` when all of a set have one more frame.
class Consoles {
 public:
  Consoles(std::uint16_t feed_port, std::uint16_t plain_port, int report) : report_(report) {
    for (std::size_t i = 0; i < kConsoles; ++i) {
      const int socket = connected(feed_port);
      constexpr std::string_view kRequest = "GET /feed HTTP/1.1\r\nHost: localhost\r\n\r\n";
      ANLAN_ASSERT(::send(socket, kRequest.data(), kRequest.size(), 0) == static_cast<ssize_t>(kRequest.size()));
      read_head(socket);
      add(socket, 0);
    }
    for (std::size_t i = 0; i < kConsoles; ++i) add(connected(plain_port), 1);
  }

  [[noreturn]] void run() {
    std::array<epoll_event, 512> events;
    std::array<char, 4096> chunk;
    for (;;) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < ready; ++i) {
        const std::uint64_t tagged = events[static_cast<std::size_t>(i)].data.u64;
        const auto n = ::recv(static_cast<int>(tagged >> 1), chunk.data(), chunk.size(), 0);
        if (n <= 0) ::_exit(0);
        received(tagged & 1, static_cast<std::size_t>(n));
      }
    }
  }

 private:
  void add(int socket, std::uint64_t set) {
    epoll_event event{.events = EPOLLIN, .data = {.u64 = static_cast<std::uint64_t>(socket) << 1 | set}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }

  void received(std::uint64_t set, std::size_t bytes) {
    bytes_[set] += bytes;
    if (bytes_[set] < kConsoles * kFrameBytes) return;
    bytes_[set] = 0;
    const Nanoseconds at = now();
    ANLAN_ASSERT(::write(report_, &at, sizeof at) == sizeof at);
  }

  const int report_;
  const int epoll_ = ::epoll_create1(0);
  std::array<std::size_t, 2> bytes_{};
};

class Feed final : public http::Handler {
 public:
  void handle(http::Request, http::Reply reply) override { reply.stream()->subscribe({"all"}); }
  std::size_t body_limit(http::Method, std::string_view) const override { return 0; }
};

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

int listening(std::uint16_t& port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  ANLAN_ASSERT(::bind(socket, reinterpret_cast<sockaddr*>(&at), size) == 0 && ::listen(socket, 4096) == 0);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size);
  port = ntohs(at.sin_port);
  return socket;
}

// Milliseconds from the call of `send` until the consoles report.
double round_ms(int report, const std::function<void()>& send) {
  const Nanoseconds start = now();
  send();
  Nanoseconds last = 0;
  ANLAN_ASSERT(::read(report, &last, sizeof last) == sizeof last);
  return static_cast<double>(last - start) / 1e6;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

void measure(http::Server& server, const std::vector<int>& plain, int report) {
  const auto frame = http::event_frame("123456", "", std::string(kFrameBytes - 19, 'x'));
  ANLAN_ASSERT(frame->size() == kFrameBytes);
  std::vector<double> feed, reference;
  for (int i = 0; i < kRounds; ++i) {
    const double fed = round_ms(report, [&] { server.publish(frame, {"all"}); });
    const double written = round_ms(report, [&] {
      for (const int socket : plain) ANLAN_ASSERT(::write(socket, frame->data(), kFrameBytes) == kFrameBytes);
    });
    if (i < kWarmUp) continue;
    feed.push_back(fed);
    reference.push_back(written);
  }
  fmt::print("feed_last_of_5000 {:.2f} ms {:.2f} {:.2f}\n", median(feed), median(reference),
             median(feed) / median(reference));
}

void run() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);

  std::uint16_t plain_port = 0;
  const int listener = listening(plain_port);
  int ports[2], report[2];
  ANLAN_ASSERT(::pipe(ports) == 0 && ::pipe(report) == 0);
  const pid_t child = ::fork();  // before there are threads
  if (child == 0) {
    std::uint16_t feed_port = 0;
    ANLAN_ASSERT(::read(ports[0], &feed_port, sizeof feed_port) == sizeof feed_port);
    Consoles(feed_port, plain_port, report[1]).run();
  }
  Feed handler;
  http::Server server({.heartbeat = std::chrono::hours(1)}, handler);
  const auto port = *server.listen("127.0.0.1", 0);
  const double before = resident_bytes();
  ANLAN_ASSERT(::write(ports[1], &port, sizeof port) == sizeof port);
  while (server.counts().streams < kConsoles) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  const double each = (resident_bytes() - before) / kConsoles;
  std::vector<int> plain;
  while (plain.size() < kConsoles) plain.push_back(::accept(listener, nullptr, nullptr));
  fmt::print("memory_per_idle_console {:.0f} B 0 0\n", each);
  measure(server, plain, report[0]);
  server.stop(std::chrono::milliseconds(0));
  ::waitpid(child, nullptr, 0);
}

}  // namespace
}  // namespace anlan::bench

int main() { anlan::bench::run(); }
