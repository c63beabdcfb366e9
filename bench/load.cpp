#include "load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace anlan::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::seconds kGrace{10};

int connected(const std::string& address, std::uint16_t port) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  if (inet_pton(AF_INET, address.c_str(), &to.sin_addr) != 1) return -1;
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return socket;
  ::close(socket);
  return -1;
}

std::size_t content_length(std::string_view head) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  std::size_t length = 0;
  if (const auto at = head.find(kName); at != head.npos)
    std::from_chars(head.data() + at + kName.size(), head.data() + head.size(), length);
  return length;
}

struct Client {
  int socket = -1;
  std::string input;
  SteadyClock::time_point sent{};
  bool waiting = false;
};

class Run {
 public:
  explicit Run(const Load& load) : load_(load), epoll_(::epoll_create1(EPOLL_CLOEXEC)), clients_(load.clients) {
    for (std::size_t i = 0; i < clients_.size(); ++i) open(i);
  }
  ~Run() {
    for (const auto& client : clients_)
      if (client.socket >= 0) ::close(client.socket);
    ::close(epoll_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  LoadResult finish() {
    const auto start = SteadyClock::now();
    end_ = start + load_.duration;
    for (std::size_t i = 0; i < clients_.size(); ++i)
      if (clients_[i].socket >= 0) send_next(i);
    auto last = start;
    std::array<epoll_event, 256> events;
    while (waiting_ > 0 && SteadyClock::now() < end_ + kGrace) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < ready; ++i) receive(events[static_cast<std::size_t>(i)].data.u64);
      if (ready > 0) last = SteadyClock::now();
    }
    result_.seconds = std::chrono::duration<double>(last - start).count();
    std::sort(result_.latencies_ms.begin(), result_.latencies_ms.end());
    return std::move(result_);
  }

 private:
  void open(std::size_t i) {
    clients_[i].socket = connected(load_.address, load_.port);
    if (clients_[i].socket < 0) {
      ++result_.broken;
      return;
    }
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, clients_[i].socket, &event);
  }

  void send_next(std::size_t i) {
    auto& client = clients_[i];
    if (SteadyClock::now() >= end_) return;
    const std::string text = load_.next(i);
    if (text.empty()) return;
    client.sent = SteadyClock::now();
    client.waiting = true;
    ++waiting_;
    if (::send(client.socket, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) lose(i);
  }

  void lose(std::size_t i) {
    auto& client = clients_[i];
    ++result_.broken;
    if (std::exchange(client.waiting, false)) --waiting_;
    ::close(std::exchange(client.socket, -1));
  }

  void receive(std::size_t i) {
    auto& client = clients_[i];
    const auto n = ::recv(client.socket, chunk_.data(), chunk_.size(), MSG_DONTWAIT);
    if (n <= 0) {
      if (n == 0 || errno != EAGAIN) lose(i);
      return;
    }
    client.input.append(chunk_.data(), static_cast<std::size_t>(n));
    const auto head_end = client.input.find("\r\n\r\n");
    if (head_end == std::string::npos) return;
    const std::string_view head = std::string_view(client.input).substr(0, head_end);
    const std::size_t length = content_length(head);
    if (client.input.size() < head_end + 4 + length) return;
    complete(i, head, std::string_view(client.input).substr(head_end + 4, length));
    client.input.clear();
    send_next(i);
  }

  void complete(std::size_t i, std::string_view head, std::string_view body) {
    int status = 0;
    std::from_chars(head.data() + std::min<std::size_t>(9, head.size()), head.data() + head.size(), status);
    const std::chrono::duration<double, std::milli> took = SteadyClock::now() - clients_[i].sent;
    result_.latencies_ms.push_back(took.count());
    if (status >= 400) ++result_.errors;
    clients_[i].waiting = false;
    --waiting_;
    if (load_.answered) load_.answered(i, {status, head, body});
  }

  const Load& load_;
  const int epoll_;
  std::vector<Client> clients_;
  std::array<char, 65536> chunk_;
  std::size_t waiting_ = 0;
  SteadyClock::time_point end_{};
  LoadResult result_;
};

}  // namespace

double LoadResult::quantile_ms(double part) const {
  if (latencies_ms.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(part * static_cast<double>(latencies_ms.size())));
  return latencies_ms[std::clamp<std::size_t>(rank, 1, latencies_ms.size()) - 1];
}

std::string request_text(std::string_view method, std::string_view target, std::string_view body,
                         std::string_view headers) {
  std::string text(method);
  text.append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n").append(headers);
  text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return text;
}

LoadResult run_load(const Load& load) { return Run(load).finish(); }

}  // namespace anlan::bench
