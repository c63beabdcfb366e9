#pragma once

#include <string_view>

namespace anlan {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace anlan
