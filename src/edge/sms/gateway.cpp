#include "edge/sms/gateway.h"

#include <algorithm>

#include "edge/sms/session.h"

namespace anlan::edge {
namespace {

constexpr Milliseconds kConnecting{5'000}, kSoon{5}, kIdle{50}, kLeaving{5'000};

}  // namespace

SmsGateway::SmsGateway(SmsChannel channel, outbox::Outbox& outbox, const Clock& clock,
                       std::function<void(const std::string&)> failed)
    : channel_(std::move(channel)),
      outbox_(outbox),
      clock_(clock),
      failed_(std::move(failed)),
      pause_(channel_.reconnect_first),
      thread_([this] { run(); }) {}

SmsGateway::~SmsGateway() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

SmsHealth SmsGateway::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

bool SmsGateway::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

// `since` is when the line came up or went down, however often it was tried in between.
void SmsGateway::note(bool connected, const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (health_.connected != connected || health_.since == Instant{}) health_.since = clock_.now();
  health_.connected = connected;
  health_.why = why;
}

void SmsGateway::rest(Milliseconds time) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, time, [this] { return stopping_; });
}

void SmsGateway::run() {
  while (!stopping()) {
    try {
      serve();
    } catch (const sql::ConnectionLost& error) {
      resumed_ = false;
      note(false, error.what());
    } catch (const sql::Error& error) {
      note(false, error.what());
      return failed_(error.what());
    }
    if (stopping()) return;
    rest(pause_);
    pause_ = std::min(pause_ * 2, channel_.reconnect_most);
  }
}

// What was in flight when this process, or another, last ended is settled once, before anything is taken; afterwards
// each session settles its own.
void SmsGateway::serve() {
  if (!resumed_) outbox_.resume({channel_.name, false, channel_.backoff}, clock_.now());
  resumed_ = true;
  const auto tcp = net::Tcp::connect(channel_.address, channel_.port, kConnecting);
  if (!tcp.ok()) return note(false, tcp.error().what);
  converse(**tcp);
}

void SmsGateway::converse(net::Tcp& tcp) {
  SmsSession session(channel_, outbox_, clock_.now());
  std::string why;
  Instant leave_by = Instant::max();
  while (!session.over() && clock_.now() < leave_by) {
    if (leave_by == Instant::max() && stopping()) {
      session.leave(clock_.now());
      leave_by = clock_.now() + kLeaving;
    }
    const std::string bytes = session.work(clock_.now());
    if (const auto written = tcp.write(bytes); !written.ok()) {
      why = written.error().what;
      break;
    }
    const auto read = tcp.read(session.busy() ? kSoon : kIdle);
    if (!read.ok()) {
      why = read.error().what;
      break;
    }
    if (!read->empty()) session.hear(*read, clock_.now());
    if (!session.welcome()) continue;
    pause_ = channel_.reconnect_first;
    note(true, {});
  }
  // What it still has to say, to a goodbye perhaps; nobody depends on it.
  (void)tcp.write(session.work(clock_.now()));
  note(false, session.over() ? session.why() : why);
  session.end(clock_.now());
}

}  // namespace anlan::edge
