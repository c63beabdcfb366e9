#include "edge/http/waiting_room.h"

#include <utility>

namespace anlan::edge {
namespace {

// Longer than anybody is let wait: who has so much left came before the clock was set back.
constexpr std::chrono::minutes kBeyond{1};

}  // namespace

// Nobody is called under the lock: who is called may ask again.
void WaitingRoom::wait(journal::Position position, Instant until, Called called) {
  bool reached = false;
  {
    const std::lock_guard lock(mutex_);
    reached = position <= reached_;
    if (!reached && !closed_ && waiting_.size() < kMost) {
      waiting_.emplace(position, Waiting{until, std::move(called)});
      return;
    }
  }
  called(reached);
}

void WaitingRoom::arrive(journal::Position position) {
  std::vector<Waiting> called;
  {
    const std::lock_guard lock(mutex_);
    reached_ = std::max(reached_, position);
    const auto end = waiting_.upper_bound(reached_);
    for (auto it = waiting_.begin(); it != end; ++it) called.push_back(std::move(it->second));
    waiting_.erase(waiting_.begin(), end);
  }
  for (const auto& one : called) one.called(true);
}

void WaitingRoom::pass(Instant now) {
  std::vector<Waiting> called;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(waiting_, [&](auto& entry) {
      const bool over = entry.second.until <= now || entry.second.until > now + kBeyond;
      if (over) called.push_back(std::move(entry.second));
      return over;
    });
  }
  for (const auto& one : called) one.called(false);
}

void WaitingRoom::close() {
  std::multimap<journal::Position, Waiting> called;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    called.swap(waiting_);
  }
  for (const auto& [position, one] : called) one.called(false);
}

std::size_t WaitingRoom::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size();
}

}  // namespace anlan::edge
