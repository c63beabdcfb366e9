#pragma once
// Questions about what a command brought about, put to a node that has not come so far yet.

#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "base/time.h"
#include "journal/fact.h"

namespace anlan::edge {

// Thread safe. Keeps no thread: who moves the position and who sees time pass call those that wait.
class WaitingRoom {
 public:
  // True when the position was reached, false when it is of no use to wait longer. Called once; must not block.
  using Called = std::function<void(bool reached)>;

  // Calls at once where nothing is left to wait for: the position is reached, the room is full or closed.
  void wait(journal::Position, Instant until, Called);
  // The position has moved; calls those that waited for it.
  void arrive(journal::Position);
  // Calls those whose time has run out, or whose clock was set back before they came.
  void pass(Instant now);
  // Nobody waits any more, and nobody will.
  void close();

  std::size_t size() const;

 private:
  struct Waiting {
    Instant until;
    Called called;
  };
  // As many as a console for each seat of a large node; more are better off asking again.
  static constexpr std::size_t kMost = 5000;

  mutable std::mutex mutex_;
  journal::Position reached_ = 0;
  bool closed_ = false;
  std::multimap<journal::Position, Waiting> waiting_;
};

}  // namespace anlan::edge
