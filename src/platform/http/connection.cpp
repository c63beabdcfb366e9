#include "platform/http/connection.h"

#include <exception>
#include <utility>

#include "platform/http/response_head.h"

namespace anlan::http {
namespace {

// How long a peer may take to close after the last answer.
constexpr std::chrono::milliseconds kLinger{2000};
constexpr std::size_t kKeptInput = 4096;   // an emptied input buffer larger than this is given back
constexpr std::size_t kJoinedBody = 8192;  // up to here copying is cheaper than sending two parts
constexpr int kDiscardedReads = 16;        // at one go, then others have their turn
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

const Frame& heartbeat_frame() {
  static const Frame frame = std::make_shared<const std::string>(":\n\n");
  return frame;
}

}  // namespace

Connection::Connection(IoThread& thread, int socket, std::string remote, std::size_t index,
                       OpenConnections::Number number)
    : thread_(thread),
      socket_(thread.io(), socket),
      bytes_(thread.shared().identity ? thread.shared().identity->accept(socket) : plain_stream(socket)),
      remote_(std::move(remote)),
      index_(index),
      number_(number),
      stranger_(thread.shared().options.max_strangers > 0) {}

void Connection::start() {
  expire_in(options().header_time);
  wait_readable();
}

void Connection::refuse() {
  if (thread_.shared().identity) return close();  // not worth a handshake
  keep_alive_ = false;
  state_ = State::kHandling;
  Response busy = thread_.shared().handler.refusal(503, {});
  if (!busy.headers.get("Retry-After")) busy.headers.add("Retry-After", "5");
  answer(std::move(busy));
}

void Connection::recognise(const std::string& who) {
  if (!stranger_ || who.empty() || state_ == State::kClosed) return;
  stranger_ = false;
  if (const auto evicted = thread_.shared().open.recognise(number_, who)) IoThread::evict(*evicted);
}

void Connection::wait_readable() {
  if (waiting_read_) return;
  waiting_read_ = true;
  socket_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                     [self = shared_from_this()](const boost::system::error_code& error) {
                       self->waiting_read_ = false;
                       if (!error && self->state_ != State::kClosed) self->on_readable();
                     });
}

void Connection::wait_writable() {
  if (waiting_write_) return;
  waiting_write_ = true;
  socket_.async_wait(boost::asio::posix::stream_descriptor::wait_write,
                     [self = shared_from_this()](const boost::system::error_code& error) {
                       self->waiting_write_ = false;
                       if (!error && self->state_ != State::kClosed) self->on_writable();
                     });
}

void Connection::on_readable() {
  if (state_ == State::kReading)
    read();
  else if (state_ == State::kStreaming || state_ == State::kLingering)
    discard();
}

void Connection::on_writable() {
  if (!output_.empty()) {
    const std::size_t before = output_.bytes();
    if (!output_.flush(*bytes_)) return close();
    if (output_.bytes() < before) expire_in(options().write_time);
    if (!output_.empty()) return wait_writable();
    on_emptied();
  }
  if (state_ == State::kReading) read();  // a TLS handshake that wanted to write
}

void Connection::on_emptied() {
  if (state_ == State::kWriting) {
    after_answer();
    resume();
  } else if (state_ == State::kStreaming) {
    if (ending_) return finish_stream();
    expire_in(options().heartbeat);
    for (const auto& call : std::exchange(drained_, {})) call();
  }
}

void Connection::resume() {
  if (state_ == State::kReading && !input_.empty()) consume();
  if (state_ != State::kReading) return;
  if (bytes_->has_buffered())
    read();
  else
    wait_readable();
}

void Connection::read() {
  while (state_ == State::kReading) {
    auto& buffer = thread_.read_buffer();
    const auto moved = bytes_->read(buffer.data(), buffer.size());
    if (moved.status == ByteStream::Status::kClosed) return close();
    if (moved.status == ByteStream::Status::kWantRead) return wait_readable();
    if (moved.status == ByteStream::Status::kWantWrite) return wait_writable();
    input_.append(buffer.data(), moved.bytes);
    consume();
    // However much the peer sends, others have their turn after each read.
    if (state_ == State::kReading && !bytes_->has_buffered()) return wait_readable();
  }
}

void Connection::discard() {
  for (int i = 0; i < kDiscardedReads; ++i) {
    auto& buffer = thread_.read_buffer();
    const auto moved = bytes_->read(buffer.data(), buffer.size());
    if (moved.status == ByteStream::Status::kClosed) return close();
    if (moved.status != ByteStream::Status::kOk) break;
  }
  wait_readable();
}

void Connection::consume() {
  std::size_t used = 0;
  try {
    while (state_ == State::kReading && used < input_.size()) {
      if (!parser_) {
        if (input_[used] == '\r' || input_[used] == '\n') {  // RFC 9112 §2.2: empty lines before a request
          ++used;
          continue;
        }
        begin_request();
      }
      used += parser_->put(std::string_view(input_).substr(used));
      if (!advance()) break;
    }
  } catch (const std::exception& e) {
    thread_.shared().log(std::string("http: before a request: ") + e.what());
    fail(500);
  }
  input_.erase(0, used);
  if (input_.empty() && input_.capacity() > kKeptInput) std::string().swap(input_);
}

void Connection::begin_request() {
  auto& shared = thread_.shared();
  if (stranger_)
    if (const auto certificate = bytes_->peer_certificate(); !certificate.empty())
      recognise(shared.handler.holder_of(certificate));
  const bool bounded = stranger_ && options().stranger_body > 0;
  parser_ =
      std::make_unique<RequestParser>(options().header_bytes, bounded ? shared.stranger_body_limit : shared.body_limit);
  in_body_ = false;
  expire_in(options().header_time);
}

// True when there may be a next request to look at.
bool Connection::advance() {
  switch (parser_->state()) {
    case RequestParser::State::kHeader:
      return false;
    case RequestParser::State::kBody:
      if (!in_body_) start_body();
      return false;
    case RequestParser::State::kDone:
      dispatch();
      return true;
    case RequestParser::State::kFailed:
      fail(parser_->failure());
      return false;
  }
  return false;
}

void Connection::start_body() {
  in_body_ = true;
  expire_in(options().body_time);
  if (!parser_->expects_continue()) return;
  if (!output_.write(*bytes_, kContinue, nullptr)) return close();
  if (!output_.empty()) wait_writable();
}

void Connection::dispatch() {
  state_ = State::kHandling;
  keep_alive_ = parser_->keep_alive();
  Request request = parser_->take();
  parser_.reset();
  head_only_ = request.method == Method::kHead;
  request.remote = remote_;
  request.secure = thread_.shared().identity.has_value();
  request.certificate = bytes_->peer_certificate();
  ++thread_.shared().requests;

  const auto exchange = std::make_shared<Exchange>(ConnectionAddress(thread_.mailbox(), weak_from_this()));
  try {
    exchange->run([&] { thread_.shared().handler.handle(std::move(request), Reply(exchange)); });
  } catch (const std::exception& e) {
    thread_.shared().log(std::string("http: handler: ") + e.what());
    if (!exchange->answered()) exchange->answer(thread_.shared().handler.refusal(500, {}));
  }
  if (auto immediate = exchange->take_immediate()) answer(std::move(*immediate));
}

void Connection::deliver(Response response) {
  answer(std::move(response));
  resume();
}

void Connection::deliver_unanswered() {
  thread_.shared().log("http: a handler gave up a request without an answer");
  deliver(thread_.shared().handler.refusal(500, {}));
}

void Connection::answer(Response response) {
  if (state_ != State::kHandling) return;
  if (thread_.shared().leaving || thread_.shared().stopping) keep_alive_ = false;
  const bool bodied = has_body(response.status);
  auto& head = thread_.head_buffer();
  head.clear();
  append_head(head, response,
              {.defaults = options().response_headers,
               .date = thread_.date_header(),
               .length = bodied ? std::optional(response.content().size()) : std::nullopt,
               .keep_alive = keep_alive_});
  Frame body;
  if (bodied && !head_only_) {
    if (response.content().size() <= kJoinedBody)
      head.append(response.content());
    else if (response.shared_body)
      body = response.shared_body;
    else
      body = std::make_shared<const std::string>(std::move(response.body));
  }
  state_ = State::kWriting;
  expire_in(options().write_time);
  if (!output_.write(*bytes_, head, std::move(body))) return close();
  if (output_.empty())
    after_answer();
  else
    wait_writable();
}

void Connection::fail(int status) {
  const Request heard = parser_ ? parser_->take() : Request{};
  parser_.reset();
  keep_alive_ = false;
  head_only_ = heard.method == Method::kHead;
  state_ = State::kHandling;
  ++thread_.shared().refused;
  answer(thread_.shared().handler.refusal(status, heard));
}

void Connection::after_answer() {
  if (!keep_alive_) return linger();
  state_ = State::kReading;
  expire_in(options().idle_time);
}

void Connection::linger() {
  state_ = State::kLingering;
  bytes_->shut_down();
  expire_in(kLinger);
  wait_readable();
}

void Connection::begin_stream(std::shared_ptr<StreamEnd> stream, const Headers& headers) {
  if (state_ != State::kHandling) return stream->finish();
  Response response{.headers = headers};
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("Cache-Control", "no-store");
  auto& head = thread_.head_buffer();
  head.clear();
  append_head(head, response,
              {.defaults = options().response_headers,
               .date = thread_.date_header(),
               .length = std::nullopt,
               .keep_alive = false});
  // Read before the stream is counted: who sees it counted and then publishes and stops has it delivered.
  const bool too_late = thread_.shared().stopping;
  state_ = State::kStreaming;
  stream_ = std::move(stream);
  ++thread_.shared().streams;
  std::string().swap(input_);
  expire_in(options().heartbeat);
  if (!output_.write(*bytes_, head, nullptr)) return close();
  if (!output_.empty()) wait_writable();
  if (too_late) return end_stream();
  wait_readable();
}

void Connection::leave_stream() {
  if (!stream_) return;
  for (const auto& channel : std::exchange(channels_, {})) thread_.unsubscribe(*this, channel);
  drained_.clear();
  --thread_.shared().streams;
  std::exchange(stream_, nullptr)->finish();
}

void Connection::end_stream() {
  if (state_ != State::kStreaming) return;
  ending_ = true;
  if (output_.empty()) finish_stream();
}

// Nothing unread can be there, so closing at once loses nothing.
void Connection::finish_stream() {
  bytes_->shut_down();
  close();
}

void Connection::subscribe(const std::vector<std::string>& channels) {
  if (state_ != State::kStreaming) return;
  for (const auto& channel : std::exchange(channels_, channels)) thread_.unsubscribe(*this, channel);
  for (const auto& channel : channels_) thread_.subscribe(*this, channel);
}

void Connection::on_drained(std::function<void()> call) {
  if (state_ != State::kStreaming) return;
  if (output_.empty())
    call();
  else
    drained_.push_back(std::move(call));
}

void Connection::send(const Frame& frame) {
  if (!enqueue(frame)) close();
}

bool Connection::enqueue(const Frame& frame) {
  if (state_ != State::kStreaming || ending_) return true;
  const bool was_empty = output_.empty();
  if (!output_.push(*bytes_, frame)) return false;
  if (output_.empty()) {
    expire_in(options().heartbeat);
    return true;
  }
  if (output_.bytes() > options().stream_queue_bytes) {
    ++thread_.shared().dropped_slow;
    return false;
  }
  if (was_empty) expire_in(options().write_time);
  wait_writable();
  return true;
}

void Connection::tick(IoThread::TimePoint now) {
  if (stranger_ && options().stranger_time.count() > 0 && now >= opened_ + options().stranger_time) return close();
  if (state_ == State::kHandling || now < deadline_) return;
  if (state_ == State::kReading && parser_) {
    fail(408);
  } else if (state_ == State::kStreaming && output_.empty()) {
    send(heartbeat_frame());
  } else {
    if (state_ == State::kStreaming) ++thread_.shared().dropped_slow;
    close();
  }
}

void Connection::wind_down() {
  if (state_ == State::kReading && !parser_)
    close();
  else
    end_stream();
}

void Connection::close() {
  if (state_ == State::kClosed) return;
  const auto self = shared_from_this();
  state_ = State::kClosed;
  leave_stream();
  thread_.remove(*this);
  boost::system::error_code ignored;
  socket_.close(ignored);
}

void Connection::expire_in(std::chrono::milliseconds time) { deadline_ = std::chrono::steady_clock::now() + time; }

}  // namespace anlan::http
