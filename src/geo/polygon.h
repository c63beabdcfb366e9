#pragma once
// What is asked of the area of a warning before its contacts are.

#include <optional>
#include <span>
#include <vector>

#include "geo/shapes.h"

namespace anlan::geo {

// Where a ring crosses or touches itself, to within rounding; nothing where it does not. That it does is found exactly,
// in n log n. A vertex repeated at once counts as one; of a ring with a vertex that is no place nothing is said.
std::optional<LngLat> crossing(const Ring& ring);

// Three corners or more, all of them places, and no crossing.
bool is_simple(const Ring& ring);

// Square kilometres on the ellipsoid of CGCS2000, without the holes. For simple rings; edges of some degrees lose a
// millionth.
double area_km2(const Polygon& polygon);

// The smallest box that has all outer rings in it or on its sides; nothing where there is no vertex, or one that is no
// place.
std::optional<Box> bounds(std::span<const Polygon> polygons);

struct Nearest {
  LngLat place;  // on the line
  double distance_m = 0;
};

// The place of a line, or of a ring's outline, that is nearest to `from`: to a hundredth of the distance within 100 km.
// Nothing of an empty line.
std::optional<Nearest> nearest(std::span<const LngLat> line, LngLat from);

// All places within half of `width_m` of a line, a river's reach perhaps, with round ends: nothing less, and at its
// broadest 3 % more (up to 55 degrees of latitude). A polygon for each half degree of latitude or so that the line runs
// through; neighbours overlap. Empty where the width is not above 0, or a point of the line is no place.
std::vector<Polygon> corridor(std::span<const LngLat> line, double width_m);

}  // namespace anlan::geo
