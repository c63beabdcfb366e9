#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace anlan {

bool blank(std::string_view utf8) {
  using namespace std::string_view_literals;
  // No-break space, soft hyphen, U+2000 to U+200F, U+2028, U+2029, U+202F, word joiner, ideographic space, byte order
  // mark.
  constexpr std::array kWide{"\u00a0"sv, "\u00ad"sv, "\u2000"sv, "\u2001"sv, "\u2002"sv, "\u2003"sv,
                             "\u2004"sv, "\u2005"sv, "\u2006"sv, "\u2007"sv, "\u2008"sv, "\u2009"sv,
                             "\u200a"sv, "\u200b"sv, "\u200c"sv, "\u200d"sv, "\u200e"sv, "\u200f"sv,
                             "\u2028"sv, "\u2029"sv, "\u202f"sv, "\u2060"sv, "\u3000"sv, "\ufeff"sv};
  while (!utf8.empty()) {
    const auto c = static_cast<unsigned char>(utf8.front());
    if (c <= ' ' || c == 0x7F) {
      utf8.remove_prefix(1);
      continue;
    }
    const auto* wide = std::ranges::find_if(kWide, [&](std::string_view w) { return utf8.starts_with(w); });
    if (wide == kWide.end()) return false;
    utf8.remove_prefix(wide->size());
  }
  return true;
}

std::int64_t code_points(std::string_view utf8) {
  std::int64_t n = 0;
  for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += lower(c);
  return out;
}

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto first = static_cast<unsigned char>(bytes.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size == 0 || first > 0xF4 || bytes.size() < size) return false;
    for (std::size_t i = 1; i < size; ++i) {
      const auto next = static_cast<unsigned char>(bytes[i]);
      // The first byte behind some leading ones is bounded more narrowly: Unicode 15.0, table 3-7.
      const bool second = i == 1;
      const unsigned least = second && first == 0xE0 ? 0xA0 : second && first == 0xF0 ? 0x90 : 0x80;
      const unsigned most = second && first == 0xED ? 0x9F : second && first == 0xF4 ? 0x8F : 0xBF;
      if (next < least || next > most) return false;
    }
    bytes.remove_prefix(size);
  }
  return true;
}

std::size_t control(std::string_view utf8) {
  using namespace std::string_view_literals;
  constexpr std::array kTurning{"\u202a"sv, "\u202b"sv, "\u202c"sv, "\u202d"sv, "\u202e"sv,
                                "\u2066"sv, "\u2067"sv, "\u2068"sv, "\u2069"sv};
  if (utf8.empty()) return 0;
  const auto c = static_cast<unsigned char>(utf8.front());
  if (c < 0x80) return (c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7F ? 1 : 0;
  if (c != 0xE2) return 0;  // as all that turn begin, and little else
  const auto* found = std::ranges::find_if(kTurning, [&](std::string_view t) { return utf8.starts_with(t); });
  return found == kTurning.end() ? 0 : found->size();
}

std::string without_controls(std::string_view utf8) {
  std::string out;
  while (!utf8.empty()) {
    const std::size_t size = control(utf8);
    if (size == 0) out += utf8.front();
    utf8.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return out;
}

bool is_id(std::string_view text) {
  const auto plain = [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '-' || c == '_'); };
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, plain);
}

}  // namespace anlan
