#pragma once
// Time passing: which commands it brings about. Pure but for the view it reads; the timer edge asks, the writer
// decides.

#include <optional>
#include <vector>

#include "command/command.h"
#include "state/directory.h"
#include "view/callouts.h"
#include "view/clocks.h"
#include "view/warnings.h"

namespace anlan::policy {

// One Tick for every stream of clocks that speaks at `now`, one Expire for every warning whose time is over, one
// Escalate for every callout that has something to say. Safe to
// submit twice: a clock says each thing once. The writer loads the clocks and judges again, so a view that lags costs a
// tick that says nothing, never a wrong word.
std::vector<command::Envelope> due_commands(sql::Connection&, Instant now);

// One BeginCallout for every warning in force and every organisation at work on the node `self` that is to be called on
// it and is not yet, as far as a rule of the day wants it; where none does, for those who still call on an earlier
// version.
std::vector<command::Envelope> callouts_to_begin(sql::Connection&, const state::Directory&, const warning::Rules&,
                                                 const std::string& self, Instant now);

// Ends the sessions whose life is over.
// By the frozen end of each session; idle ones are ended by the edge, which sees their requests.
std::vector<command::Envelope> expired_sessions(const state::Directory&, Instant now);

// When due_commands will next have something; nullopt when nothing pends.
// For a simulator that moves time from moment to moment; a node in real time asks due_commands.
std::optional<Instant> next_due(sql::Connection&);

}  // namespace anlan::policy
