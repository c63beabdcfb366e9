// Who opens as many connections as he can, has as many certificates as he likes, or asks for as much as he can, over
// TLS to a gate that listens: the other child and the desk go on.

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "edge/peer/hostile_fixture.h"

namespace anlan::edge::peer {
namespace {

using std::chrono::seconds;
using Time = std::chrono::steady_clock::duration;

// The longest that anybody but the flood may wait for anything; a child waits 20 s for an answer. Measured on two cores
// it is far less; this is for a machine that has other work.
constexpr seconds kPatience{10};

// Connections that say nothing. So many are held; each that the other side closes is opened anew at once.
class IdleFlood {
 public:
  IdleFlood(const char* from, std::uint16_t port, std::size_t held) : held_(held) {
    own_.sin_family = to_.sin_family = AF_INET;
    own_.sin_addr.s_addr = inet_addr(from);
    to_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to_.sin_port = htons(port);
    thread_ = std::thread([this] {
      for (std::size_t i = 0; !ended_; i = (i + 1) % held_)
        if (sockets_.size() < held_)
          sockets_.push_back(open());
        else if (is_closed(sockets_[i]))
          ::close(std::exchange(sockets_[i], open()));
    });
  }
  ~IdleFlood() {
    ended_ = true;
    thread_.join();
    for (const int socket : sockets_) ::close(socket);
  }
  void wait_for(std::size_t opened) const {
    while (opened_ < opened) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  std::size_t opened() const { return opened_; }

 private:
  // Closed with a reset, or the machine would run out of ports.
  int open() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const linger at_once{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&own_), sizeof own_) == 0 &&
        ::connect(socket, reinterpret_cast<const sockaddr*>(&to_), sizeof to_) == 0)
      ++opened_;
    return socket;
  }
  static bool is_closed(int socket) {
    char byte = 0;
    return ::recv(socket, &byte, 1, MSG_DONTWAIT) == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
  }

  const std::size_t held_;
  sockaddr_in own_{}, to_{};
  std::vector<int> sockets_;
  std::atomic<std::size_t> opened_ = 0;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

class Flood : public HostileChild {
 protected:
  void SetUp() override {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    HostileChild::SetUp();
    most_ = line_options("", "").max_connections;
  }
  // A node dials again when its connection was closed.
  void expect_heard(const Child& child, const std::string& what) {
    const auto begun = std::chrono::steady_clock::now();
    int status = 0;
    while (status != 200 && std::chrono::steady_clock::now() < begun + kPatience) {
      const auto answer = child.dial().post("/v1/facts", to_bytes(Batch{child.name, {}, {}, {}, {}}), child.headers);
      status = !answer.ok() ? 0 : answer->status == 409 ? 200 : answer->status;
    }
    EXPECT_EQ(status, 200) << what;
    note(begun);
  }
  void expect_taken(http::Client& line, const std::string& id) {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(honest->say(line, incident(*honest, id)), 200) << id;
    note(begun);
  }
  // As much as stands in one answer of history, and more.
  void say_much(http::Client& line) {
    ASSERT_EQ(hostile->say(line, incident(*hostile, "A1")), 200);
    for (int block = 0; block < 3; ++block) {
      std::vector<Fact> facts;
      for (int i = 0; i < 250; ++i)
        facts.push_back(fact("parties/A1/a", 2 + block * 250 + i,
                             incident::PartyFact{incident::Noted{crypto::random_hex(city.random(), 1000)}}));
      ASSERT_EQ(hostile->say(line, facts), 200) << block;
    }
  }
  void expect_desk(const std::string& id) {
    const auto begun = std::chrono::steady_clock::now();
    register_organisation(id);
    note(begun);
  }
  void expect_in_time() const {
    EXPECT_LT(longest_, kPatience);
    RecordProperty("longest_ms",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(longest_).count()));
  }
  void note(std::chrono::steady_clock::time_point begun) {
    longest_ = std::max(longest_, std::chrono::steady_clock::now() - begun);
  }

  std::size_t most_ = 0;
  Time longest_{};
};

TEST_F(Flood, IdleConnectionsOfAnotherAddressHoldUpNobody) {
  auto line = honest->dial();
  expect_taken(line, "B0");
  const IdleFlood flood("127.0.0.2", honest->port(), most_ + 100);
  flood.wait_for(most_ + 100);
  for (int i = 1; i <= 20; ++i) {
    expect_taken(line, "B" + std::to_string(i));
    auto anew = honest->dial();
    expect_taken(anew, "C" + std::to_string(i));
    expect_desk("of-the-desk-" + std::to_string(i));
  }
  flood.wait_for(2 * most_);
  expect_heard(*hostile, "who was never there before");
  expect_in_time();
  EXPECT_GT(counts().evicted, most_);
  EXPECT_EQ(counts().refused, 0u);
}

// As behind one translated address. Who is in stays in; who dials gets in between, at the first or a later try.
TEST_F(Flood, IdleConnectionsOfItsOwnAddressKeepAChildNotOut) {
  auto line = honest->dial();
  expect_taken(line, "B0");
  const IdleFlood flood("127.0.0.1", honest->port(), most_ + 100);
  flood.wait_for(most_ + 100);
  for (int i = 1; i <= 20; ++i) expect_taken(line, "B" + std::to_string(i));
  expect_heard(*honest, "whose certificate is known");
  expect_heard(*hostile, "who was never there before");
  expect_in_time();
}

TEST_F(Flood, ManyCertificatesOfOneNodeAreOneNode) {
  constexpr int kMany = 20;
  std::vector<http::Client> lines;
  for (int i = 0; i < kMany; ++i) {
    hostile->makes_certificate(std::to_string(i));
    lines.push_back(hostile->dial());
    ASSERT_EQ(lines.back().get("/v1/history?after=0", hostile->headers)->status, 204) << i;
  }
  auto other = honest->dial();
  expect_taken(other, "B0");
  while (counts().connections > line_options("", "").max_of_one + 1)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (std::size_t i = 0; i < kMany - line_options("", "").max_of_one; ++i) EXPECT_TRUE(lines[i].closed_by_peer()) << i;
}

// Each answer is packed anew of as much as one answer holds.
TEST_F(Flood, HistoryOfOneChildHoldsUpNeitherTheOtherNorTheDesk) {
  auto line = hostile->dial(), other = honest->dial();
  say_much(line);
  std::atomic<bool> ended = false;
  std::atomic<int> given = 0, sent_away = 0, otherwise = 0;
  std::vector<std::thread> flood;
  for (int i = 0; i < 4; ++i) {
    hostile->makes_certificate(std::to_string(i));
    flood.emplace_back([&, child = Child(*hostile)] {
      auto own = child.dial();
      while (!ended) {
        const auto answer = own.get("/v1/history?after=0", child.headers);
        const int status = answer.ok() ? answer->status : 0;
        (status == 200 ? given : status == 429 ? sent_away : otherwise)++;
      }
    });
  }
  const auto begun = std::chrono::steady_clock::now();
  while ((given < 3 || sent_away < 3) && std::chrono::steady_clock::now() < begun + 2 * kPatience)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  for (int i = 0; i < 20; ++i) {
    expect_taken(other, "B" + std::to_string(i));
    expect_desk("of-the-desk-" + std::to_string(i));
    expect_heard(*honest, "asking");
  }
  ended = true;
  for (auto& thread : flood) thread.join();
  expect_in_time();
  EXPECT_EQ(otherwise, 0);
  EXPECT_GT(given, 3);
  EXPECT_GT(sent_away, 3) << "whatever the certificate, one at a time";
  EXPECT_TRUE(is_there("incident/B19"));
}

}  // namespace
}  // namespace anlan::edge::peer
