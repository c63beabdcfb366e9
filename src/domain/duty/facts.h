#pragma once
// Stream "duty/ORGANISATION".

#include <variant>

#include "domain/duty/types.h"

namespace anlan::duty {

// The people of the shift from here on; the fact before tells who handed over.
struct TakenOver {
  static constexpr std::string_view kType = "duty.taken_over";
  std::string organisation, chief, leader;
  std::optional<std::string> deputy;
  static constexpr auto fields =
      std::tuple{field("organisation", &TakenOver::organisation), field("chief", &TakenOver::chief),
                 field("leader", &TakenOver::leader), field("deputy", &TakenOver::deputy)};
};

using Fact = std::variant<TakenOver>;

}  // namespace anlan::duty
