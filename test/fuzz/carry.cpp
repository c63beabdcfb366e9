// A file that was carried from another node, as its receiver reads it before anything is proved: see
// federation/carry_bytes.h. No bytes may hold it longer or take more memory than they are long.

#include "federation/carry_bytes.h"
#include "hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const std::string_view bytes = text_of(data, size);
  std::size_t at = 0;
  federation::CarryFields fields([&](std::size_t most) {
    std::string piece(bytes.substr(at, most));
    at += piece.size();
    return piece;
  });
  const auto head = fields.head();
  if (!head) {
    require(fields.fault() != federation::CarryFault::kNone, "what cannot be read has a fault");
    require(!fields.record() && !fields.signature(), "nothing is read behind a fault");
    return 0;
  }
  std::string again = federation::to_bytes(*head);
  require(bytes.starts_with(again), "a head has one form");
  for (auto record = fields.record(); record; record = fields.record()) {
    again += federation::to_field(*record);
    if (record->empty()) break;
  }
  const auto signature = fields.signature();
  if (!signature) return 0;
  require(fields.digest() == crypto::sm3(again), "what is signed is all that was read");
  require(bytes == again + federation::to_field(*signature), "there is one form of each file");
  return 0;
}
