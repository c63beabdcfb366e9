#include "platform/http/fair_workers.h"

#include <exception>
#include <utility>

namespace anlan::http {

FairWorkers::FairWorkers(Bounds bounds, std::function<void(std::string_view)> log)
    : bounds_(bounds), log_(std::move(log)) {
  for (unsigned i = 0; i < bounds_.threads; ++i) threads_.emplace_back([this] { run(); });
}

FairWorkers::~FairWorkers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

bool FairWorkers::post(const std::string& asker, std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ >= bounds_.in_all) return false;
    if (const auto known = askers_.find(asker); known != askers_.end() && known->second.tasks.size() >= bounds_.of_one)
      return false;
    const auto one = askers_.try_emplace(asker).first;
    one->second.tasks.push_back(std::move(task));
    ++waiting_;
    line_up(one);
  }
  wake_.notify_one();
  return true;
}

void FairWorkers::line_up(Askers::iterator one) {
  auto& asker = one->second;
  if (asker.in_line || asker.tasks.empty() || asker.running >= bounds_.at_once) return;
  asker.in_line = true;
  line_.push_back(one);
}

void FairWorkers::perform(const std::function<void()>& task) const {
  try {
    task();
  } catch (const std::exception& e) {
    if (log_) log_(std::string("http: worker: ") + e.what());
  }
}

void FairWorkers::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return !line_.empty() || (stopping_ && waiting_ == 0); });
    if (line_.empty()) return;
    const auto one = line_.front();
    line_.pop_front();
    one->second.in_line = false;
    auto task = std::move(one->second.tasks.front());
    one->second.tasks.pop_front();
    --waiting_;
    ++one->second.running;
    line_up(one);
    lock.unlock();
    perform(task);
    task = nullptr;  // what it held ends before the next one of this asker begins
    lock.lock();
    --one->second.running;
    line_up(one);
    if (one->second.tasks.empty() && one->second.running == 0) askers_.erase(one);
    wake_.notify_all();
  }
}

}  // namespace anlan::http
