#pragma once
// One TCP connection: request after request, or one event stream. Inside the server only.

#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/byte_stream.h"
#include "platform/http/exchange.h"
#include "platform/http/io_thread.h"
#include "platform/http/message.h"
#include "platform/http/request_parser.h"
#include "platform/http/send_queue.h"

namespace anlan::http {

// Lives on its io thread; everything here is called there. While a request is being handled nothing more is read, so
// pipelined requests wait in the kernel and are answered in order, and a client that sends without reading stops
// itself.
//
//   kReading → kHandling → kWriting → kReading …   requests, for as long as the connection is kept
//              kHandling → kStreaming → kClosed     an event stream ends with its connection
//              kWriting → kLingering → kClosed      the last answer
//
// Each state but kHandling has a deadline, looked at by tick(). Owned by its IoThread until close(), and by the waits
// on its socket; the ends that other threads hold (exchange.h) only know where it was.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(IoThread& thread, int socket, std::string remote, std::size_t index, OpenConnections::Number);

  // The first request must begin within header_time.
  void start();
  // Over the limit of connections: 503 and the end.
  void refuse();
  // It is no stranger's any more.
  void recognise(const std::string& who);
  // The answer to the request being handled, from outside of the handler.
  void deliver(Response);
  // Nobody can answer any more.
  void deliver_unanswered();

  // The request being handled becomes a stream. Of no effect, as all of these, in another state than the right one.
  void begin_stream(std::shared_ptr<StreamEnd>, const Headers&);
  void end_stream();
  void subscribe(const std::vector<std::string>& channels);
  void on_drained(std::function<void()>);
  // Sends or queues a frame and closes when it cannot; enqueue() leaves the closing to the caller by returning false.
  void send(const Frame&);
  bool enqueue(const Frame&);
  // True the first time it is asked with this number.
  bool first_of(std::uint64_t publication) { return std::exchange(publication_, publication) != publication; }

  // Time-outs and heartbeats.
  void tick(IoThread::TimePoint now);
  // The server stops: closes what is idle and ends a stream; a request in flight is still answered.
  void wind_down();
  void close();

  OpenConnections::Number number() const { return number_; }
  std::size_t index() const { return index_; }
  void set_index(std::size_t index) { index_ = index; }

 private:
  enum class State : std::uint8_t {
    kReading,    // waits for a request or the rest of one
    kHandling,   // the handler has it
    kWriting,    // its answer is on the way
    kStreaming,  // an event stream
    kLingering,  // said its last; reads until the peer closes, so that a reset does not overtake the answer
    kClosed,
  };

  // Waiting is asked for only when there is something to do with what comes.
  void wait_readable();
  void wait_writable();
  void on_readable();
  void on_writable();
  void resume();
  // Takes what is there, at most some buffers at a turn, so that one sender does not starve the others of its thread.
  void read();
  // While lingering: read and thrown away.
  void discard();
  void consume();
  void begin_request();
  // One step of the parser; false when more bytes are needed or the request was refused.
  bool advance();
  void start_body();
  // Hands the request to the handler; an answer given at once is written without a trip through the mailbox.
  void dispatch();
  void answer(Response);
  // The request cannot be understood: the answer is the last one on this connection.
  void fail(int status);
  void after_answer();
  void linger();
  void leave_stream();
  void finish_stream();
  // Everything queued is in the kernel.
  void on_emptied();
  // Sets the deadline of the present state.
  void expire_in(std::chrono::milliseconds);
  const Options& options() const { return thread_.shared().options; }

  IoThread& thread_;
  boost::asio::posix::stream_descriptor socket_;
  std::unique_ptr<ByteStream> bytes_;
  const std::string remote_;
  std::size_t index_;
  const OpenConnections::Number number_;
  const IoThread::TimePoint opened_ = std::chrono::steady_clock::now();

  State state_ = State::kReading;
  // `head_only_`: the request was HEAD; `in_body_`: the head has been read.
  bool keep_alive_ = true, head_only_ = false, in_body_ = false;
  bool waiting_read_ = false, waiting_write_ = false;
  bool stranger_;  // false where nobody is asked
  IoThread::TimePoint deadline_;
  std::string input_;                      // read, not yet parsed
  std::unique_ptr<RequestParser> parser_;  // while a request is incomplete
  // Bounded for streams, by stream_queue_bytes.
  SendQueue output_;

  std::shared_ptr<StreamEnd> stream_;
  std::vector<std::string> channels_;
  std::vector<std::function<void()>> drained_;
  std::uint64_t publication_ = 0;  // the last one it was asked about
  bool ending_ = false;            // the stream closes when its queue is empty
};

}  // namespace anlan::http
