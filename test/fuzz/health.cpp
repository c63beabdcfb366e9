// What another node says of how it is, as it lies on the line: see federation/health.h.

#include "federation/health.h"

#include "codec/json_write.h"
#include "hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const auto read = federation::health_in(text_of(data, size));
  if (!read) return 0;
  require(std::ssize(read->below) <= federation::kMostBelow, "no more nodes than may be");
  const std::string first = json::to_text(*read);
  const auto again = federation::health_in(first);
  require(again.has_value() || first.size() > federation::kMostHealthBytes, "what was written can be read");
  require(!again || json::to_text(*again) == first, "written twice it is the same");
  const auto moved = federation::by_clock_ahead(federation::by_clock_ahead(*read, Minutes{3}), -Minutes{3});
  require(json::to_text(moved) == first, "moved there and back it is the same");
  return 0;
}
