// Alerts from anywhere: see codec/cap/reading.h for what is promised of them.

#include <algorithm>

#include "codec/cap/reading.h"
#include "hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const cap::Reading reading = cap::read(text_of(data, size));
  const bool only_doubts = std::all_of(reading.errors.begin(), reading.errors.end(),
                                       [](const cap::Error& e) { return e.kind == cap::ErrorClass::kMeaning; });
  require((reading.kind == cap::Kind::kValid) <= only_doubts, "a valid alert has no errors");
  require((reading.kind == cap::Kind::kInvalid) <= !reading.errors.empty(), "an invalid alert says why");
  const std::string line = cap::line("a.xml", reading, [](std::string_view key) { return std::string(key); });
  require(line.find('\n') == std::string::npos, "one line a file");
  return 0;
}
