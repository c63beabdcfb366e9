#include "codec/cap/values.h"

#include <libxml/uri.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>

namespace anlan::cap {
namespace {

// White space of XML, which lists of CAP are parted by; no other character counts.
constexpr std::string_view kSpace = " \t\r\n";

// ASCII alone: a value of a standard is not a matter of the machine's locale.
bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Reads from the front of a text; `good` turns false at the first thing that does not fit, and stays so.
struct Cursor {
  std::string_view rest;
  bool good = true;

  bool take(char c) {
    if (rest.empty() || rest.front() != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  void expect(char c) { good = take(c) && good; }
  std::string_view digits() {
    const auto end = std::find_if_not(rest.begin(), rest.end(), digit);
    const std::string_view found = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(found.size());
    return found;
  }
  int two() {
    if (rest.size() < 2 || !digit(rest[0]) || !digit(rest[1])) return good = false, 0;
    const int value = (rest[0] - '0') * 10 + (rest[1] - '0');
    rest.remove_prefix(2);
    return value;
  }
};

// A time as it is written, before anybody decides whether its form is the one of CAP 1.2.
struct DateTime {
  Instant local;                      // meaningful for years of four digits
  std::optional<int> offset_minutes;  // absent where none is written
  bool far = false;                   // before the year 1 or after 9999
};

// "" | "Z" | "+hh:mm" | "-hh:mm", up to fourteen hours.
void read_offset(Cursor& in, DateTime& out) {
  if (in.rest.empty()) return;
  if (in.take('Z')) {
    out.offset_minutes = 0;
    return;
  }
  const bool west = in.take('-');
  if (!west) in.expect('+');
  const int hours = in.two();
  in.expect(':');
  const int minutes = in.two();
  const int offset = hours * 60 + minutes;
  in.good = in.good && minutes < 60 && offset <= 14 * 60;
  out.offset_minutes = west ? -offset : offset;
}

std::chrono::milliseconds read_time(Cursor& in) {
  const int hour = in.two();
  in.expect(':');
  const int minute = in.two();
  in.expect(':');
  const int second = in.two();
  int ms = 0;
  bool fraction = false;
  if (in.take('.')) {
    const std::string_view digits = in.digits();
    in.good = in.good && !digits.empty();
    fraction = digits.find_first_not_of('0') != digits.npos;
    for (std::size_t i = 0; i < 3; ++i) ms = ms * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  const bool midnight = hour == 24 && minute == 0 && second == 0 && !fraction;
  in.good = in.good && (hour < 24 || midnight) && minute < 60 && second < 60;
  return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second) +
         std::chrono::milliseconds(ms);
}

// XML Schema 1.0 knows no year 0, and no leading zero in a year of more than four digits.
std::optional<DateTime> read_date_time(std::string_view text) {
  using namespace std::chrono;
  Cursor in{trimmed(text)};
  DateTime out;
  const bool negative = in.take('-');
  const std::string_view years = in.digits();
  if (years.size() < 4 || years.size() > 9 || (years.size() > 4 && years[0] == '0') || years == "0000")
    return std::nullopt;
  int y = 0;
  std::from_chars(years.data(), years.data() + years.size(), y);
  out.far = negative || years.size() > 4;
  in.expect('-');
  const unsigned m = static_cast<unsigned>(in.two());
  in.expect('-');
  const unsigned d = static_cast<unsigned>(in.two());
  in.expect('T');
  // The calendar repeats every 400 years, and std::chrono's ends at 32767.
  const year_month_day date{year{out.far ? 2000 + y % 400 : y}, month{m}, day{d}};
  const milliseconds time = read_time(in);
  read_offset(in, out);
  if (!in.good || !in.rest.empty() || !date.ok()) return std::nullopt;
  out.local = Instant{sys_days{date}} + time;
  return out;
}

// A coordinate or radius: sign, digits, point, digits.
// A decimal as XML Schema writes it; exponents and infinity are none.
std::optional<double> number(std::string_view text) { return is_decimal(text) ? decimal(text) : std::nullopt; }

enum class Pair { kGood, kSyntax, kRange };

Pair read_pair(std::string_view text, LngLat& out) {
  const std::size_t comma = text.find(',');
  if (comma == text.npos) return Pair::kSyntax;
  const auto lat = number(text.substr(0, comma)), lng = number(text.substr(comma + 1));
  if (!lat || !lng) return Pair::kSyntax;
  out = {*lng, *lat};
  return std::abs(*lat) <= 90 && std::abs(*lng) <= 180 ? Pair::kGood : Pair::kRange;
}

}  // namespace

// Points into `text`.
std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  const std::string_view word = text.substr(0, std::min(text.find_first_of(kSpace), text.size()));
  text.remove_prefix(word.size());
  return word;
}

bool is_date_time(std::string_view text) { return read_date_time(text).has_value(); }

// CAP 1.2 §3.2: an offset in digits, never Z, no fractions of seconds.
bool is_cap12_date_time(std::string_view text) {
  constexpr std::size_t kLength = std::string_view("2003-04-02T14:39:01-05:00").size();
  return trimmed(text).size() == kLength && text.find('.') == text.npos && is_date_time(text) && has_offset(text);
}

bool has_offset(std::string_view text) {
  const auto read = read_date_time(text);
  return read && read->offset_minutes;
}

// Nothing for a time without an offset: nobody knows which moment it is.
std::optional<Instant> moment(std::string_view text) {
  const auto read = read_date_time(text);
  if (!read || read->far || !read->offset_minutes) return std::nullopt;
  return read->local - std::chrono::minutes(*read->offset_minutes);
}

// xs:language: letters in groups of up to eight.
bool is_language(std::string_view text) {
  std::string_view rest = trimmed(text);
  for (bool first = true;; first = false) {
    const std::size_t end = std::min(rest.find('-'), rest.size());
    const std::string_view part = rest.substr(0, end);
    if (part.empty() || part.size() > 8) return false;
    if (!std::all_of(part.begin(), part.end(), [&](char c) { return letter(c) || (digit(c) && !first); })) return false;
    if (end == rest.size()) return true;
    rest.remove_prefix(end + 1);
  }
}

bool is_uri(std::string_view text) {
  std::string uri(trimmed(text));
  if (uri.empty()) return true;
  // An anyURI is an IRI before escaping: what would be escaped is as good as any other character.
  for (char& c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 32 || byte >= 127 || std::strchr("<>\"{}|\\^`", c)) c = '_';
  }
  const std::unique_ptr<xmlURI, void (*)(xmlURI*)> parsed(xmlParseURI(uri.c_str()), xmlFreeURI);
  return parsed != nullptr;
}

bool is_integer(std::string_view text) {
  Cursor in{trimmed(text)};
  if (!in.take('-')) in.take('+');
  return !in.digits().empty() && in.rest.empty();
}

bool is_decimal(std::string_view text) {
  Cursor in{trimmed(text)};
  if (!in.take('-')) in.take('+');
  const bool whole = !in.digits().empty();
  const bool part = in.take('.') && !in.digits().empty();
  return (whole || part) && in.rest.empty();
}

std::optional<std::int64_t> integer(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> decimal(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// CAP writes latitude first; rings here have longitude first. At least four pairs, the last one the first.
Shape<Ring> polygon(std::string_view text) {
  Shape<Ring> shape;
  for (std::string_view word; !(word = next_word(text)).empty();) {
    LngLat point;
    const Pair pair = read_pair(word, point);
    if (pair != Pair::kGood)
      return {{}, pair == Pair::kRange ? "coordinate_range" : "polygon_syntax", std::string(word)};
    shape.value.push_back(point);
  }
  if (shape.value.size() < 4) return {{}, "polygon_points", std::to_string(shape.value.size())};
  if (shape.value.front() != shape.value.back()) return {{}, "polygon_open", ""};
  return shape;
}

// Centre and radius in kilometres.
Shape<Circle> circle(std::string_view text) {
  const std::string whole(trimmed(text));
  Shape<Circle> shape;
  const Pair pair = read_pair(next_word(text), shape.value.center);
  const auto radius = number(next_word(text));
  if (pair == Pair::kSyntax || !radius || *radius < 0 || !trimmed(text).empty()) return {{}, "circle_syntax", whole};
  if (pair == Pair::kRange) return {{}, "coordinate_range", whole};
  shape.value.radius_km = *radius;
  return shape;
}

}  // namespace anlan::cap
