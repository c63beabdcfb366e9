#pragma once
// Bytes made smaller for a line, in zlib's form (RFC 1950).

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace anlan::deflate {

std::string pack(std::string_view bytes);

// Of bytes from anywhere. nullopt for what pack() does not make, where something follows it, and where more than `most`
// bytes would come out: memory is taken in proportion to what came out so far, never for what was promised.
std::optional<std::string> unpack(std::string_view packed, std::size_t most);

}  // namespace anlan::deflate
