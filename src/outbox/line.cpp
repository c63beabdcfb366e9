#include "outbox/line.h"

#include <algorithm>
#include <limits>

#include "base/result.h"

namespace anlan::outbox {
namespace {

constexpr Milliseconds kLeaving{5'000}, kLook{5'000}, kNap{200};
// Longer than the longest pause between attempts: a line of which nothing bad was heard for so long is worth a try.
constexpr Milliseconds kThoughtDown{120'000};

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

void Line::set(bool connected, const std::string& why) {
  const std::lock_guard lock(mutex_);
  if (health_.connected != connected || health_.since == Instant{}) health_.since = clock_.now();
  health_.connected = connected;
  health_.why = why;
  if (connected) pause_ = pauses_.first;
}

void Line::note(bool connected, const std::string& why) {
  set(connected, why);
  if (!connected) return lack();
  down_since_.reset();
  outbox_.note_line(channel_.name, {});
}

// Of a line that was not tried for long nobody knows whether it was down all the time. A machine's clock may be set
// back: it is then down from now on.
void Line::lack() {
  const Instant now = clock_.now();
  if (now > thought_down_until_) down_since_.reset();
  down_since_ = std::min(down_since_.value_or(now), now);
  thought_down_until_ = now + kThoughtDown;
  outbox_.note_line(channel_.name, thought_down_until_);
  next_look_ = std::min(next_look_, now + kLook);
  const auto& limits = channel_.backoff;
  const auto down = now - *down_since_;
  if (now < next_look_ || down < std::min(limits.line_urgent, limits.line)) return;
  const int urgency = down < limits.line ? kUrgent : std::numeric_limits<int>::max();
  auto after = outbox_.pass_on(channel_, urgency, 0, now);
  while (after != 0 && !ending()) after = outbox_.pass_on(channel_, urgency, after, now);
  next_look_ = clock_.now() + std::min(kLook, limits.line_urgent);
}

// What was in flight when this process, or another, last ended is settled once, before anything is taken; afterwards
// each attempt settles its own.
void Line::attempt() {
  if (!resumed_) outbox_.resume(channel_, clock_.now());
  resumed_ = true;
  work_.serve();
}

// Between attempts.
void Line::wait() {
  for (Milliseconds left = pause_; left > Milliseconds{0} && !ending(); left -= kNap) {
    if (down_since_) lack();
    rest(std::min(left, kNap));
  }
  pause_ = std::min(pause_ * 2, pauses_.most);
}

// False: the store failed as no other attempt can mend.
bool Line::tried(const std::function<void()>& work) {
  try {
    work();
  } catch (const sql::ConnectionLost& error) {
    resumed_ = false;
    down_since_.reset();
    set(false, error.what());
  } catch (const sql::Error& error) {
    set(false, error.what());
    failed_(error.what());
    return false;
  }
  return true;
}

void Line::run() {
  outbox_.note_line(channel_.name, {});
  while (!ending() && tried([this] { attempt(); }) && !ending()) {
    if (!tried([this] { wait(); })) break;
  }
  outbox_.forget_line(channel_.name);
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

}  // namespace anlan::outbox
