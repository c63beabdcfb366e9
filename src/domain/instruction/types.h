#pragma once
// A leader's instruction on an incident (批示), tracked from giving to closing.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::instruction {

// 待办, 办结.
enum class State { kOpen, kClosed };
constexpr auto names_of(State) {
  using P = std::pair<State, std::string_view>;
  return std::array{P{State::kOpen, "open"}, P{State::kClosed, "closed"}};
}

}  // namespace anlan::instruction
