#include "base/contained.h"

#include <algorithm>
#include <cstdint>

namespace anlan {
namespace {

// One code point from the front of a text that is UTF-8.
char32_t take(std::string_view& utf8) {
  const auto first = static_cast<unsigned char>(utf8.front());
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t point = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i < std::min(size, utf8.size()); ++i)
    point = point << 6U | (static_cast<unsigned char>(utf8[i]) & 0x3FU);
  utf8.remove_prefix(std::min(size, utf8.size()));
  return point;
}

bool parts(char16_t unit) { return unit <= ' '; }

std::vector<char16_t> units_of(std::string_view utf8) {
  std::vector<char16_t> units;
  while (!utf8.empty()) {
    const char32_t point = take(utf8);
    if (point < 0x10000) {
      units.push_back(static_cast<char16_t>(point));
    } else {
      units.push_back(static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10U)));
      units.push_back(static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FFU)));
    }
  }
  return units;
}

void write(std::string& mark, char16_t unit) {
  for (int shift = 12; shift >= 0; shift -= 4) mark += "0123456789abcdef"[unit >> static_cast<unsigned>(shift) & 0xFU];
}

std::vector<std::string> once_each(std::vector<std::string> marks) {
  std::ranges::sort(marks);
  marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
  return marks;
}

}  // namespace

std::string folded(std::string_view utf8) {
  // U+3000 to a blank, U+FF01 to U+FF5E to ! to ~: three bytes each.
  std::string out;
  out.reserve(utf8.size());
  while (!utf8.empty()) {
    std::string_view rest = utf8;
    char32_t point = take(rest);
    if (point == 0x3000) point = ' ';
    if (point >= 0xFF01 && point <= 0xFF5E) point -= 0xFEE0;
    if (point >= 'A' && point <= 'Z') point += 'a' - 'A';
    if (point < 0x80)
      out += static_cast<char>(point);
    else
      out += utf8.substr(0, utf8.size() - rest.size());
    utf8 = rest;
  }
  return out;
}

std::vector<std::string> sought_words(std::string_view utf8) {
  std::vector<std::string> words(1);
  for (const char c : folded(utf8)) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) words.back() += c;
    if (blank && !words.back().empty()) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::vector<std::string> pair_marks(std::string_view folded) {
  std::vector<std::string> marks;
  const auto units = units_of(folded);
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (parts(units[i])) continue;
    std::string mark;
    write(mark, units[i]);
    if (i + 1 < units.size() && !parts(units[i + 1])) write(mark, units[i + 1]);
    marks.push_back(std::move(mark));
  }
  return once_each(std::move(marks));
}

std::vector<std::string> marks_of_word(std::string_view folded) {
  auto marks = pair_marks(folded);
  const auto units = units_of(folded);
  if (units.size() == 1) return {marks.front() + "*"};
  // The last alone says only where the text ends.
  std::erase_if(marks, [](const std::string& mark) { return mark.size() == 4; });
  return marks;
}

}  // namespace anlan
