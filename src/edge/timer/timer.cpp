#include "edge/timer/timer.h"

namespace anlan::edge {

Timer::Timer(const Clock& clock, Due due, Submit submit, Passed passed, Milliseconds step)
    : clock_(clock),
      due_(std::move(due)),
      submit_(std::move(submit)),
      passed_(std::move(passed)),
      step_(step),
      thread_([this] { run(); }) {}

Timer::~Timer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Timer::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, step_, [this] { return stopping_; })) {
    lock.unlock();
    passed_(clock_.now());
    lock.lock();
    if (*unanswered_ != 0) continue;
    lock.unlock();
    auto commands = due_(clock_.now());
    *unanswered_ += commands.size();
    for (auto& command : commands)
      submit_(std::move(command), [unanswered = unanswered_](const command::Outcome&) { --*unanswered; });
    lock.lock();
  }
}

}  // namespace anlan::edge
