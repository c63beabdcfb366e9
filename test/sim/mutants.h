#pragma once
// The mistakes that can be planted (base/mutation.h), and which one is.

#include <span>
#include <string_view>

#include "steps.h"

namespace anlan::sim {

struct Mistake {
  std::string_view name, breaks;
  std::span<const Kind> work = {};  // of the worlds in which it can show; empty for all kinds, as often as usual
};
std::span<const Mistake> mistakes();

// None where it is empty.
void plant(std::string_view mistake);

}  // namespace anlan::sim
