#include "platform/net/tcp.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace anlan::net {
namespace {

class Listening {
 public:
  Listening() {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&any), sizeof any);
    ::listen(socket_, 4);
    socklen_t size = sizeof any;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&any), &size);
    port = ntohs(any.sin_port);
  }
  ~Listening() { ::close(socket_); }
  int accept() const { return ::accept(socket_, nullptr, nullptr); }

  std::uint16_t port = 0;

 private:
  const int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

TEST(Tcp, BytesGoBothWaysAndNothingIsEmpty) {
  const Listening listening;
  const auto tcp = Tcp::connect("127.0.0.1", listening.port, Milliseconds{2000});
  ASSERT_TRUE(tcp.ok());
  const int peer = listening.accept();
  EXPECT_EQ(*(*tcp)->read(Milliseconds{10}), "");
  ASSERT_TRUE((*tcp)->write("hello").ok());
  char room[8] = {};
  EXPECT_EQ(::recv(peer, room, 5, MSG_WAITALL), 5);
  EXPECT_STREQ(room, "hello");
  ::send(peer, "there", 5, 0);
  EXPECT_EQ(*(*tcp)->read(Milliseconds{2000}), "there");
  ::close(peer);
  EXPECT_FALSE((*tcp)->read(Milliseconds{2000}).ok());
}

TEST(Tcp, NobodyThereIsAFailureThatNamesThePlace) {
  std::uint16_t port = 0;
  {
    const Listening gone;
    port = gone.port;
  }
  const auto tcp = Tcp::connect("127.0.0.1", port, Milliseconds{2000});
  ASSERT_FALSE(tcp.ok());
  EXPECT_EQ(tcp.error().what, "127.0.0.1:" + std::to_string(port) + ": Connection refused");
}

TEST(Tcp, APeerThatTakesNothingIsNotWaitedForForever) {
  const Listening listening;
  const auto tcp = Tcp::connect("127.0.0.1", listening.port, Milliseconds{100});
  ASSERT_TRUE(tcp.ok());
  const int peer = listening.accept();
  const std::string much(64 << 20, 'x');
  EXPECT_FALSE((*tcp)->write(much).ok());
  ::close(peer);
}

}  // namespace
}  // namespace anlan::net
