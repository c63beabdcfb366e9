#pragma once
// The desk as it is staffed now: chief (主班), deputy (副班), leader on duty (带班领导).

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::duty {

struct Shift {
  // Empty where nobody has taken over yet: then nobody is escalated to.
  std::string organisation, chief, leader;  // person ids
  std::optional<std::string> deputy;
  // Of the last taking over; absent before the first.
  std::optional<Instant> since;
};

}  // namespace anlan::duty
