#pragma once
// A thread that does one thing again and again.

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/time.h"

namespace anlan::edge {

// Calls `each` on its thread with a pause of `step` before each call. What must come in time has one of its own, apart
// from what may have to wait for a store.
class Ticker {
 public:
  Ticker(Milliseconds step, std::function<void()> each);
  // Waits for a call under way.
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  void run();

  const Milliseconds step_;
  const std::function<void()> each_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace anlan::edge
