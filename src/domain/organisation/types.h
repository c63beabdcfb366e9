#pragma once
// Organisations of the three levels, and the people in their posts.

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace anlan::organisation {

// Highest first; the three levels of the platform and the province above them (省、市、县、镇街).
enum class Level { kProvince, kCity, kCounty, kTown };

constexpr auto names_of(Level) {
  using enum Level;
  using P = std::pair<Level, std::string_view>;
  return std::array{P{kProvince, "province"}, P{kCity, "city"}, P{kCounty, "county"}, P{kTown, "town"}};
}

// `superior`: to whom it reports. `external`: on no node (the province): reached by telephone and document.
struct Organisation {
  std::string id, name, short_name;
  Level level = Level::kCity;
  std::string division;  // GB/T 2260 or GB/T 10114 code
  std::optional<std::string> superior, phone;
  bool external = false;
  // Where its desk works, and what it does is recorded: the node that registered it, or the one it was placed on.
  std::string node;
  // False once retired.
  bool active = true;
};

// `post`: 局长, 值班员, as printed beside the name. `phone`: of the office or on duty.
struct Person {
  std::string id, name, organisation, post;
  std::optional<std::string> phone;
  bool active = true;
};

}  // namespace anlan::organisation
