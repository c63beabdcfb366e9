#pragma once
// How long something takes, whatever the clock is set to meanwhile. Runs from where it is made.

#include <chrono>

namespace anlan::machine {

class Stopwatch {
 public:
  std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - begun_; }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace anlan::machine
