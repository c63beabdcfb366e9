// Who is let in and who makes room, by address and by what was proved.

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <thread>

#include "platform/http/server_fixture.h"

namespace anlan::http {
namespace {

using std::chrono::milliseconds;

// A plain connection from an address of this machine, 127.x.y.z.
class Socket {
 public:
  Socket(const char* from, std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in own{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {inet_addr(from)}, .sin_zero = {}};
    sockaddr_in to{
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&own), sizeof own), 0);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  }
  Socket(Socket&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  ~Socket() {
    if (socket_ >= 0) ::close(socket_);
  }
  // What came next, within the time; "" where the server has closed.
  std::optional<std::string> next(milliseconds within = milliseconds(10'000)) const {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(within.count())) <= 0) return std::nullopt;
    char chunk[4096];
    const auto n = ::recv(socket_, chunk, sizeof chunk, 0);
    return n > 0 ? std::string(chunk, static_cast<std::size_t>(n)) : "";
  }
  std::optional<std::string> get(std::string_view path) const {
    const std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(::send(socket_, request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
    return next();
  }
  bool is_open() const { return !next(milliseconds(0)); }

 private:
  int socket_;
};

class HttpStrangers : public ServerFixture {
 protected:
  HttpStrangers() { options.threads = 1; }
  // "/i-am/NAME" proves it.
  void serve_names() {
    serve([](Request request, Reply reply) {
      if (request.path.starts_with("/i-am/")) reply.is_from(request.path.substr(6));
      reply({.body = request.path});
    });
  }
  Socket from(const char* address) const { return {address, port}; }
  Socket known(const char* address, const std::string& name) const {
    Socket socket(address, port);
    EXPECT_THAT(socket.get("/i-am/" + name).value_or(""), testing::HasSubstr("200 OK"));
    return socket;
  }
  void wait_for(std::uint64_t connections) const {
    while (server->counts().connections != connections) std::this_thread::sleep_for(milliseconds(1));
  }
};

TEST_F(HttpStrangers, TheOldestMakesRoomAndWhoIsKnownStays) {
  options.max_connections = 4;
  options.max_strangers = 2;
  serve_names();
  const auto a = known("127.0.0.1", "a"), b = known("127.0.0.1", "b");
  const auto first = from("127.0.0.2"), second = from("127.0.0.3"), third = from("127.0.0.4");
  EXPECT_EQ(first.next(), "");
  wait_for(4);
  const auto c = known("127.0.0.5", "c");
  EXPECT_EQ(second.next(), "");
  for (const auto* one : {&a, &b, &c, &third}) EXPECT_TRUE(one->is_open());
  EXPECT_EQ(server->counts().evicted, 2u);
  EXPECT_EQ(server->counts().refused, 0u);
  const auto d = known("127.0.0.5", "d");
  EXPECT_EQ(third.next(), "");
  const auto refused = from("127.0.0.6");
  EXPECT_THAT(refused.next().value_or(""), testing::HasSubstr("503")) << "all are known";
  for (const auto* one : {&a, &b, &c, &d}) EXPECT_THAT(one->get("/x").value_or(""), testing::HasSubstr("200 OK"));
}

TEST_F(HttpStrangers, AnAddressHasItsShareOfThem) {
  options.max_strangers = 16;
  serve_names();
  const auto other = from("127.0.0.9");
  std::vector<Socket> flood;
  for (int i = 0; i < 40; ++i) flood.push_back(from("127.0.0.2"));
  wait_for(3);
  EXPECT_TRUE(other.is_open());
  EXPECT_TRUE(flood[38].is_open());
  EXPECT_TRUE(flood[39].is_open());
  for (int i = 0; i < 2000 && server->counts().evicted < 38; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(server->counts().evicted, 38u);
}

TEST_F(HttpStrangers, AnAddressHasItsShareOfAll) {
  options.max_of_address = 2;
  serve_names();
  const auto a = from("127.0.0.2"), b = from("127.0.0.2"), c = from("127.0.0.2");
  EXPECT_THAT(c.next().value_or(""), testing::HasSubstr("503"));
  EXPECT_THAT(from("127.0.0.3").get("/x").value_or(""), testing::HasSubstr("200 OK"));
  for (const auto* one : {&a, &b}) EXPECT_THAT(one->get("/x").value_or(""), testing::HasSubstr("200 OK"));
}

TEST_F(HttpStrangers, OneWhoIsKnownClosesItsOwnOldest) {
  options.max_strangers = 8;
  options.max_of_one = 2;
  serve_names();
  const auto a1 = known("127.0.0.1", "a"), b = known("127.0.0.1", "b"), a2 = known("127.0.0.2", "a");
  EXPECT_TRUE(a1.is_open());
  const auto a3 = known("127.0.0.3", "a");
  EXPECT_EQ(a1.next(), "");
  for (const auto* one : {&a2, &a3, &b}) EXPECT_TRUE(one->is_open());
}

TEST_F(HttpStrangers, NobodyIsAStrangerForLong) {
  options.max_strangers = 8;
  options.stranger_time = milliseconds(300);
  std::unique_ptr<Reply> held;
  serve([&](Request request, Reply reply) {
    if (request.path == "/i-am/a") reply.is_from("a");
    if (request.path == "/held")
      held = std::make_unique<Reply>(reply);
    else
      reply({});
  });
  const auto a = known("127.0.0.1", "a"), silent = from("127.0.0.1"), busy = from("127.0.0.1");
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(busy.get("/held"), "") << "also while it waits for its answer";
  EXPECT_EQ(silent.next(), "");
  EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(200));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
  EXPECT_TRUE(a.is_open());
}

TEST_F(HttpStrangers, OfAStrangerLittleIsRead) {
  options.max_strangers = 8;
  options.stranger_body = 10;
  serve_names();
  const auto post = [](Client& c) {
    EXPECT_TRUE(c.write("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n12345678901"));
    return c.read_response().value().status;
  };
  auto stranger = client(), a = client();
  EXPECT_EQ(post(stranger), 413);
  EXPECT_EQ(a.get("/i-am/a")->status, 200);
  EXPECT_EQ(post(a), 200);
}

TEST_F(HttpStrangers, WithoutBoundsNobodyIsAsked) {
  options.stranger_time = milliseconds(1);
  options.stranger_body = 1;
  serve_echo();
  auto c = client();
  EXPECT_EQ(c.post("/x", "1234")->body, "POST /x 1234");
  std::this_thread::sleep_for(milliseconds(600));
  EXPECT_EQ(c.post("/x", "1234")->body, "POST /x 1234");
  EXPECT_EQ(server->counts().evicted, 0u);
}

TEST(CountedAs, AnAddressOfIpv6IsItsNetwork) {
  EXPECT_EQ(counted_as("10.36.0.5"), "10.36.0.5");
  EXPECT_EQ(counted_as("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
  EXPECT_EQ(counted_as("2001:db8:1:2::7"), counted_as("2001:db8:1:2:ffff::"));
  EXPECT_NE(counted_as("2001:db8:1:3::7"), counted_as("2001:db8:1:2::7"));
}

}  // namespace
}  // namespace anlan::http
