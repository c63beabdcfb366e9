#pragma once
// What people type.

#include <cstdint>
#include <string>
#include <string_view>

namespace anlan {

// Nothing that could be read: empty, or blanks of any width (U+3000 among them), line ends and characters without form.
bool blank(std::string_view utf8);

// How many there are, of any width.
std::int64_t code_points(std::string_view utf8);

// At most 40 letters and digits of ASCII, '-' and '_': what names a thing for good and may stand in the name of a
// stream.
bool is_id(std::string_view text);

// Letters of ASCII made small ones; all else stays.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lower(std::string_view text);

// Whether the bytes are text at all: the shortest form of each character, no surrogates, nothing beyond U+10FFFF.
bool is_utf8(std::string_view bytes);

// What no text of a person holds: control characters other than tab and line ends, and U+202A to U+202E and U+2066 to
// U+2069, which turn the direction of what follows, so that it shows other words than it holds. The bytes of the one
// that the text begins with, 0 where it begins with none.
std::size_t control(std::string_view utf8);

// The text without them, for what comes from outside and is not refused.
std::string without_controls(std::string_view utf8);

}  // namespace anlan
