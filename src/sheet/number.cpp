#include <algorithm>
#include <charconv>
#include <cmath>

#include "sheet/fold.h"
#include "sheet/values.h"

namespace anlan::sheet {
namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_minus(char32_t c) { return c == U'-' || c == U'−' || c == U'﹣'; }

struct Digits {
  std::string plain;  // as from_chars reads it
  std::size_t size = 0;
  bool wrong_separators = false;
};

// A number at the front: sign, digits with commas, a fraction, a power of ten.
Digits digits_of(std::u32string_view text) {
  Digits found;
  std::size_t at = 0, group = 0, commas = 0;
  if (at < text.size() && (is_minus(text[at]) || text[at] == U'+')) {
    if (is_minus(text[at])) found.plain += '-';
    ++at;
  }
  for (; at < text.size(); ++at) {
    const bool comma = text[at] == U',' && at + 1 < text.size() && is_digit(text[at + 1]);
    if (comma) {
      found.wrong_separators |= group == 0 || group > 3 || (commas > 0 && group != 3);
      ++commas;
      group = 0;
    } else if (is_digit(text[at])) {
      found.plain += static_cast<char>(text[at]);
      ++group;
    } else {
      break;
    }
  }
  found.wrong_separators |= commas > 0 && group != 3;
  if (at < text.size() && text[at] == U'.')
    for (found.plain += '.', ++at; at < text.size() && is_digit(text[at]); ++at)
      found.plain += static_cast<char>(text[at]);
  if (at + 1 < text.size() && (text[at] == U'e' || text[at] == U'E')) {
    std::size_t power = at + 1;
    const bool minus = is_minus(text[power]);
    if (text[power] == U'+' || minus) ++power;
    if (power < text.size() && is_digit(text[power])) {
      found.plain += 'e';
      if (minus) found.plain += '-';
      for (at = power; at < text.size() && is_digit(text[at]); ++at) found.plain += static_cast<char>(text[at]);
    }
  }
  found.size = at;
  return found;
}

// Beyond what a double holds is no number of anything.
std::optional<double> value_of(const std::string& plain) {
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error != std::errc() || end != plain.data() + plain.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// What stands behind the digits.
struct Behind {
  double times = 1;
  std::u32string_view unit;
  bool about = false;
};

// Both orders occur: 30余人, 30人左右; and both before and behind a multiple: 3万余元, 30余万.
Behind behind(std::u32string_view rest, const Words& words) {
  Behind found;
  rest = trimmed(rest);
  if (rest.empty()) return found;
  for (std::size_t size; (size = words.at_end("about_after", rest)) > 0;) {
    rest = trimmed(rest.substr(0, rest.size() - size));
    found.about = true;
  }
  if (const std::size_t size = words.at_begin("about_after", rest); size > 0) {
    rest = trimmed(rest.substr(size));
    found.about = true;
  }
  if (!words.unit(rest))
    for (const std::string& kind : words.kinds("times:"))
      if (const std::size_t size = words.at_begin(kind, rest); size > 0) {
        found.times = std::strtod(kind.c_str() + std::string_view("times:").size(), nullptr);
        rest = trimmed(rest.substr(size));
        if (const std::size_t more = words.at_begin("about_after", rest); more > 0)
          rest = trimmed(rest.substr(more)), found.about = true;
        break;
      }
  found.unit = rest;
  return found;
}

// What one of `from` is in `to`; nothing where they measure different things.
std::optional<double> factor(const Words& words, std::u32string_view from, const std::string& to) {
  if (from.empty()) return 1;
  const Unit* have = words.unit(from);
  const Unit* want = words.unit(to);
  if (to.empty() && have && (have->measure == "people" || have->measure == "households" || have->measure == "things"))
    return 1;
  if (!have || !want || have->measure != want->measure) {
    if (comparable(utf8_of(from)) == comparable(to)) return 1;  // a unit of the catalogue that is not in the table
    return std::nullopt;
  }
  return have->factor / want->factor;
}

// Which of both is meant only who wrote it knows.
bool is_range(std::u32string_view rest) {
  rest = trimmed(rest);
  return rest.size() > 1 && (is_minus(rest[0]) || rest[0] == U'~' || rest[0] == U'—' || rest[0] == U'至') &&
         is_digit(trimmed(rest.substr(1)).empty() ? U' ' : trimmed(rest.substr(1))[0]);
}

// Rounded to the 15 digits that are shown: 0.3 of 0.1 + 0.2, and 3.5 of 35,000 / 10,000.
double settled(double value) {
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general, 15);
  double again = value;
  std::from_chars(digits, end.ptr, again);
  return again;
}

}  // namespace

Reading<Number> read_number(const Cell& cell, const Words& words, const NumberWish& wish) {
  if (cell.kind == CellKind::kNumber && cell.style != DateStyle::kNone)
    return Fault{"number_date", {{"value", shown(cell)}}};
  const auto text = said(cell, &words);
  if (!text.ok()) return text.error();
  if (!*text) return std::optional<Number>();
  const std::string value = excerpt(**text);
  std::u32string_view rest = **text;
  Number number;
  if (const std::size_t size = words.at_begin("about_before", rest); size > 0) {
    number.about = true;
    rest = trimmed(rest.substr(size));
  }
  if (rest.starts_with(U"¥") || rest.starts_with(U"\uffe5")) rest = trimmed(rest.substr(1));
  const Digits digits = digits_of(rest);
  const auto plain = value_of(digits.plain);
  if (!plain) return Fault{"number", {{"value", value}}};
  if (digits.wrong_separators) return Fault{"number_separators", {{"value", value}}};
  rest = rest.substr(digits.size);
  if (is_range(rest)) return Fault{"number_range", {{"value", value}}};
  const Behind tail = behind(rest, words);
  if (!tail.unit.empty() && (is_digit(tail.unit[0]) || tail.unit[0] == U'.'))
    return Fault{"number", {{"value", value}}};
  const std::u32string cell_unit = narrow(wish.cell_unit);
  const auto one = factor(words, tail.unit.empty() ? std::u32string_view(cell_unit) : tail.unit, wish.unit);
  // A label's brackets hold other things than units too; what is not one says nothing of the number.
  if (!one && (!tail.unit.empty() || words.unit(cell_unit)))
    return Fault{"number_unit", {{"value", value}, {"unit", wish.unit}}};
  number.value = settled(*plain * tail.times * one.value_or(1));
  number.about = number.about || tail.about;
  if (!std::isfinite(number.value)) return Fault{"number", {{"value", value}}};
  return std::optional<Number>(number);
}

}  // namespace anlan::sheet
