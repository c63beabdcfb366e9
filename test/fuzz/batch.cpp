// Batches of facts from another node, as they lie on the line and unpacked: see federation/batch.h.

#include "federation/batch.h"

#include "hostile.h"
#include "platform/deflate/deflate.h"

namespace {

void look_at(std::string_view bytes) {
  using namespace anlan;
  const auto batch = federation::batch_in(bytes);
  if (!batch) return;
  require(batch->after <= batch->upto, "a batch goes forward");
  std::size_t facts = 0;
  for (const auto& part : batch->parts) facts += part.facts.size();
  require(batch->order.size() == facts, "each fact has its place in the order");
  const auto again = federation::batch_in(federation::to_bytes(*batch));
  require(again && again->order == batch->order && again->sender == batch->sender, "what was read can be written");
  const auto nobody = [](const std::string&) { return std::optional<std::string>(); };
  require(batch->parts.empty() || !federation::proved(*batch, nobody).ok(), "nobody known proves nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = anlan::text_of(data, size);
  look_at(bytes);
  look_at(anlan::deflate::pack(bytes));
  return 0;
}
