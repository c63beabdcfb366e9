#include "platform/mqtt/client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace anlan::mqtt {
namespace {

// Somebody at a port who is no broker.
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

std::string why(std::uint16_t port, bool tls = false) {
  const auto client = Client::connect({.address = "127.0.0.1", .port = port, .tls = tls}, "a/+/b", Milliseconds{300});
  return client.ok() ? "connected" : client.error().what;
}

// What a peer answers to the hello, then closes.
std::string answered(const std::string& bytes) {
  const Listening peer;
  std::thread other([&] {
    const int socket = peer.accept();
    char room[256];
    EXPECT_GT(::recv(socket, room, sizeof room, 0), 0);
    ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::close(socket);
  });
  const std::string said = why(peer.port);
  other.join();
  return said;
}

TEST(MqttClient, SaysThatNobodyIsThere) {
  std::uint16_t port = 0;
  {
    const Listening gone;
    port = gone.port;
  }
  EXPECT_EQ(why(port), "Connection refused");
  EXPECT_EQ(why(port, true), "no connection");
}

TEST(MqttClient, DoesNotWaitForeverForWhoSaysNothing) {
  const Listening silent;
  EXPECT_EQ(why(silent.port), "the broker does not answer");
  EXPECT_EQ(why(silent.port, true), "the broker does not answer");
}

// CONNACK of MQTT 3.1.1 §3.2: return code 5.
TEST(MqttClient, SaysWhyItIsNotLetIn) {
  EXPECT_EQ(answered(std::string("\x20\x02\x00\x05", 4)), "the broker refuses: Connection Refused: not authorised.");
}

TEST(MqttClient, TakesNoOtherProtocolForTheBrokers) {
  for (const std::string bytes : {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "\x20\xff\xff\xff\xff\xff\xff", "\x30"})
    EXPECT_NE(answered(bytes), "connected") << bytes;
}

}  // namespace
}  // namespace anlan::mqtt
