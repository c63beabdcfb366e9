#include "edge/timer/timer.h"

namespace anlan::edge {

Timer::Timer(const Clock& clock, Due due, Submit submit, Passed passed, Milliseconds step)
    : clock_(clock),
      due_(std::move(due)),
      submit_(std::move(submit)),
      passed_(std::move(passed)),
      ticker_(step, [this] { look(); }) {}

void Timer::look() {
  passed_(clock_.now());
  if (*unanswered_ != 0) return;
  auto commands = due_(clock_.now());
  *unanswered_ += commands.size();
  for (auto& command : commands)
    submit_(std::move(command), [unanswered = unanswered_](const command::Outcome&) { --*unanswered; });
}

}  // namespace anlan::edge
