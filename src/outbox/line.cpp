#include "outbox/line.h"

#include <algorithm>

#include "base/result.h"

namespace anlan::outbox {
namespace {

constexpr Milliseconds kLeaving{5'000};

// Before the thread begins.
Outbox& of_world(Outbox& outbox, World world) {
  ANLAN_ASSERT(outbox.world() == world);
  return outbox;
}

}  // namespace

Line::Line(Channel channel, World world, Outbox& outbox, const Clock& clock, Pauses pauses, Failed failed, Work work)
    : channel_(std::move(channel)),
      outbox_(of_world(outbox, world)),
      clock_(clock),
      pauses_(pauses),
      failed_(std::move(failed)),
      work_(std::move(work)),
      pause_(pauses.first),
      thread_([this] { run(); }) {}

Line::~Line() {
  std::unique_lock lock(mutex_);
  ending_ = true;
  changed_.notify_all();
  const bool ended = changed_.wait_for(lock, kLeaving, [this] { return ended_; });
  lock.unlock();
  if (!ended && work_.interrupt) work_.interrupt();
  thread_.join();
}

Health Line::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

bool Line::ending() const {
  const std::lock_guard lock(mutex_);
  return ending_;
}

void Line::rest(Milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return ending_; });
}

void Line::note(bool connected, const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (health_.connected != connected || health_.since == Instant{}) health_.since = clock_.now();
  health_.connected = connected;
  health_.why = why;
  if (connected) pause_ = pauses_.first;
}

// What was in flight when this process, or another, last ended is settled once, before anything is taken; afterwards
// each attempt settles its own.
void Line::attempt() {
  if (!resumed_) outbox_.resume(channel_, clock_.now());
  resumed_ = true;
  work_.serve();
}

void Line::run() {
  while (!ending()) {
    try {
      attempt();
    } catch (const sql::ConnectionLost& error) {
      resumed_ = false;
      note(false, error.what());
    } catch (const sql::Error& error) {
      note(false, error.what());
      failed_(error.what());
      break;
    }
    if (ending()) break;
    rest(pause_);
    pause_ = std::min(pause_ * 2, pauses_.most);
  }
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

}  // namespace anlan::outbox
