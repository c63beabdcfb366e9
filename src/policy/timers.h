#pragma once
// Time passing: which commands it brings about. Pure but for the view it reads; the timer edge asks, the writer
// decides.

#include <optional>
#include <vector>

#include "command/command.h"
#include "state/directory.h"
#include "view/clocks.h"
#include "view/warnings.h"

namespace anlan::policy {

// One Tick for every stream of clocks that speaks at `now`, one Expire for every warning whose time is over. Safe to
// submit twice: a clock says each thing once. The writer loads the clocks and judges again, so a view that lags costs a
// tick that says nothing, never a wrong word.
std::vector<command::Envelope> due_commands(sql::Connection&, Instant now);

// Ends the sessions whose life is over.
// By the frozen end of each session; idle ones are ended by the edge, which sees their requests.
std::vector<command::Envelope> expired_sessions(const state::Directory&, Instant now);

// When due_commands will next have something; nullopt when nothing pends.
// For a simulator that moves time from moment to moment; a node in real time asks due_commands.
std::optional<Instant> next_due(sql::Connection&);

}  // namespace anlan::policy
