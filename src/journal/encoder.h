#pragma once
// The encoding under every hash of the journal: fields, each after its length in four bytes, big endian, so that no two
// lists of fields have the same bytes. docs/journal-format.md, "The hash".

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "journal/fact.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {

// The first field says what is hashed: a word that nothing else begins with.
class Encoder {
 public:
  explicit Encoder(std::string_view word) { add(word); }

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

}  // namespace anlan::journal
