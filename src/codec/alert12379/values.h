#pragma once
// The simple values of the 12379 form.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/alert12379/alert.h"
#include "codec/cap/values.h"

namespace anlan::alert12379 {

// "2020-02-05 10:45:00+08:00" (§6.2); a T in place of the space is taken too. Of the years 1970 to
// 9998.
std::optional<Instant> time(std::string_view);
std::string time_text(Instant);

// A polygon, closed or not: pairs "lat,lon" or "lon,lat" parted by spaces. At least two points; a closed one four.
cap::Shape<std::vector<LngLat>> points(std::string_view);
// A pair and a radius in metres, parted by a space.
cap::Shape<Circle> circle(std::string_view);

// Divisions of 6, 9 or 12 digits, parted by commas of either width; each once, in their order. The fault is "division".
cap::Shape<std::vector<std::string>> divisions(std::string_view);

bool is_event_type(std::string_view);

}  // namespace anlan::alert12379
