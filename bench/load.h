#pragma once
// A closed-loop HTTP load: each client sends its next request when the answer to the last has come.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::bench {

struct Answer {
  int status = 0;
  std::string_view head, body;  // head: status line and headers
};

struct Load {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
  std::size_t clients = 1;
  std::chrono::milliseconds duration{2000};
  // The bytes of client `client`'s next request, complete with headers; empty: this client has done.
  std::function<std::string(std::size_t client)> next;
  // Each answer, as soon as it is complete. May be empty.
  std::function<void(std::size_t client, const Answer&)> answered = nullptr;
};

struct LoadResult {
  std::vector<double> latencies_ms;  // of every complete answer, ascending
  std::uint64_t errors = 0;          // statuses of 400 and above
  std::uint64_t broken = 0;          // clients whose connection was lost
  double seconds = 0;                // until the last answer

  double per_second() const { return seconds > 0 ? static_cast<double>(latencies_ms.size()) / seconds : 0; }
  // 0 ≤ part ≤ 1; 0 when there was no answer.
  double quantile_ms(double part) const;
};

// A request with Host and Content-Length. `headers`: further lines, each ended by CRLF.
std::string request_text(std::string_view method, std::string_view target, std::string_view body = {},
                         std::string_view headers = {});

// Runs on the calling thread, over keep-alive connections and one epoll. Understands answers with Content-Length or
// without a body. When the time is up the requests on the way are still awaited, for at most ten seconds. A server that
// cannot be reached shows as every client broken.
LoadResult run_load(const Load&);

}  // namespace anlan::bench
