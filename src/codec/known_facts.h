#pragma once
// All types of facts that this release knows.

#include <optional>
#include <string_view>

#include "base/refusal.h"

namespace anlan::codec {

bool is_known(std::string_view type);

// Why a body could not be read back as a fact of that known type: a text too long, a list too large, a character that
// no text may hold. What was recorded so would stop whoever reads the journal, so it must not be recorded.
std::optional<Refusal> unreadable(std::string_view type, std::string_view body);

}  // namespace anlan::codec
