#include "platform/http/bad_line.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string_view>

namespace anlan::http {

void expect_losses(int socket) {
  constexpr int kRtoMax = 44;  // TCP_RTO_MAX_MS, later than Debian's headers
  constexpr int kLongest_ms = 1000;
  constexpr std::string_view kControl = "bbr";
  setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, kControl.data(), static_cast<socklen_t>(kControl.size()));
  setsockopt(socket, IPPROTO_TCP, kRtoMax, &kLongest_ms, sizeof kLongest_ms);
}

}  // namespace anlan::http
