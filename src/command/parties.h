#pragma once
// Who takes part in an incident, and how their clocks follow what is done. Only parties may know of it.

#include <string>
#include <vector>

#include "command/unit.h"

namespace anlan::command {

// By the streams of the unit's world: a drill's parties are its own. Facts that this unit has gathered do not count
// yet.
bool is_party(Unit&, const std::string& incident, const std::string& organisation);
// Refusal "incident.unknown" unless the actor's organisation takes part in it.
std::optional<Refusal> check_party(Unit&, const std::string& incident);

// How an organisation stands to whom the incident belongs.
incident::Standing standing_of(Unit&, const incident::Incident&, const std::string& organisation);

// The same, with when it learnt of it. Only for a party.
Instant learnt_at(Unit&, const std::string& incident, const std::string& organisation);

// Who watches what an organisation does on a warning: those above it, and the issuer.
std::vector<std::string> watching(const Unit&, const std::string& organisation, const std::string& issuer);

// Makes an organisation of this node a party where it is none yet. Returns when it learnt of it: `at`, or earlier where
// it knew.
Instant join(Unit&, const std::string& incident, const std::string& organisation, const std::string& through,
             Instant at);
// The stream of what an organisation does as a party.
std::string party_stream(const std::string& incident, const std::string& organisation);

// Starts what the rules ask of an organisation that has just learnt of the incident.
void start_clocks(Unit&, const incident::Incident&, const std::string& organisation, Instant learnt_at);

// Organisations outside this node are passed over by what follows: their own nodes see to them.

// What the clocks of an incident hang on.
struct Grounds {
  std::string type;
  std::optional<Instant> occurred_at;
  Instant learnt_at;
  grade::Grade grade = grade::Grade::kUngraded;
};
Grounds grounds_of(const incident::Incident&);

// The incident was changed from `before` to what it is: the clocks of every party that owes reports on it follow,
// except of those whose final report stands.
void follow_change(Unit&, const Grounds& before, const incident::Incident& now);

// The incident was reopened: every party goes on.
void reopen_clocks(Unit&, const incident::Incident&);
// The final report of an organisation was returned: it goes on, unless its incident was closed.
void resume_clocks(Unit&, const incident::Incident&, const std::string& organisation);

// It was taken over: its owner and those above go on, what others owed is released.
void hand_over_clocks(Unit&, const incident::Incident&);

// The parties of `ended` become parties of `into`, with what they owe; nothing is owed on `ended` any more.
void join_merged(Unit&, const std::string& ended, const incident::Incident& into);
// The same for one of this node that became a party of `ended` after that.
void join_merged(Unit&, const std::string& ended, const incident::Incident& into, const incident::Party&);

// Refusal "incident.closed" or "incident.merged" unless the organisation may report on the incident: while it is open,
// and for those above its owner also as long as they owe, since their own superior waits for them.
std::optional<Refusal> check_reportable(Unit&, const incident::Incident&, const std::string& organisation);
// Whether any of its clocks on the incident pends.
bool has_pending_clocks(Unit&, const std::string& incident, const std::string& organisation);

// When the organisation that opened the incident first reported on it, by telephone or in writing.
std::optional<Instant> first_report(Unit&, const incident::Incident&);

// What an organisation has reported to another on an incident and on those that have ended in it, without the report
// `except`.
report::Earlier earlier_reports(Unit&, const incident::Incident&, const std::string& from, const std::string& to,
                                const std::string& except = {});

// Verified figures were asked of the organisation.
void request_clocks(Unit&, const incident::Incident&, const std::string& organisation);

// A report was made to `to`: meets the clocks of the actor's organisation.
// `stream`: where the proof lies, its fact already gathered; `kind` is absent for one by telephone.
void meet_clocks(Unit&, const incident::Incident&, const std::string& to, std::optional<report::Kind> kind, Instant at,
                 const std::string& stream);
// A report of `from` has reached `to`, which learns of the incident by it (`through`); where it went upward, over
// whichever levels, the receiver's own clocks start.
void learn(Unit&, const incident::Incident&, const std::string& from, const std::string& to, const std::string& through,
           Instant at);

// The incident was closed by its owner: nothing is owed any more but by those above it, who owe a final report of their
// own.
void close_clocks(Unit&, const incident::Incident&);

}  // namespace anlan::command
