#pragma once
// The desk as it is staffed now: chief (主班), deputy (副班), leader on duty (带班领导).

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::duty {

struct Shift {
  std::string organisation, chief, leader;  // person ids
  std::optional<std::string> deputy;
  std::optional<Instant> since;
};

}  // namespace anlan::duty
