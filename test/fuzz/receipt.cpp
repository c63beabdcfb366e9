// What a platform outside of all nodes answers, and what a file of receipts holds: see edge/outside/receipt.h.

#include "edge/outside/receipt.h"

#include "hostile.h"

namespace {

void look_at(const std::optional<anlan::edge::outside::Receipts>& receipts) {
  if (!receipts) return;
  anlan::require(receipts->items.size() <= anlan::edge::outside::kMostReceipts, "no more than were asked for");
  anlan::require(receipts->next.find_first_of(" \r\n/?&#%") == std::string::npos, "a cursor can stand in an address");
  for (const auto& one : receipts->items) anlan::require(one.version >= 0, "versions are counted");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan::edge::outside;
  const std::string_view bytes = anlan::text_of(data, size);
  look_at(receipts_in_answer(bytes));
  look_at(receipts_in_list(bytes));
  look_at(receipts_in_file(bytes));
  return 0;
}
