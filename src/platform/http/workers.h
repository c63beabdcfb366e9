#pragma once
// Threads for work that blocks: password hashing, drawing documents.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace anlan::http {

// Tasks start in the order of their posting. Thread safe, except that nothing may be posted once destruction began.
class Workers {
 public:
  // At most `capacity` tasks wait. `log`: one line for each task that threw, which is given up then.
  Workers(unsigned threads, std::size_t capacity, std::function<void(std::string_view)> log = nullptr);
  // Runs what was taken, then joins.
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // False when the queue is full: answer 503. A request that a task gives up by throwing is answered 500 when its Reply
  // is gone.
  [[nodiscard]] bool post(std::function<void()> task);

 private:
  void run();

  const std::size_t capacity_;
  const std::function<void(std::string_view)> log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace anlan::http
