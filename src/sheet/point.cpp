#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "sheet/fold.h"
#include "sheet/values.h"

namespace anlan::sheet {
namespace {

enum class Axis { kUnsaid, kLng, kLat };

struct Angle {
  double degrees = 0;
  Axis axis = Axis::kUnsaid;
};

using AngleResult = Result<Angle, std::string>;  // or the code of a fault

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Words of an axis at either end; a text has one at most. Negative: west or south.
bool take_axis(std::u32string_view& text, const Words& words, Angle& angle, bool& negative) {
  static constexpr std::array<std::string_view, 4> kKinds{"east", "west", "north", "south"};
  for (int round = 0; round < 2; ++round) {
    for (std::size_t k = 0; k < kKinds.size(); ++k) {
      const std::size_t front = words.at_begin(kKinds[k], text), back = words.at_end(kKinds[k], text);
      if (front + back == 0) continue;
      if (front == text.size()) return false;
      const Axis axis = k < 2 ? Axis::kLng : Axis::kLat;
      if (angle.axis != Axis::kUnsaid && angle.axis != axis) return false;
      angle.axis = axis;
      negative = negative || k % 2 == 1;
      text = trimmed(front > 0 ? text.substr(front) : text.substr(0, text.size() - back));
      while (!text.empty() && (text.front() == U':' || text.front() == U'=')) text = trimmed(text.substr(1));
      break;
    }
  }
  return true;
}

// Degrees, minutes, seconds, as many as there are.
struct Parts {
  std::array<double, 3> values{};
  std::size_t count = 0;
  bool whole[3] = {};  // without a fraction
};

bool is_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"°º˚'′’‘\"″”“-:";
  return is_blank(c) || kMarks.find(c) != kMarks.npos || c == U'度' || c == U'分' || c == U'秒';
}

// Marks are not held to their meaning: people type what their keyboard has, and the order says enough.
std::optional<Parts> parts_of(std::u32string_view text) {
  Parts parts;
  std::size_t at = 0;
  while (at < text.size()) {
    std::string digits;
    bool whole = true;
    for (; at < text.size() && (is_digit(text[at]) || text[at] == U'.'); ++at) {
      digits += static_cast<char>(text[at]);
      whole = whole && text[at] != U'.';
    }
    if (digits.empty() || digits.size() > 24 || parts.count == 3) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    parts.whole[parts.count] = whole;
    parts.values[parts.count++] = value;
    const std::size_t marks = at;
    while (at < text.size() && is_mark(text[at])) ++at;
    if (at < text.size() && at == marks) return std::nullopt;
  }
  return parts.count > 0 ? std::optional(parts) : std::nullopt;
}

// A part that others follow is whole; else 119.5°30′ would be two places.
AngleResult angle_of(std::u32string_view text, const Words& words) {
  Angle angle;
  bool negative = false;
  text = trimmed(text);
  if (!take_axis(text, words, angle, negative)) return std::string("place");
  if (text.starts_with(U"-")) negative = !negative, text = text.substr(1);
  const auto parts = parts_of(text);
  if (!parts) return std::string("place");
  for (std::size_t i = 0; i + 1 < parts->count; ++i)
    if (!parts->whole[i]) return std::string("place");
  if (parts->values[0] > 360) return std::string("place_projected");
  if (parts->values[1] >= 60 || parts->values[2] >= 60) return std::string("place_minutes");
  angle.degrees = parts->values[0] + parts->values[1] / 60 + parts->values[2] / 3600;
  if (negative) angle.degrees = -angle.degrees;
  return angle;
}

// With room for the sea that belongs to the country.
bool is_in_china(double lng, double lat) { return lng >= 73 && lng <= 136 && lat >= 3 && lat <= 54; }

// Inside of the country no latitude is a longitude: the smallest longitude is 73, the largest latitude 54. So what is
// swapped can be told without doubt.
Result<Point, std::string> point_of(const Angle& a, const Angle& b) {
  const bool said_swapped = a.axis == Axis::kLat || b.axis == Axis::kLng;
  if (a.axis != Axis::kUnsaid && a.axis == b.axis) return std::string("place");
  if (said_swapped) {
    if (is_in_china(b.degrees, a.degrees)) return Point{{b.degrees, a.degrees}, true};
    return std::string("place_outside");
  }
  if (is_in_china(a.degrees, b.degrees)) return Point{{a.degrees, b.degrees}, false};
  const bool unsaid = a.axis == Axis::kUnsaid && b.axis == Axis::kUnsaid;
  if (unsaid && is_in_china(b.degrees, a.degrees)) return Point{{b.degrees, a.degrees}, true};
  return std::string("place_outside");
}

Fault fault(std::string code, const std::string& value) { return {std::move(code), {{"value", value}}}; }

Result<Point, std::string> point_of(std::u32string_view left, std::u32string_view right, const Words& words) {
  const AngleResult a = angle_of(left, words);
  if (!a.ok()) return a.error();
  const AngleResult b = angle_of(right, words);
  if (!b.ok()) return b.error();
  return point_of(*a, *b);
}

// As mathematics writes a pair.
std::u32string_view without_brackets(std::u32string_view text) {
  if (text.size() > 2 && (text.front() == U'(' || text.front() == U'[') && (text.back() == U')' || text.back() == U']'))
    text = text.substr(1, text.size() - 2);
  return trimmed(text);
}

// A cell of two numbers that nothing parts but blanks or letters: wherever both sides are angles and the place lies in
// China; only where there is one such place.
std::optional<Point> parted_anywhere(std::u32string_view text, const Words& words) {
  std::optional<Point> found;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool inside = (is_digit(text[i - 1]) || text[i - 1] == U'.') && (is_digit(text[i]) || text[i] == U'.');
    if (inside) continue;
    const auto point = point_of(text.substr(0, i), text.substr(i), words);
    if (!point.ok()) continue;
    if (found && !(found->place == point->place)) return std::nullopt;
    found = *point;
  }
  return found;
}

}  // namespace

Reading<Point> read_point(const Cell& lng, const Cell& lat, const Words& words) {
  const auto left = said(lng, &words), right = said(lat, &words);
  if (!left.ok()) return left.error();
  if (!right.ok()) return right.error();
  if (!*left && !*right) return std::optional<Point>();
  if (!*left || !*right) return fault("place_half", excerpt(*left ? **left : **right));
  auto point = point_of(**left, **right, words);
  const std::string value = excerpt(**left) + ", " + excerpt(**right);
  if (!point.ok()) return fault(point.error(), value);
  return std::optional<Point>(*point);
}

Reading<Point> read_point(const Cell& both, const Words& words) {
  constexpr std::size_t kLongest = 100;  // characters; no pair of angles has more
  const auto text = said(both, &words);
  if (!text.ok()) return text.error();
  if (!*text) return std::optional<Point>();
  const std::string value = excerpt(**text);
  const std::u32string_view inner = without_brackets(**text);
  if (inner.size() > kLongest) return fault("place_pair", value);
  for (const char32_t between : {U',', U';', U'、', U'/', U'|', U'\n'}) {
    const std::size_t at = inner.find(between);
    if (at == inner.npos || inner.find(between, at + 1) != inner.npos) continue;
    auto point = point_of(inner.substr(0, at), inner.substr(at + 1), words);
    if (!point.ok()) return fault(point.error(), value);
    // In a pair nobody says which comes first: either order is one.
    point->swapped = false;
    return std::optional<Point>(*point);
  }
  if (auto point = parted_anywhere(inner, words)) {
    point->swapped = false;
    return std::optional<Point>(*point);
  }
  return fault("place_pair", value);
}

}  // namespace anlan::sheet
