// Any bytes as a CAP alert: no crash, and what the reading promises holds.

#include <cmath>

#include "base/result.h"
#include "codec/cap/candidate.h"
#include "codec/cap/reading.h"
#include "hostile.h"

namespace cap = anlan::cap;

namespace {

void check_ring(const anlan::Ring& ring) {
  ANLAN_ASSERT(ring.size() >= 4 && ring.front() == ring.back());
  for (const anlan::LngLat& point : ring) ANLAN_ASSERT(std::isfinite(point.lng) && std::isfinite(point.lat));
}

void check(const cap::Reading& reading) {
  bool breaks = !reading.well_formed;
  for (const cap::Error& error : reading.errors) {
    ANLAN_ASSERT(!error.code.empty() && error.line >= 0);
    breaks = breaks || error.kind != cap::ErrorClass::kMeaning;
  }
  ANLAN_ASSERT((reading.kind == cap::Kind::kValid) == !breaks);
  const std::string line = cap::line("f", reading, [](std::string_view) { return "{element} {value} {expected}"; });
  ANLAN_ASSERT(line.find('\n') == line.npos);
  ANLAN_ASSERT(cap::to_json(reading.alert).ends_with('}'));
  const cap::Candidate desk = cap::candidate(reading.alert);
  for (const anlan::Ring& ring : desk.rings) check_ring(ring);
  for (const cap::CircleArea& circle : desk.circles)
    if (!circle.ring.empty()) check_ring(circle.ring);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(cap::read(anlan::text_of(data, size), 1 << 16));
  return 0;
}
