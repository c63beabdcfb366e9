#pragma once
// Threads for work that blocks: password hashing, drawing documents.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace anlan::http {

// Tasks start in the order of their posting. Thread safe, except that nothing may be posted once destruction began.
class Workers {
 public:
  // At most `capacity` tasks wait.
  Workers(unsigned threads, std::size_t capacity);
  // Runs what was taken, then joins.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False when the queue is full: answer 503. A task must not throw.
  [[nodiscard]] bool post(std::function<void()> task);

 private:
  void run();

  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace anlan::http
