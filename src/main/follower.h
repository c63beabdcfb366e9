#pragma once
// The thread that listens for what other processes commit to a shared store.

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "platform/sql/sql.h"

namespace anlan {

// Calls `look` after every notice, and every half second without one: a notice that is missed costs that long.
class Follower {
 public:
  Follower(std::unique_ptr<sql::Watch> watch, std::function<void()> look)
      : watch_(std::move(watch)), look_(std::move(look)), thread_([this] { run(); }) {}
  ~Follower() {
    stopping_ = true;
    thread_.join();
  }
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

 private:
  static constexpr std::chrono::milliseconds kWithoutNotice{500};

  void run() {
    while (!stopping_) {
      watch_->wait(kWithoutNotice);
      look_();
    }
  }

  const std::unique_ptr<sql::Watch> watch_;
  const std::function<void()> look_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace anlan
