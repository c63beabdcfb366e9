#include "edge/timer/ticker.h"

#include <utility>

namespace anlan::edge {

Ticker::Ticker(Milliseconds step, std::function<void()> each)
    : step_(step), each_(std::move(each)), thread_([this] { run(); }) {}

Ticker::~Ticker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Ticker::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, step_, [this] { return stopping_; })) {
    lock.unlock();
    each_();
    lock.lock();
  }
}

}  // namespace anlan::edge
