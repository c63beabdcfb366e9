#pragma once
// Authenticated encryption: SM4-CTR (GB/T 32907), then HMAC-SM3 over it. The form is in docs/journal-format.md,
// "Personal data".

#include <array>
#include <optional>
#include <string_view>

#include "base/random.h"
#include "platform/crypto/encoding.h"

namespace anlan::crypto {

using Key = std::array<std::byte, 32>;

// What sealing adds to the length: form, IV and check value.
inline constexpr std::size_t kSealOverhead = 1 + 16 + 32;

Key random_key(Random&);

// `context` is not stored, but must be the same when opened: the name of the place where the text belongs.
Bytes seal(const Key&, std::string_view context, std::span<const std::byte> plain, Random&);

// nullopt where the key or the context is another one, or a byte was changed.
std::optional<Bytes> unseal(const Key&, std::string_view context, std::span<const std::byte> sealed);

}  // namespace anlan::crypto
