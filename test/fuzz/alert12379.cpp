// Warnings of the national form from anywhere: see codec/alert12379/reading.h for what is promised of them.

#include <algorithm>

#include "codec/alert12379/reading.h"
#include "codec/cap/candidate.h"
#include "hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const alert12379::Reading reading = alert12379::read(text_of(data, size));
  const bool only_doubts = std::all_of(reading.errors.begin(), reading.errors.end(),
                                       [](const cap::Error& e) { return e.kind == cap::ErrorClass::kMeaning; });
  require((reading.kind == cap::Kind::kValid) == (only_doubts && reading.well_formed), "valid means without errors");
  require((reading.kind == cap::Kind::kValid) || !reading.errors.empty(), "what is not valid says why");
  const cap::Alert as_cap = alert12379::as_cap(reading.alert);
  require(cap::to_json(as_cap).ends_with('}'), "whatever was read can be shown");
  for (const Ring& ring : cap::candidate(as_cap).rings)
    require(ring.size() >= 4 && ring.front() == ring.back(), "a ring is closed");
  require(alert12379::file_name(reading.alert).ends_with(".xml"), "it has a name");
  const auto written = alert12379::write(reading.alert);
  if (written) require(alert12379::read(*written).errors.empty(), "what goes out raises no doubt");
  // An attribute is the one doubt that is not carried over, so an alert without any is written and read as it was.
  if (reading.kind == cap::Kind::kValid && reading.errors.empty()) {
    require(written.ok(), "what raises no doubt goes out");
    require(alert12379::read(*written).alert == reading.alert, "and is read as it was");
  }
  return 0;
}
