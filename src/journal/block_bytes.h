#pragma once
// A part of a block as bytes, for a line or a file. docs/journal-format.md, "Blocks", "As bytes".

#include <optional>
#include <string>
#include <string_view>

#include "journal/block.h"

namespace anlan::journal {

// What is longer is not read.
inline constexpr std::size_t kMostPartBytes = 16 << 20;
inline constexpr std::size_t kMostBodyBytes = 1 << 20;
inline constexpr std::size_t kMostTextBytes = 64 << 10;  // of each other text of a fact, and of a node's name

// Of a part whose facts and hashes fit its header (runs_of()). Its limits are those of who reads it.
std::string to_bytes(const Part&);

// Of bytes from anywhere. nullopt for all that to_bytes() does not make; a Part that holds texts of valid UTF-8 without
// NUL, moments of the years 1 to 9999 and a well_formed() header, and need not hold() otherwise. Takes memory in
// proportion to the bytes.
std::optional<Part> part_in(std::string_view bytes);

}  // namespace anlan::journal
