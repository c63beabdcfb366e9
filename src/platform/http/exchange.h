#pragma once
// The two ends that other threads hold of a connection: a request's answer and an event stream. Inside the server only.

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/event_stream.h"
#include "platform/http/mailbox.h"
#include "platform/http/message.h"

namespace anlan::http {

class Connection;

// Reaches a connection from any thread, on its io thread, if it is still there.
class ConnectionAddress {
 public:
  ConnectionAddress(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection)
      : mailbox_(std::move(mailbox)), connection_(std::move(connection)) {}

  // False when the io thread has ended.
  // Never blocks; what the connection no longer is there for is dropped.
  bool post(std::function<void(Connection&)> task) const;
  Mailbox& mailbox() const { return *mailbox_; }
  std::shared_ptr<Connection> lock() const { return connection_.lock(); }

 private:
  std::shared_ptr<Mailbox> mailbox_;
  std::weak_ptr<Connection> connection_;
};

// One request waiting for its answer. Shared by the copies of its Reply; the last of them gone without an answer, the
// client is told 500.
class Exchange {
 public:
  explicit Exchange(ConnectionAddress address) : address_(std::move(address)) {}
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  // Either of these, once; a second call is an assertion.
  // From any thread.
  void answer(Response);
  std::shared_ptr<EventStream> open_stream(Headers);
  bool answered() const { return answered_; }
  // Any number of times, also after the answer.
  void recognise(const std::string& who);

  // Runs the handler on the io thread and lets through what it throws. What it answers before it returns is not posted:
  // take_immediate() hands it back, so that the common case costs no trip through the mailbox.
  void run(const std::function<void()>& handler);
  std::optional<Response> take_immediate() { return std::exchange(immediate_, std::nullopt); }

 private:
  // Asserts that nobody has answered: a second answer would go to the next request of the connection.
  void claim();

  const ConnectionAddress address_;
  std::atomic<bool> answered_ = false;
  std::optional<Response> immediate_;
};

// The publisher's end of a stream. Outlives its connection harmlessly: what it posts then finds nobody.
class StreamEnd final : public EventStream, public std::enable_shared_from_this<StreamEnd> {
 public:
  explicit StreamEnd(ConnectionAddress address) : address_(std::move(address)) {}

  // Queued in the order of the calls of one thread.
  void send(Frame) override;
  void subscribe(std::vector<std::string> channels) override;
  void close() override;
  bool is_open() const override { return open_; }
  void on_closed(std::function<void()>) override;
  void on_drained(std::function<void()>) override;

  // On the io thread, when the connection's part is over.
  void finish();

 private:
  const ConnectionAddress address_;
  std::atomic<bool> open_ = true;
  std::vector<std::function<void()>> closed_;  // touched on the io thread only
};

}  // namespace anlan::http
