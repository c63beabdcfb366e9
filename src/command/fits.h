#pragma once
// Whether what another node has recorded makes sense: this node decides on it, and must not stumble over what it would
// never have recorded itself. Each noun judges its own streams (fits() in domain/NOUN); what a fact says of streams
// that are not here is not asked, since they may come by another line.

#include <optional>
#include <string>

#include "command/memory.h"

namespace anlan::command {

// Facts of this node are not asked: its handlers decide, and what they record fits by their tests.
//
// Whether some noun of this release records facts in streams that begin with this word.
bool knows_streams(std::string_view prefix);

// Why the fact cannot be the next one of its stream, in words for the log. Throws std::runtime_error on a body that
// this release cannot read. A type that only a later release knows fits where the stream has begun, and changes nothing
// (docs/decisions/0024-neighbouring-releases.md). `self`: this node.
std::optional<std::string> misfit(Memory&, const std::string& self, const journal::Fact&);

}  // namespace anlan::command
