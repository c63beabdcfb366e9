#pragma once
// The rules of statutory clocks. Pure: what happened and which rules hold come in, facts go out.

#include <functional>

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/clock/facts.h"

namespace anlan::clock {

// One clock as its facts have made it.
struct Clock {
  // The rule and the moments that it was started under; later rules do not touch it.
  Started started;
  State state = State::kRunning;
  // Greatest percentage that was said: 0, 50, 80 or 90.
  std::int64_t reminded = 0;
  // Set for a late report too: a clock that was missed can still be met, and says by how much.
  std::optional<Met> met;
  // `reason`: of the delay, as explained; `leader`: person that the lapse was escalated to.
  std::optional<std::string> reason, leader;
  // Why it was released, as in Released.
  std::optional<std::string> released;
  std::optional<Instant> overdue_at, released_at;

  // Another clock of its leg has taken its place.
  bool replaced() const { return released == "corrected" || released == "graded"; }
  // Whether something is still owed.
  bool pending() const { return state == State::kRunning || state == State::kOverdue; }
};

// All clocks of one organisation on one incident, in the order of their start.
struct Clocks {
  std::vector<Clock> items;
  // The incident was handed over to somebody below or beside: nothing is owed but what was asked for since.
  bool handed_over() const;
  // Null where there is none. Valid until the next clock is added.
  Clock* find(const std::string& id);
  const Clock* find(const std::string& id) const;
};

// `at`: when the fact was recorded. A fact of an unknown clock is a bug: those of other nodes fit().
void apply(Clocks&, const Fact&, Instant at);
// Whether a fact that another node has recorded can be the next one of the stream of that organisation.
bool fits(const Clocks&, const std::string& incident, const std::string& organisation, const Fact&);

// What the clocks must know of an incident and of the organisation that owes.
struct Situation {
  // Ids.
  std::string incident, organisation;
  // Absent at the top: then nothing is owed to anybody and no clock starts.
  std::optional<std::string> superior;  // to whom it owes
  organisation::Level level = organisation::Level::kCity;
  // Code of the kind of event, which rules match by prefix.
  std::string event;
  grade::Grade grade = grade::Grade::kUngraded;
  // Absent: unknown. Legs that count from the event then count from learning of it, marked assumed.
  std::optional<Instant> occurred_at;
  // When this organisation learnt of it, not when the first one did.
  Instant learnt_at;
};

// Gives ids that no clock of the node has.
using NewId = std::function<std::string()>;

// The organisation has learnt of the incident: starts each leg that a rule valid at `now` asks for and that was not
// started before.
std::vector<Fact> on_learnt(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// The kind or the time of the event, or of learning of it, was corrected. What pends and counts from one of them counts
// from the corrected time, under its frozen rule. A leg that the kind now asks for starts as if the kind had been
// known; where it pends, it goes on under the new rule if that is due earlier. What was met stays as it was judged.
std::vector<Fact> on_corrected(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// The grade was changed. A rule that applies only since then counts from the change (Basis::kGraded): before it nobody
// could know. It takes the place of what pends where it is due earlier.
std::vector<Fact> on_graded(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// Work goes on after it had been reported as ended: the incident was reopened, or the final report returned. What had
// been released goes on with what was left of its time (Basis::kResumed), or as lapsed where it had lapsed; the
// next follow-up and the next final report after a final one are counted from now. What a merging released was
// reported; what a handing over released is owed by another one.
std::vector<Fact> on_resumed(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// Another incident, with the clocks `ended`, has become part of this one: of each leg the earlier moment counts. What
// was met there under the same rule is not asked again, where that was in time for this one too. Where reports were
// made there and none here, the next follow-up is owed from now.
std::vector<Fact> on_merged(const Clocks&, const Clocks& ended, const Situation&, const std::vector<Rule>&, Instant now,
                            const NewId&);

// The organisation has taken the incident over, or stands above who has (`owner` false). What was released when the
// incident was handed over goes on with what was left of its time; a lapse stays one. The new owner owes what it never
// reported, counted from now: before, another one owed it.
std::vector<Fact> on_taken_over(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, bool owner,
                                const NewId&);

// A level above asked for verified figures: starts the legs that count from a request and do not run already.
std::vector<Fact> on_requested(const Clocks&, const Situation&, const std::vector<Rule>&, Instant now, const NewId&);

// A report was made to `to` by `by` at `at`; `kind` is absent for one by telephone. Meets what it satisfies of what is
// owed to that organisation, and where it is the superior of today also what was owed to the one before; a written one
// starts the next follow-up's clock unless one pends (a returned report that is sent again prolongs nothing), a final
// one releases what is pending.
std::vector<Fact> on_reported(const Clocks&, const Situation&, const std::vector<Rule>&, const std::string& to,
                              std::optional<report::Kind> kind, const std::string& by, Instant at, const Proof&,
                              const NewId&);

// Nothing is owed any more.
// `why`: closed, merged or handed_over. What is met or released already is left alone.
std::vector<Fact> on_ended(const Clocks&, const std::string& why);

// Reminders and lapses that are due at `now`.
// At most one reminder a clock and call: a node that slept over two steps says the later one. After a lapse there is
// no reminder. `leader_on_duty`: a person's id, empty where no shift names one.
std::vector<Fact> on_time(const Clocks&, const std::string& leader_on_duty, Instant now);

// The next moment at which on_time would say something; nullopt when nothing pends.
std::optional<Instant> next_moment(const Clock&);

// Why a report was late, or not made at all.
struct Explain {
  static constexpr std::string_view kName = "clock.explain";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Explain::reason, 500)};
};
// Only for a clock that lapsed, also after it was met or released: clock.unknown, clock.not_late, text.empty.
Outcome<std::vector<Fact>> decide(const Clocks&, const std::string& clock, const Explain&);

}  // namespace anlan::clock
