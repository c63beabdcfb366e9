#pragma once
// Threads for work that blocks, asked for by many of whom none may hold up the others.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace anlan::http {

// The tasks of one asker start in the order of their posting; askers take turns, a task each. Thread safe, except that
// nothing may be posted once destruction began.
class FairWorkers {
 public:
  struct Bounds {
    unsigned threads = 2;
    unsigned at_once = 1;      // of one asker; fewer than threads leaves room for others whatever one asks
    std::size_t of_one = 16;   // tasks of one asker that wait
    std::size_t in_all = 512;  // … and of all
  };
  // `log`: one line for each task that threw, which is given up then.
  explicit FairWorkers(Bounds, std::function<void(std::string_view)> log = nullptr);
  // Runs what was taken, then joins.
  ~FairWorkers();
  FairWorkers(const FairWorkers&) = delete;
  FairWorkers& operator=(const FairWorkers&) = delete;

  // False where one or all have too many waiting: answer 503.
  [[nodiscard]] bool post(const std::string& asker, std::function<void()> task);

 private:
  struct Asker {
    std::deque<std::function<void()>> tasks = {};
    unsigned running = 0;
    bool in_line = false;
  };
  using Askers = std::map<std::string, Asker>;  // only those who have something to do

  void run();
  // With the lock held: it stands in line where something of it may start.
  void line_up(Askers::iterator);
  // Without the lock.
  void perform(const std::function<void()>& task) const;

  const Bounds bounds_;
  const std::function<void(std::string_view)> log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Askers askers_;
  std::deque<Askers::iterator> line_;
  std::size_t waiting_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace anlan::http
