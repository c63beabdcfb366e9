#pragma once
// The rules of an incident. Sources: 突发事件应对法 (2024) on truthful, timely reporting; corrections never overwrite.

#include <functional>

#include "base/refusal.h"
#include "domain/account/types.h"
#include "domain/incident/commands.h"
#include "domain/incident/facts.h"

namespace anlan::incident {

// An offer of the owner that was not withdrawn, nor overtaken by what came after it.
struct Offer {
  std::string to;
  std::int64_t epoch = 0, number = 0;
  std::string reason;
  Instant at;
};

// The incident as its facts have made it.
struct Incident {
  std::string id;
  // Members are the present ones; figures are the adopted headline, grade the confirmed or proposed one. `organisation`
  // opened it and gave it its number.
  Opened now;  // the description with every correction applied
  // Who decides on it, and for the how manieth time somebody does.
  std::string owner;
  std::int64_t epoch = 1;
  std::optional<Offer> offer;
  std::int64_t offers = 0;  // made so far
  // It has an owner to come, who has not begun yet.
  std::optional<Released> released;
  // Counted on over its segments; what clients send back.
  std::int64_t version = 0;
  State state = State::kOpen;
  // Every statement in the order of recording, the first call's included; at most one is adopted.
  std::vector<FigureStatement> statements;
  // Set for good where the incident ended in another.
  std::optional<std::string> merged_into;
  // Ids of those that have ended in this one.
  std::vector<std::string> absorbed;
  // Empty as long as the grade follows the tables.
  std::string grade_reason;
  // Of the last reopening: what was reported as final before it ended nothing.
  std::optional<Instant> reopened_at;

  // False for a state that no fact has touched.
  bool exists() const { return !now.number.empty(); }
  // Whose it is or is about to be.
  const std::string& holder() const { return released ? released->to : owner; }
  // The one that begins when it is taken over next.
  std::int64_t next_epoch() const { return (released ? released->epoch : epoch) + 1; }
  // Of the owner's facts.
  std::string stream() const { return stream_of({id, epoch}); }
};

// Facts come in the order of their versions; nothing is checked again, the journal holds only what was decided.
// `at`: when the fact was recorded. Facts that another owner has left behind (TakenOver::from) are not given to it.
void apply(Incident&, const Fact&, Instant at);
// Whether a fact that another node has recorded can be the next one of its stream; `first`: nothing is there yet. What
// it says of other streams is not asked, since they may come later or never.
bool fits(const Incident&, const std::string& id, const Fact&, bool first);

// Those that have ended in it, directly or over others, each once, whatever circle they make. `absorbed_by` tells what
// has ended in another incident.
std::vector<std::string> all_absorbed(const Incident&,
                                      const std::function<std::vector<std::string>(const std::string&)>& absorbed_by);

// `since`: when it learnt of the incident.
struct Party {
  std::string organisation;
  Instant since;
};

// `from`: who called.
struct Call {
  std::string from;
  PhoneReport report;
};

// What an organisation has answered to an offer, or that it claims the incident.
struct OfferAnswer {
  std::string organisation;
  std::int64_t epoch = 0, offer = 0;
  Answer answer = Answer::kAccepted;
  std::string reason;
};
struct MadeClaim {
  std::string organisation;
  std::int64_t epoch = 0;
  std::string reason;
};

// Who takes part, in the order of joining, and what they have told by telephone.
struct Parties {
  std::vector<Party> members;
  std::vector<Call> calls;
  std::vector<OfferAnswer> answers;
  std::vector<MadeClaim> claims;
  // Null for an organisation that may not know of the incident at all (docs/decisions/0005).
  const Party* find(const std::string& organisation) const;
};
// `by`: the organisation whose stream it is.
void apply(Parties&, const PartyFact&, Instant at, const std::string& by = {});

// What was answered to an offer; null as long as nothing is known.
const OfferAnswer* answer_to(const Offer&, const Parties&);
// The offer that may still be accepted or withdrawn; null where there is none.
const Offer* standing_offer(const Incident&, const Parties&);
// The claim of the organisation that the owner's node has not answered yet; null where there is none.
const MadeClaim* standing_claim(const Incident&, const Parties&, const std::string& organisation);
// The same, in the stream of one organisation.
bool fits(const std::string& incident, const std::string& organisation, const PartyFact&, bool first);

// When the organisation learnt of the incident; the owner by what was taken down or corrected. Only for a party.
Instant learnt_at(const Incident&, const Parties&, const std::string& organisation);

// The figures that a call gave.
grade::Figures figures_of(const TakeDown&);

// What the command layer has looked up for a decision.
// Decisions are pure, so tables, numbers and the vault are asked before.
struct Findings {
  std::optional<GradeProposal> proposal;  // by the figures as they would be
  std::string number;                     // next number of the year
  std::string type_name, division_name;   // checked against the tables; of a correction, as they will be
  // What a title left open says of the incident before the correction.
  std::string composed_title;
  std::optional<LngLat> division_point;
  std::optional<SealedReference> informant;
  // Of the candidate that the incident is made of, and when it reached the desk.
  std::optional<std::vector<Ring>> area;
  std::optional<Instant> received_at;
  // When the owner first reported on the incident: what it had not learnt of it could not report.
  std::optional<Instant> first_report;
};

// "{unit or division}{kind of event}": what a title says when the caller leaves it open.
std::string composed_title(const std::optional<std::string>& unit, const std::string& division_name,
                           const std::string& type_name);

// Facts in the order in which they are appended, or the refusal. An unknown incident is refused by the functions below
// as incident.unknown; one that ended as incident.closed or incident.merged.
using Facts = Outcome<std::vector<Fact>>;
using PartyFacts = Outcome<std::vector<PartyFact>>;

// How the asker stands to whom the incident belongs (Incident::holder).
struct Standing {
  bool above = false;     // over whichever levels
  bool orphaned = false;  // the owner's node was revoked: nobody is left to release it
  bool heir = false;      // the nearest one above whose node works: it alone may then take over without a release
};

// Refusal "incident.closed" or "incident.merged" unless work goes on: while the incident is open, and reporting on a
// closed one for who still owes reports on it (docs/decisions/0014).
std::optional<Refusal> check_open(State, bool owes = false);

// Refusal "incident.not_owner" or "incident.in_handover" unless the actor's organisation decides on it.
std::optional<Refusal> check_owner(const Incident&, const account::Actor&);

// Clocks of servers differ: this much of the future is taken as now.
inline constexpr Minutes kFutureTolerance{1};
// An event that is taken down happened within this time; an earlier date is a slip of the keyboard.
inline constexpr std::chrono::hours kOldestEvent{24 * 366};
// Refusal "time.future" (with the field) where `at` lies ahead of `now`.
std::optional<Refusal> not_in_future(std::optional<Instant> at, Instant now, std::string field);

// Refusals: text.empty (summary), time.future, time.too_early. The actor's organisation owns what it takes down.
Facts decide(const TakeDown&, const account::Actor&, const Findings&, Instant now);
// Only by the owner (incident.not_owner), as all that changes the incident itself; nobody while one has released it and
// the next has not begun (incident.in_handover).
Facts decide(const Incident&, const StateFigures&, const account::Actor&, const Findings&, Instant now);
// `found`: the proposal under the corrected kind, and the first report, which learning of it cannot follow
// (time.after_report). What is as it was is no correction (correction.none). A title that was left open follows the
// kind, division and unit that it was composed of.
Facts decide(const Incident&, const Correct&, const account::Actor&, Instant now, const Findings& found = {});
Facts decide(const Incident&, const SetGrade&, const account::Actor&);
// By any party; the caller has checked that. `learnt_at`: when the caller's organisation learnt of it, before which it
// cannot have reported (time.too_early); by the minute, as people tell times. `owes`: it still owes reports on an
// incident that its owner has closed (docs/decisions/0014).
PartyFacts decide(const Incident&, const Note&);
PartyFacts decide(const Incident&, const ReportByPhone&, const account::Actor&, Instant learnt_at, bool owes,
                  Instant now);
// `open_instructions`: whether an instruction on it that concerns the actor's organisation waits for its closing.
Facts decide(const Incident&, const Close&, const account::Actor&, bool open_instructions);
Facts decide(const Incident&, const Reopen&, const account::Actor&);
// `into` may belong to another organisation as long as the actor can see it, which the caller has checked.
Facts decide(const Incident&, const Incident& into, const Merge&, const account::Actor&);
// An incident that ends is offered to nobody any more: goes ahead of Closed and Merged. nullopt where no offer stands.
std::optional<Fact> withdrawal(const Incident&, const Parties&);

// Handing over. One offer at a time (handover.offered); without one handover.none, twice answered handover.answered.
Facts decide(const Incident&, const Parties&, const OfferHandover&, const account::Actor&);
Facts decide(const Incident&, const Parties&, const WithdrawOffer&, const account::Actor&);
PartyFacts decide(const Incident&, const Parties&, const AnswerOffer&, const account::Actor&);
// handover.not_above, handover.own, handover.claimed; handover.not_heir where another one has to take it over first.
PartyFacts decide(const Incident&, const Parties&, const Claim&, const account::Actor&, const Standing&);
// The owner's answer to what was asked of it, by its node; nullopt where it does not fit what stands now.
std::optional<Released> on_accepted(const Incident&, const std::string& by, const OfferAccepted&);
std::optional<Released> on_claimed(const Incident&, const std::string& by, const Claimed&, const Standing&);

// The figures with the statement laid over the adopted ones: a source that says nothing of an item changes nothing.
grade::Figures overlaid(const grade::Figures& base, const grade::Figures& statement);

}  // namespace anlan::incident
