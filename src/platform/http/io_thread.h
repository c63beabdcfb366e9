#pragma once
// One thread, its connections and what they are subscribed to. Inside the server only.

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "platform/http/mailbox.h"
#include "platform/http/server_context.h"

namespace anlan::http {

class Connection;

// Owns its connections. Time-outs are kept by looking at every connection four times a second, which for 10,000 of them
// costs less than a timer each, in memory and in work.
//
// Except for start, join and mailbox everything belongs to the thread itself.
class IoThread {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit IoThread(ServerContext& shared);
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  void start();
  void join();
  const std::shared_ptr<Mailbox>& mailbox() const { return mailbox_; }
  boost::asio::io_context& io() { return io_; }
  ServerContext& shared() { return shared_; }

  // Takes over an accepted, non-blocking socket. Without a number: only to be told 503.
  void adopt(int socket, std::string remote, OpenConnections::Number);
  // Closes it, where it is still there. From any thread; never before its adopt().
  static void evict(const OpenConnections::Evicted&);
  // Forgets a connection that closes itself. The caller keeps it alive until it has returned.
  void remove(Connection&);

  // To every connection that subscribed to any of the channels, once. Those that cannot take it are closed.
  void publish(const Frame&, const std::vector<std::string>& channels);
  void subscribe(Connection&, const std::string& channel);
  void unsubscribe(Connection&, const std::string& channel);

  // Closes what is idle; what is being answered closes after its answer.
  void wind_down();
  // Closes everything and ends the thread.
  void finish();

  // Scratch for one read or one head at a time.
  std::array<char, 65536>& read_buffer() { return read_buffer_; }
  std::string& head_buffer() { return head_buffer_; }
  // "Date: …\r\n" of this second (RFC 9110 §6.6.1).
  std::string_view date_header();

 private:
  void run();
  void tick();

  ServerContext& shared_;
  boost::asio::io_context io_;
  boost::asio::steady_timer ticker_;
  std::shared_ptr<Mailbox> mailbox_;
  std::vector<std::shared_ptr<Connection>> connections_;  // a connection knows its index
  std::unordered_map<OpenConnections::Number, Connection*> numbered_;
  std::unordered_map<std::string, std::vector<Connection*>> channels_;  // none is empty
  std::uint64_t publications_ = 0;                                      // number of the one under way
  bool finished_ = false;                                               // nothing is adopted any more
  std::array<char, 65536> read_buffer_;
  std::string head_buffer_, date_header_;
  std::int64_t date_second_ = -1;
  std::thread thread_;
};

}  // namespace anlan::http
