#pragma once
// Divisions of the country (GB/T 2260, GB/T 10114 and the statistical codes of villages).

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/name_match.h"
#include "base/validity.h"

namespace anlan::division {

// 省级, 地级, 县级, 乡级, 村级.
enum class Level { kProvince, kCity, kCounty, kTown, kVillage };

constexpr auto names_of(Level) {
  using enum Level;
  using P = std::pair<Level, std::string_view>;
  return std::array{P{kProvince, "province"}, P{kCity, "city"}, P{kCounty, "county"}, P{kTown, "town"},
                    P{kVillage, "village"}};
}

enum class Kind {
  kRegular,
  kPseudo,  // stands in for a level that is not there (市辖区, 省直辖县级行政区划): in no path, nobody's parent or
            // child
  kZone,  // development zone counted like a county by statistics, not a division by law
};

// Text lives as long as the Divisions that it comes from.
struct Division : LookupName {
  std::string_view code;  // 6 digits down to counties, 9 for towns, 12 for villages
  Level level = Level::kProvince;
  Kind kind = Kind::kRegular;
  bool schematic = false;  // `point` is a mere hint, near the seat of the county
  std::optional<LngLat> point;
  Validity valid;
};

}  // namespace anlan::division
