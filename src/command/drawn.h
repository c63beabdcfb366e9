#pragma once
// Where what was drawn for a warning lies.

#include "command/unit.h"

namespace anlan::command {

// Refusal where a drawing concerns others alone (warning.outside), or is wider than any city (warning.area_wide). There
// are no borders to hold it against, but points of towns: one of the organisation's own lies in it, or nobody's does
// and one of its own is near, or contacts of its own live there. Of a division without known points nothing is said.
std::optional<Refusal> check_drawn(const Unit&, const warning::Area&);

}  // namespace anlan::command
