#include "sheet/fold.h"

#include <algorithm>

#include "base/text.h"

namespace anlan::sheet {
namespace {

// As blank() of base/text.h has them.
constexpr std::u32string_view kBlanks =
    U" \t\r\n\v\f\u00a0\u00ad\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
    U"\u200e\u200f\u2028\u2029\u202f\u2060\u3000\ufeff";

// Full-width round and square ones are narrow by then.
bool opens(char32_t c) { return c == U'(' || c == U'[' || c == U'【' || c == U'〔' || c == U'{'; }
bool closes(char32_t c) { return c == U')' || c == U']' || c == U'】' || c == U'〕' || c == U'}'; }

// One byte of what is no UTF-8 stands for itself, so that reading goes on behind it.
char32_t character_at(std::string_view utf8, std::size_t& at) {
  const auto first = static_cast<unsigned char>(utf8[at]);
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (size == 1 || at + size > utf8.size() || !is_utf8(utf8.substr(at, size))) {
    ++at;
    return size == 1 ? first : U'\ufffd';
  }
  char32_t c = first & (0xFF >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) c = c << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3F);
  at += size;
  return c;
}

}  // namespace

std::u32string characters_of(std::string_view utf8) {
  std::u32string characters;
  for (std::size_t at = 0; at < utf8.size();) characters += character_at(utf8, at);
  return characters;
}

std::string utf8_of(std::u32string_view characters) {
  std::string utf8;
  for (const char32_t c : characters) {
    const auto tail = [&](int shift) { utf8 += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
    if (c < 0x80) {
      utf8 += static_cast<char>(c);
    } else if (c < 0x800) {
      utf8 += static_cast<char>(0xC0 | c >> 6), tail(0);
    } else if (c < 0x10000) {
      utf8 += static_cast<char>(0xE0 | c >> 12), tail(6), tail(0);
    } else {
      utf8 += static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0);
    }
  }
  return utf8;
}

char32_t narrow(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + U'!';
  if (c == 0x3000 || c == 0x00A0) return U' ';
  return c;
}

std::u32string narrow(std::string_view utf8) {
  if (is_plain(utf8)) return {utf8.begin(), utf8.end()};
  std::u32string characters = characters_of(utf8);
  for (char32_t& c : characters) c = narrow(c);
  return characters;
}

bool is_blank(char32_t c) { return kBlanks.find(c) != kBlanks.npos; }

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

std::string trimmed(std::string_view utf8) {
  if (is_plain(utf8)) {
    const std::size_t first = utf8.find_first_not_of(' ');
    return first == utf8.npos ? "" : std::string(utf8.substr(first, utf8.find_last_not_of(' ') - first + 1));
  }
  return utf8_of(trimmed(std::u32string_view(characters_of(without_controls(utf8)))));
}

std::string excerpt(std::u32string_view text) {
  constexpr std::size_t kMost = 60;
  return utf8_of(text.substr(0, kMost)) + (text.size() > kMost ? "…" : "");
}

std::string excerpt(std::string_view utf8) { return excerpt(characters_of(utf8.substr(0, 400))); }

// Blanks part nothing: names of people and places hold them.
std::vector<std::string> pieces_of(std::string_view utf8) {
  constexpr std::u32string_view kBetween = U"、，,；;/\n\r";
  const std::u32string text = characters_of(without_controls(utf8));
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    const auto piece = trimmed(std::u32string_view(text).substr(at, end - at));
    if (!piece.empty()) pieces.push_back(utf8_of(piece));
    at = end + 1;
  }
  return pieces;
}

// Brackets that are never closed hide the rest of the label: "名称（" is "名称".
std::string comparable(std::string_view label) {
  std::u32string kept;
  int depth = 0;
  for (char32_t c : narrow(label)) {
    if (opens(c)) ++depth;
    if (depth == 0 && !closes(c) && !is_blank(c) && c != U'*' && c != U':' && c != U'★' && c != U'※')
      kept += c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
    if (closes(c) && depth > 0) --depth;
  }
  return utf8_of(kept);
}

// The last, since the unit comes behind other remarks: "面积（不含公摊）（㎡）".
std::string in_brackets(std::string_view label) {
  const std::u32string text = narrow(label);
  for (std::size_t end = text.size(); end-- > 0;) {
    if (!closes(text[end])) continue;
    for (std::size_t begin = end; begin-- > 0;)
      if (opens(text[begin])) return utf8_of(trimmed(std::u32string_view(text).substr(begin + 1, end - begin - 1)));
  }
  return {};
}

}  // namespace anlan::sheet
