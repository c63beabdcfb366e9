#pragma once
// Time passing: which commands it brings about. Pure but for the view it reads; the timer edge asks, the writer
// decides.

#include <optional>
#include <vector>

#include "command/command.h"
#include "state/directory.h"
#include "view/clocks.h"

namespace anlan::policy {

// One Tick for every stream of clocks that speaks at `now`. Safe to submit twice: a clock says each thing once.
std::vector<command::Envelope> due_commands(sql::Connection&, Instant now);

// Ends the sessions whose life is over.
std::vector<command::Envelope> expired_sessions(const state::Directory&, Instant now);

// When due_commands will next have something; nullopt when nothing pends.
std::optional<Instant> next_due(sql::Connection&);

}  // namespace anlan::policy
