#pragma once
// The rules of statutory clocks. Pure: what happened and which rules hold come in, facts go out.

#include <functional>

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/clock/facts.h"

namespace anlan::clock {

struct Clock {
  Started started;
  State state = State::kRunning;
  std::int64_t reminded = 0;
  std::optional<Met> met;
  std::optional<std::string> reason, leader;
  std::optional<Instant> overdue_at;

  bool pending() const { return state == State::kRunning || state == State::kOverdue; }
};

// All clocks of one organisation on one incident, in the order of their start.
struct Clocks {
  std::vector<Clock> items;
  Clock* find(const std::string& id);
  const Clock* find(const std::string& id) const;
};

void apply(Clocks&, const Fact&, Instant at);

// What the clocks must know of an incident and of the organisation that owes.
struct Situation {
  std::string incident, organisation;
  std::optional<std::string> superior;  // to whom it owes
  organisation::Level level = organisation::Level::kCity;
  std::string event;
  grade::Grade grade = grade::Grade::kUngraded;
  std::optional<Instant> occurred_at;
  Instant learnt_at;
};

using NewId = std::function<std::string()>;

// The organisation has learnt of the incident, or its kind or grade has changed: starts each leg that a rule valid at
// `now` asks for and that was not started before.
std::vector<Fact> on_learnt(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// A level above asked for verified figures: starts the legs that count from a request and do not run already.
std::vector<Fact> on_requested(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// A report was made to `to` by `by` at `at`; `kind` is absent for one by telephone. Meets what it satisfies of what is
// owed to that organisation; a written one starts the next follow-up's clock unless one pends (a returned report that
// is sent again prolongs nothing), a final one releases what is pending.
std::vector<Fact> on_reported(const Clocks&, const Situation&, const std::vector<Rule>&, const std::string& to,
                              std::optional<report::Kind> kind, const std::string& by, Instant at, const Proof&,
                              const NewId&);

// Nothing is owed any more.
std::vector<Fact> on_ended(const Clocks&, const std::string& why);

// Reminders and lapses that are due at `now`.
std::vector<Fact> on_time(const Clocks&, const std::string& leader_on_duty, Instant now);

// The next moment at which on_time would say something; nullopt when nothing pends.
std::optional<Instant> next_moment(const Clock&);

// Why a report was late, or not made at all.
struct Explain {
  static constexpr std::string_view kName = "clock.explain";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Explain::reason, 500)};
};
Outcome<std::vector<Fact>> decide(const Clocks&, const std::string& clock, const Explain&);

}  // namespace anlan::clock
