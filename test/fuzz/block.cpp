// Parts of blocks from another node: see journal/block_bytes.h for what is promised of them.

#include <vector>

#include "hostile.h"
#include "journal/block_bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const std::string_view bytes = text_of(data, size);
  const auto part = journal::part_in(bytes);
  if (!part) return 0;
  require(journal::well_formed(part->block.header), "a header is one that a node may make");
  require(journal::to_bytes(*part) == bytes, "there is one form of a part");
  std::vector<std::int64_t> every_second;
  for (std::size_t i = 0; i < part->facts.size(); i += 2) every_second.push_back(part->facts[i].node_sequence);
  const auto less = journal::narrowed(*part, every_second);
  require(less.has_value(), "whatever was read can be narrowed");
  require(journal::holds(*less) == journal::holds(*part), "and holds as it held before");
  require(journal::part_in(journal::to_bytes(*less)).has_value(), "what was written can be read");
  return 0;
}
