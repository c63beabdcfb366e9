// Alerts from anywhere: see codec/cap/reading.h for what is promised of them.

#include <algorithm>
#include <cmath>

#include "codec/cap/candidate.h"
#include "codec/cap/reading.h"
#include "hostile.h"

namespace {

void require_ring(const anlan::Ring& ring) {
  anlan::require(ring.size() >= 4 && ring.front() == ring.back(), "a ring is closed");
  for (const anlan::LngLat& point : ring)
    anlan::require(std::isfinite(point.lng) && std::isfinite(point.lat), "a place is a pair of numbers");
}

void require_places(const anlan::cap::Candidate& desk) {
  for (const anlan::Ring& ring : desk.rings) require_ring(ring);
  for (const anlan::cap::CircleArea& circle : desk.circles)
    if (!circle.ring.empty()) require_ring(circle.ring);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const cap::Reading reading = cap::read(text_of(data, size));
  const bool only_doubts = std::all_of(reading.errors.begin(), reading.errors.end(),
                                       [](const cap::Error& e) { return e.kind == cap::ErrorClass::kMeaning; });
  require((reading.kind == cap::Kind::kValid) == (only_doubts && reading.well_formed), "valid means without errors");
  require((reading.kind == cap::Kind::kValid) || !reading.errors.empty(), "what is not valid says why");
  const std::string line = cap::line("a.xml", reading, [](std::string_view) { return "{element} {value} {expected}"; });
  require(line.find('\n') == std::string::npos, "one line a file");
  require(cap::to_json(reading.alert).ends_with('}'), "whatever was read can be written");
  require_places(cap::candidate(reading.alert));
  return 0;
}
