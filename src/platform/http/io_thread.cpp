#include "platform/http/io_thread.h"

#include <fmt/chrono.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "platform/http/connection.h"

namespace anlan::http {
namespace {

// How late a time-out may come; every connection is looked at once in this time.
constexpr std::chrono::milliseconds kTick{250};

}  // namespace

IoThread::IoThread(ServerContext& shared)
    : shared_(shared), io_(1), ticker_(io_), mailbox_(std::make_shared<Mailbox>(io_)) {}

IoThread::~IoThread() { ANLAN_ASSERT(!thread_.joinable()); }

void IoThread::start() {
  thread_ = std::thread([this] { run(); });
}

void IoThread::join() {
  if (thread_.joinable()) thread_.join();
}

void IoThread::run() {
  tick();
  io_.run();
}

void IoThread::tick() {
  if (finished_) return;
  const auto now = std::chrono::steady_clock::now();
  for (std::size_t i = connections_.size(); i-- > 0;) {
    const auto connection = connections_[i];  // keeps it alive when it removes itself
    connection->tick(now);
  }
  ticker_.expires_after(kTick);
  ticker_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

void IoThread::adopt(int socket, std::string remote, OpenConnections::Number number) {
  if (finished_) {
    ::close(socket);
    --shared_.connections;
    shared_.open.leave(number);
    return;
  }
  const auto connection = std::make_shared<Connection>(*this, socket, std::move(remote), connections_.size(), number);
  connections_.push_back(connection);
  if (number != OpenConnections::kNone) numbered_.emplace(number, connection.get());
  if (number == OpenConnections::kNone)
    connection->refuse();
  else
    connection->start();
}

void IoThread::evict(const OpenConnections::Evicted& evicted) {
  evicted.thread->mailbox()->post([&thread = *evicted.thread, number = evicted.number] {
    const auto found = thread.numbered_.find(number);
    if (found == thread.numbered_.end()) return;
    ++thread.shared_.evicted;
    found->second->close();
  });
}

void IoThread::remove(Connection& connection) {
  numbered_.erase(connection.number());
  shared_.open.leave(connection.number());
  const std::size_t at = connection.index();
  std::swap(connections_[at], connections_.back());
  connections_[at]->set_index(at);
  connections_.pop_back();
  --shared_.connections;
}

void IoThread::publish(const Frame& frame, const std::vector<std::string>& channels) {
  ++publications_;
  std::vector<std::shared_ptr<Connection>> failed;  // closing changes the lists that are being walked
  for (const auto& channel : channels) {
    const auto found = channels_.find(channel);
    if (found == channels_.end()) continue;
    for (Connection* connection : found->second)
      if (connection->first_of(publications_) && !connection->enqueue(frame))
        failed.push_back(connection->shared_from_this());
  }
  for (const auto& connection : failed) connection->close();
}

void IoThread::subscribe(Connection& connection, const std::string& channel) {
  channels_[channel].push_back(&connection);
}

void IoThread::unsubscribe(Connection& connection, const std::string& channel) {
  const auto found = channels_.find(channel);
  if (found == channels_.end()) return;
  std::erase(found->second, &connection);
  if (found->second.empty()) channels_.erase(found);
}

void IoThread::wind_down() {
  for (std::size_t i = connections_.size(); i-- > 0;) {
    const auto connection = connections_[i];
    connection->wind_down();
  }
}

void IoThread::finish() {
  finished_ = true;
  while (!connections_.empty()) {
    const auto connection = connections_.back();
    connection->close();
  }
  mailbox_->close();
  ticker_.cancel();
}

std::string_view IoThread::date_header() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (const auto second = now.time_since_epoch().count(); second != date_second_) {
    date_second_ = second;
    date_header_ = fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", fmt::gmtime(now));
  }
  return date_header_;
}

}  // namespace anlan::http
