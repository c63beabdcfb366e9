#include "command/drawn.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/polygon.h"

namespace anlan::command {
namespace {

// As far from a town's point as its remotest corner may lie; the radius of a circle around the largest of cities.
constexpr double kNear_m = 15'000, kWidest_m = 100'000;

using Towns = std::vector<const division::Division*>;

// Those in a division whose points are known.
void add_located(const division::Divisions& divisions, std::string_view code, Towns& to) {
  for (const auto* part : divisions.children(code)) {
    if (part->level < division::Level::kTown)
      add_located(divisions, part->code, to);
    else if (part->point)
      to.push_back(part);
  }
}

// All around the organisation: of its province, or of its division where that has none.
Towns towns_around(const division::Divisions& divisions, std::string_view code) {
  const auto* at = divisions.find(code);
  while (at && divisions.parent(*at)) at = divisions.parent(*at);
  Towns towns;
  if (at) add_located(divisions, at->code, towns);
  return towns;
}

bool lies_in(const warning::Area& area, LngLat point) {
  return std::ranges::any_of(area.rings, [&](const Ring& ring) { return contains(ring, point); }) ||
         std::ranges::any_of(area.circles, [&](const warning::Circle& circle) {
           return distance_m(circle.center, point) <= circle.radius_m;
         });
}

bool lies_near(const warning::Area& area, LngLat point) {
  const auto near = [&](const Ring& ring) {
    const auto nearest = geo::nearest(ring, point);
    return nearest && nearest->distance_m <= kNear_m;
  };
  return std::ranges::any_of(area.rings, near) || std::ranges::any_of(area.circles, [&](const warning::Circle& circle) {
           return distance_m(circle.center, point) <= circle.radius_m + kNear_m;
         });
}

// People of its own are there, whatever the audience is.
bool has_people(const Unit& unit, const warning::Area& area) {
  warning::Content content;
  content.area.rings = area.rings;
  content.area.circles = area.circles;
  return unit.people(content) > 0;
}

Refusal outside(const warning::Area& area, const division::Divisions& divisions, const division::Division* there) {
  const bool ring = !area.rings.empty();
  const LngLat at = ring ? area.rings.front().front() : area.circles.front().center;
  return refuse(RefusalKind::kRule, "warning.outside", ring ? "content.area.rings" : "content.area.circles",
                {{"value", there ? divisions.path(*there) : fmt::format("{:.4f}, {:.4f}", at.lng, at.lat)}});
}

}  // namespace

std::optional<Refusal> check_drawn(const Unit& unit, const warning::Area& area) {
  if (warning::area_fault(area)) return std::nullopt;  // the domain says so
  if (std::ranges::any_of(area.circles, [](const warning::Circle& c) { return c.radius_m > kWidest_m; }))
    return refuse(RefusalKind::kRule, "warning.area_wide", "content.area.circles",
                  {{"limit", fmt::format("{:.0f}", kWidest_m / 1000)}});
  if (area.rings.empty() && area.circles.empty()) return std::nullopt;
  const auto& divisions = unit.reference().divisions;
  const auto* issuer = unit.directory().organisations.organisation(unit.actor().organisation);
  if (!issuer) return std::nullopt;
  Towns others = towns_around(divisions, issuer->division), own;
  std::erase_if(others, [&](const division::Division* town) {
    const bool inside = divisions.inside(town->code, issuer->division);
    if (inside) own.push_back(town);
    return inside;
  });
  const auto in = [&](const division::Division* town) { return lies_in(area, *town->point); };
  if (own.empty() || std::ranges::any_of(own, in) || has_people(unit, area)) return std::nullopt;
  const auto there = std::ranges::find_if(others, in);
  if (there != others.end()) return outside(area, divisions, *there);
  const auto near = [&](const division::Division* town) { return lies_near(area, *town->point); };
  if (std::ranges::any_of(own, near)) return std::nullopt;
  return outside(area, divisions, nullptr);
}

}  // namespace anlan::command
