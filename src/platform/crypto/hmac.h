#pragma once
// HMAC-SHA256 (RFC 2104, FIPS 180-4): what two sides that share a secret tell each other apart by.

#include <array>
#include <string>
#include <string_view>

#include "platform/crypto/encoding.h"

namespace anlan::crypto {

using Hmac = std::array<std::byte, 32>;

Hmac hmac_sha256(std::string_view secret, std::string_view text);

// RFC 4648 section 4, with padding.
std::string to_base64(std::span<const std::byte>);

}  // namespace anlan::crypto
