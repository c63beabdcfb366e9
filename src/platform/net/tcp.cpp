#include "platform/net/tcp.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace anlan::net {
namespace {

Failure failure(const std::string& what, int error) { return {what + ": " + std::strerror(error)}; }

// Whether the socket became ready; errno says why not, ETIMEDOUT where nothing happened.
bool ready(int socket, short events, Milliseconds longest) {
  pollfd one{socket, events, 0};
  int count = 0;
  do count = ::poll(&one, 1, static_cast<int>(longest.count()));
  while (count < 0 && errno == EINTR);
  if (count == 0) errno = ETIMEDOUT;
  return count > 0;
}

// Keep-alive is the kernel's and slow: protocols that must know sooner ask by themselves. Small PDUs go at once.
// A connected socket, or -1 with errno.
int connected(const addrinfo& to, Milliseconds patience) {
  const int socket = ::socket(to.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return -1;
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
  int error = ::connect(socket, to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
  if (error == EINPROGRESS) {
    socklen_t size = sizeof error;
    if (!ready(socket, POLLOUT, patience) || ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
      error = errno;
  }
  if (error == 0) return socket;
  ::close(socket);
  errno = error;
  return -1;
}

}  // namespace

Result<std::unique_ptr<Tcp>> Tcp::connect(const std::string& address, std::uint16_t port, Milliseconds patience) {
  const std::string where = address + ":" + std::to_string(port);
  const addrinfo wanted{AI_NUMERICSERV, AF_UNSPEC, SOCK_STREAM, 0, 0, nullptr, nullptr, nullptr};
  addrinfo* found = nullptr;
  if (const int code = getaddrinfo(address.c_str(), std::to_string(port).c_str(), &wanted, &found); code != 0)
    return Failure{where + ": " + gai_strerror(code)};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> freed(found, freeaddrinfo);
  for (const addrinfo* a = found; a != nullptr; a = a->ai_next)
    if (const int socket = connected(*a, patience); socket >= 0) return std::unique_ptr<Tcp>(new Tcp(socket, patience));
  return failure(where, errno);
}

Tcp::~Tcp() { ::close(socket_); }

Result<std::string> Tcp::read(Milliseconds longest) {
  if (!ready(socket_, POLLIN, longest)) {
    if (errno == ETIMEDOUT) return std::string{};
    return failure("read", errno);
  }
  std::array<char, 65536> room;
  const auto size = ::recv(socket_, room.data(), room.size(), 0);
  if (size > 0) return std::string(room.data(), static_cast<std::size_t>(size));
  if (size == 0) return Failure{"the other side has closed"};
  if (errno == EAGAIN || errno == EINTR) return std::string{};
  return failure("read", errno);
}

Result<Done> Tcp::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (size > 0) bytes.remove_prefix(static_cast<std::size_t>(size));
    if (size >= 0 || errno == EINTR) continue;
    if (errno != EAGAIN || !ready(socket_, POLLOUT, patience_)) return failure("write", errno);
  }
  return Done{};
}

}  // namespace anlan::net
