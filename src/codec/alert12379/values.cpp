#include "codec/alert12379/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace anlan::alert12379 {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, digit); }

// The whole country and its waters; no place of it stays inside when its coordinates change places.
bool in_china(LngLat p) { return p.lat >= 3 && p.lat <= 54 && p.lng >= 73 && p.lng <= 136; }

// A number or its absence in the words of CAP.
std::optional<double> number(std::string_view text) {
  return cap::is_decimal(text) ? cap::decimal(text) : std::nullopt;
}

struct Pair {
  LngLat point;
  std::string_view fault;
};

Pair pair_in(std::string_view word) {
  const std::size_t comma = word.find(',');
  if (comma == word.npos) return {{}, "polygon_syntax"};
  const auto first = number(word.substr(0, comma)), second = number(word.substr(comma + 1));
  if (!first || !second) return {{}, "polygon_syntax"};
  for (const LngLat point : {LngLat{*second, *first}, LngLat{*first, *second}})
    if (in_china(point)) return {point, ""};
  return {{}, "outside_china"};
}

int two_digits(std::string_view text, std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; }

// "YYYYMMDDhhmmss" in China's time.
std::optional<Instant> stamp(std::string_view text) {
  if (text.size() != 14 || !all_digits(text)) return std::nullopt;
  const std::string written =
      fmt::format("{}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00", text.substr(0, 4), two_digits(text, 4), two_digits(text, 6),
                  two_digits(text, 8), two_digits(text, 10), two_digits(text, 12));
  return cap::moment(written);
}

}  // namespace

std::optional<Instant> time(std::string_view text) {
  constexpr std::size_t kDate = 10;
  std::string iso(cap::trimmed(text));
  if (iso.size() > kDate && iso[kDate] == ' ') iso[kDate] = 'T';
  const auto moment = cap::is_cap12_date_time(iso) ? cap::moment(iso) : std::nullopt;
  return moment && *moment >= from_china_time(1970, 1, 1) && *moment < from_china_time(9999, 1, 1) ? moment
                                                                                                   : std::nullopt;
}

std::string time_text(Instant moment) {
  const ChinaTime t = china_time(moment);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}+08:00", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

cap::Shape<std::vector<LngLat>> points(std::string_view text) {
  cap::Shape<std::vector<LngLat>> shape;
  for (std::string_view word; !(word = cap::next_word(text)).empty();) {
    const Pair pair = pair_in(word);
    if (!pair.fault.empty()) return {{}, std::string(pair.fault), std::string(word)};
    shape.value.push_back(pair.point);
  }
  const bool closed = shape.value.size() > 1 && shape.value.front() == shape.value.back();
  if (shape.value.size() < (closed ? 4u : 2u)) return {{}, "polygon_points", std::to_string(shape.value.size())};
  return shape;
}

cap::Shape<Circle> circle(std::string_view text) {
  const std::string whole(cap::trimmed(text));
  const Pair pair = pair_in(cap::next_word(text));
  const auto radius = number(cap::next_word(text));
  if (pair.fault == "outside_china") return {{}, "outside_china", whole};
  if (!pair.fault.empty() || !radius || *radius < 0 || !cap::trimmed(text).empty()) return {{}, "circle_metres", whole};
  return {{pair.point, *radius}, "", ""};
}

cap::Shape<std::vector<std::string>> divisions(std::string_view text) {
  constexpr std::string_view kWide = "\xEF\xBC\x8C";  // U+FF0C
  cap::Shape<std::vector<std::string>> shape;
  while (!text.empty()) {
    const std::size_t narrow = std::min(text.find(','), text.size()), wide = std::min(text.find(kWide), text.size());
    const std::string_view code = cap::trimmed(text.substr(0, std::min(narrow, wide)));
    text.remove_prefix(std::min(text.size(), narrow < wide ? narrow + 1 : wide + kWide.size()));
    if (code.empty()) continue;
    if (!all_digits(code) || (code.size() != 6 && code.size() != 9 && code.size() != 12))
      return {{}, "division", std::string(code)};
    if (std::ranges::find(shape.value, code) == shape.value.end()) shape.value.emplace_back(code);
  }
  return shape;
}

// GB/T 35561: 1, the category, the letter of the class or 0, two digits.
bool is_event_type(std::string_view code) {
  return code.size() == 5 && code[0] == '1' && digit(code[1]) &&
         (code[2] == '0' || (code[2] >= 'A' && code[2] <= 'Z')) && digit(code[3]) && digit(code[4]);
}

std::optional<Identifier> identifier(std::string_view text) {
  constexpr std::size_t kSender = 14, kWhole = kSender + 1 + 14;
  if (text.size() < kWhole || text[kSender] != '_' || !all_digits(text.substr(0, kSender))) return std::nullopt;
  const auto entered = stamp(text.substr(kSender + 1, 14));
  if (!entered) return std::nullopt;
  Identifier out{std::string(text.substr(0, 6)),
                 std::string(text.substr(6, 3)),
                 std::string(text.substr(9, 3)),
                 std::string(text.substr(12, 2)),
                 *entered,
                 std::nullopt};
  const std::string_view rest = text.substr(kWhole);
  if (rest.empty()) return out;
  int number = 0;
  const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), number);
  if (rest[0] != '_' || !all_digits(rest.substr(1)) || error != std::errc() || end != rest.data() + rest.size())
    return std::nullopt;
  out.number = number;
  return out;
}

}  // namespace anlan::alert12379
