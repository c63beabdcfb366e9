#pragma once
// Longitude and latitude as Chinese maps give them: CGCS2000, and the two forms that they are shifted into for maps in
// public (GCJ-02 of AMap and Tencent, BD-09 of Baidu). Everything inside Anlan is CGCS2000; the others exist at its
// borders alone. Pure; thread safe.

#include <array>
#include <string_view>
#include <utility>

#include "base/geometry.h"

namespace anlan::geo {

enum class Datum { kCgcs2000, kGcj02, kBd09 };

constexpr auto names_of(Datum) {
  using P = std::pair<Datum, std::string_view>;
  return std::array{P{Datum::kCgcs2000, "cgcs2000"}, P{Datum::kGcj02, "gcj02"}, P{Datum::kBd09, "bd09"}};
}

// Outside of China (a rectangle around it) both are the same place. There and back differs by less than 0.5 m.
LngLat from_cgcs2000(LngLat, Datum);
LngLat to_cgcs2000(LngLat, Datum);

}  // namespace anlan::geo
