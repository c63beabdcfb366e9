#pragma once
// Who takes part in an incident, and how their clocks follow what is done. Only parties may know of it.

#include <string>

#include "command/unit.h"

namespace anlan::command {

// By the streams of the unit's world: a drill's parties are its own. Facts that this unit has gathered do not count
// yet.
bool is_party(Unit&, const std::string& incident, const std::string& organisation);
// Refusal "incident.unknown" unless the actor's organisation takes part in it.
std::optional<Refusal> check_party(Unit&, const std::string& incident);

// What a clock must know of the incident for an organisation that learnt of it at `learnt_at`.
clock::Situation situation(Unit&, const incident::Incident&, const std::string& organisation, Instant learnt_at);

// Makes the organisation a party where it is none yet; true when it has joined now.
bool join(Unit&, const std::string& incident, const std::string& organisation, const std::string& through);

// Starts what the rules ask of an organisation that has just learnt of the incident, or whose incident has changed its
// kind or grade.
void start_clocks(Unit&, const incident::Incident&, const std::string& organisation, Instant learnt_at);

// Verified figures were asked of the organisation.
void request_clocks(Unit&, const incident::Incident&, const std::string& organisation);

// A report was made to `to`: meets the clocks of the actor's organisation; the receiver joins, and where the
// report went upward its own clocks start.
// `stream`: where the proof lies, its fact already gathered; `kind` is absent for one by telephone.
void follow_report(Unit&, const incident::Incident&, const std::string& to, std::optional<report::Kind> kind,
                   Instant at, const std::string& stream);

// Nothing is owed any more by any organisation.
// `why`: closed or merged, as clock::Released has it.
void release_clocks(Unit&, const std::string& incident, const std::string& why);

}  // namespace anlan::command
