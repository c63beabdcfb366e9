#pragma once
// Stream "sealed/ID": what was done with a sealed entry of personal data (个人信息保护法 art. 47, 51: erasing, and a
// log of who looked).

#include <string>
#include <variant>

#include "base/fields.h"

namespace anlan::personal_data {

// Somebody has seen it in clear: the fact's actor; `incident` is where it was asked for.
struct Revealed {
  static constexpr std::string_view kType = "personal_data.revealed";
  std::string incident;
  static constexpr auto fields = std::tuple{field("incident", &Revealed::incident)};
};
// The key is destroyed: the entry can never be read again, and the chain stays whole.
struct Erased {
  static constexpr std::string_view kType = "personal_data.erased";
  std::string reason;
  static constexpr auto fields = std::tuple{field("reason", &Erased::reason)};
};

using Fact = std::variant<Revealed, Erased>;

}  // namespace anlan::personal_data
