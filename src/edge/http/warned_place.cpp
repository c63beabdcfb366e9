#include "edge/http/warned_place.h"

#include <algorithm>

#include "geo/polygon.h"

namespace anlan::edge {
namespace {

// Metres; 0 inside.
double distance_of(const Ring& ring, LngLat point) {
  if (contains(ring, point)) return 0;
  const auto nearest = geo::nearest(ring, point);
  return nearest ? nearest->distance_m : kNear_m + 1;
}

Warned by_drawing(const warning::Area& area, LngLat point) {
  double nearest = kNear_m + 1;
  for (const Ring& ring : area.rings) nearest = std::min(nearest, distance_of(ring, point));
  for (const auto& circle : area.circles)
    nearest = std::min(nearest, std::max(0.0, distance_m(circle.center, point) - circle.radius_m));
  return nearest <= 0 ? Warned::kYes : nearest <= kNear_m ? Warned::kPartly : Warned::kNo;
}

// Nobody is warned where all that lies in it is not.
Warned by_parts(const warning::Area& area, const division::Divisions& divisions, const division::Division& place) {
  if (place.level >= division::Level::kTown) return place.point ? by_drawing(area, *place.point) : Warned::kPartly;
  const auto parts = divisions.children(place.code);
  const bool any = parts.empty() || std::ranges::any_of(parts, [&](const division::Division* part) {
                     return by_parts(area, divisions, *part) != Warned::kNo;
                   });
  return any ? Warned::kPartly : Warned::kNo;
}

}  // namespace

Warned warned(const warning::Area& area, const command::Reference& reference, const division::Division& place) {
  const auto& divisions = reference.divisions;
  Warned found = Warned::kNo;
  for (const std::string& code : area.divisions) {
    if (divisions.inside(place.code, code)) return Warned::kYes;
    if (divisions.inside(code, place.code)) found = Warned::kPartly;
  }
  if (area.rings.empty() && area.circles.empty()) return found;
  return std::max(found, by_parts(area, divisions, place));
}

Warned warned_by(std::string_view issuer, const warning::Area& area, const command::Reference& reference,
                 const division::Division& place) {
  const auto& divisions = reference.divisions;
  if (divisions.inside(place.code, issuer)) return warned(area, reference, place);
  const auto* part = divisions.inside(issuer, place.code) ? divisions.find(issuer) : nullptr;
  return part ? std::min(Warned::kPartly, warned(area, reference, *part)) : Warned::kNo;
}

std::string_view division_of_issuer(const warning::Warning& w, const state::Directory& directory,
                                    const command::Reference& reference) {
  const auto* issuer = directory.organisations.organisation(w.organisation);
  return issuer ? issuer->division : reference.division;
}

}  // namespace anlan::edge
