#include "journal/fact_hash.h"

#include <algorithm>

#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

// Fields, each after its length in four bytes.
// Lengths are big endian, as docs/journal-format.md says.
class Encoder {
 public:
  Encoder& add(std::span<const std::byte> bytes) {
    put<4>(bytes.size());
    sm3_.update(bytes);
    return *this;
  }
  Encoder& add(std::string_view text) { return add(std::as_bytes(std::span(text))); }
  Encoder& add(std::int64_t number) {
    put<4>(8);
    put<8>(static_cast<std::uint64_t>(number));
    return *this;
  }
  Hash finish() { return sm3_.finish(); }

 private:
  template <int kBytes>
  void put(std::uint64_t value) {
    std::array<std::byte, kBytes> raw;
    for (int i = 0; i < kBytes; ++i) raw[i] = static_cast<std::byte>(value >> (8 * (kBytes - 1 - i)));
    sm3_.update(raw);
  }

  crypto::Sm3 sm3_;
};

}  // namespace

Hash hash_of(const Fact& fact) {
  return Encoder()
      .add("anlan.fact.1")
      .add(fact.previous_hash)
      .add(fact.position)
      .add(fact.node)
      .add(fact.node_sequence)
      .add(fact.stream)
      .add(fact.version)
      .add(fact.type)
      .add(to_ms(fact.occurred_at))
      .add(to_ms(fact.recorded_at))
      .add(fact.actor)
      .add(fact.cause)
      .add(fact.world)
      .add(fact.body)
      .finish();
}

Hash hash_of(std::string_view actor, std::string_view key, const Answer& answer) {
  return Encoder()
      .add("anlan.answer.1")
      .add(actor)
      .add(key)
      .add(answer.status)
      .add(answer.body)
      .add(answer.position)
      .add(answer.digest)
      .finish();
}

// A column of another length becomes a hash that no fact has, so verifying names it instead of stopping.
Hash hash_in(std::span<const std::byte> column) {
  Hash hash;
  hash.fill(std::byte{0xff});
  if (column.size() == hash.size()) std::ranges::copy(column, hash.begin());
  return hash;
}

}  // namespace anlan::journal
