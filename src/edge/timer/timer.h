#pragma once
// Time as an edge: looks at what is due and submits it.

#include <atomic>
#include <functional>
#include <memory>

#include "base/time.h"
#include "command/command.h"
#include "edge/timer/ticker.h"

namespace anlan::edge {

// One thread. `due` is asked about every `step` on that thread; what it returns is submitted, and asked for again only
// when all of it has been answered.
// Knows neither clocks nor sessions: what is due is asked of the policy that it was given. `due`, `submit` and the
// clock outlive it.
class Timer {
 public:
  using Due = std::function<std::vector<command::Envelope>(Instant now)>;
  using Submit = std::function<void(command::Envelope, std::function<void(command::Outcome)>)>;
  using Passed = std::function<void(Instant now)>;

  // Starts its thread. `step` bounds how late a reminder may come, not how exact a clock is: moments are those of the
  // rules. `passed` is told of every step, whether or not something is still unanswered.
  Timer(const Clock&, Due, Submit, Passed passed, Milliseconds step = Milliseconds{200});

 private:
  void look();

  const Clock& clock_;
  const Due due_;
  const Submit submit_;
  const Passed passed_;
  std::shared_ptr<std::atomic<std::size_t>> unanswered_ = std::make_shared<std::atomic<std::size_t>>(0);
  Ticker ticker_;  // the last one: everything is there when it begins
};

}  // namespace anlan::edge
