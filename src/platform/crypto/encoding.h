#pragma once
// Bytes as text, and comparing secrets.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::crypto {

using Bytes = std::vector<std::byte>;

std::string to_hex(std::span<const std::byte>);         // lower case
std::optional<Bytes> from_hex(std::string_view);        // either case; nullopt for anything else
std::string to_base64url(std::span<const std::byte>);   // RFC 4648 section 5, without padding
std::optional<Bytes> from_base64url(std::string_view);  // without padding

// Whether the bytes are the same, in a time that tells nothing but their length.
bool equal_in_constant_time(std::span<const std::byte>, std::span<const std::byte>);

inline std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }
inline std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace anlan::crypto
