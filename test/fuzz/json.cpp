// Bodies of requests: what is read is written and read again as the same text.

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "domain/incident/commands.h"
#include "hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const auto read = json::from_text<incident::TakeDown>(text_of(data, size));
  if (!read.ok()) {
    require(!read.error().empty(), "a refused body says why");
    return 0;
  }
  std::string first, second;
  json::write(first, *read);
  const auto again = json::from_text<incident::TakeDown>(first);
  require(again.ok(), "what was written can be read");
  json::write(second, *again);
  require(first == second, "written twice it is the same");
  return 0;
}
