#include "geo/datum.h"

#include <cmath>
#include <numbers>

namespace anlan::geo {
namespace {

using std::numbers::pi;

// The ellipsoid of Krasovsky, as the published formula has it.
constexpr double kAxis = 6378245.0, kEccentricity2 = 0.00669342162296594323;
constexpr double kBaiduTurn = pi * 3000.0 / 180.0;

// A rectangle: places of neighbours inside of it are shifted too, as on those maps.
bool is_shifted(LngLat p) { return p.lng >= 72.004 && p.lng <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271; }

double wave(double x) { return 20 * std::sin(6 * x * pi) + 20 * std::sin(2 * x * pi); }

// How far a place is moved, in metres, from its distance to 105° E 35° N in degrees.
LngLat metres(double x, double y) {
  const double lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x)) +
                     (wave(x) + 20 * std::sin(y * pi) + 40 * std::sin(y / 3 * pi) + 160 * std::sin(y / 12 * pi) +
                      320 * std::sin(y * pi / 30)) *
                         2 / 3;
  const double lng = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) +
                     (wave(x) + 20 * std::sin(x * pi) + 40 * std::sin(x / 3 * pi) + 150 * std::sin(x / 12 * pi) +
                      300 * std::sin(x / 30 * pi)) *
                         2 / 3;
  return {lng, lat};
}

LngLat gcj02_of(LngLat p) {
  if (!is_shifted(p)) return p;
  const LngLat shift = metres(p.lng - 105, p.lat - 35);
  const double angle = p.lat * pi / 180, s = std::sin(angle), m = 1 - kEccentricity2 * s * s;
  const double along_meridian = kAxis * (1 - kEccentricity2) / (m * std::sqrt(m)) * pi / 180;
  const double along_parallel = kAxis / std::sqrt(m) * std::cos(angle) * pi / 180;
  return {p.lng + shift.lng / along_parallel, p.lat + shift.lat / along_meridian};
}

// Nothing inverts the formula exactly; the shift changes so slowly that each round leaves a thousandth of the error.
LngLat of_gcj02(LngLat shifted) {
  LngLat p = shifted;
  for (int round = 0; round < 5; ++round) {
    const LngLat again = gcj02_of(p);
    p = {p.lng - (again.lng - shifted.lng), p.lat - (again.lat - shifted.lat)};
  }
  return is_shifted(p) ? p : shifted;
}

// Turned and stretched around the origin of degrees.
LngLat bd09_of_gcj02(LngLat p) {
  const double far = std::hypot(p.lng, p.lat) + 0.00002 * std::sin(p.lat * kBaiduTurn);
  const double angle = std::atan2(p.lat, p.lng) + 0.000003 * std::cos(p.lng * kBaiduTurn);
  return {far * std::cos(angle) + 0.0065, far * std::sin(angle) + 0.006};
}

// As published, and as every other program has it: off by at most 0.23 m.
LngLat gcj02_of_bd09(LngLat p) {
  const double x = p.lng - 0.0065, y = p.lat - 0.006;
  const double far = std::hypot(x, y) - 0.00002 * std::sin(y * kBaiduTurn);
  const double angle = std::atan2(y, x) - 0.000003 * std::cos(x * kBaiduTurn);
  return {far * std::cos(angle), far * std::sin(angle)};
}

}  // namespace

LngLat from_cgcs2000(LngLat place, Datum datum) {
  if (datum == Datum::kCgcs2000 || !is_shifted(place)) return place;
  const LngLat gcj = gcj02_of(place);
  return datum == Datum::kGcj02 ? gcj : bd09_of_gcj02(gcj);
}

LngLat to_cgcs2000(LngLat place, Datum datum) {
  if (datum == Datum::kCgcs2000 || !is_shifted(place)) return place;
  return of_gcj02(datum == Datum::kGcj02 ? place : gcj02_of_bd09(place));
}

}  // namespace anlan::geo
