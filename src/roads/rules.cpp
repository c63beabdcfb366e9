#include "roads/rules.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace anlan::roads {
namespace {

constexpr double kKmhOfMph = 1.609344, kMetresOfFoot = 0.3048, kTonnesOfShortTon = 0.90718474;

// The number that a text begins with, and what follows it without blanks.
struct Measure {
  double value = 0;
  std::string unit;
};
std::optional<Measure> measure(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  Measure m;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), m.value);
  if (error != std::errc() || !std::isfinite(m.value) || m.value <= 0) return std::nullopt;
  for (const char c : text.substr(static_cast<std::size_t>(end - text.data())))
    if (c != ' ') m.unit += lower(c);
  return m;
}

// "none", "signals" and the like are no numbers, and no limits.
double kmh_of(const std::string& text) {
  const auto m = measure(text);
  if (!m) return 0;
  return m->unit.starts_with("mph") ? m->value * kKmhOfMph : m->value;
}

// Of feet and inches, as American maps have them, too.
double metres_of(const std::string& text) {
  const auto m = measure(text);
  if (!m) return 0;
  if (m->unit.starts_with("'") || m->unit.starts_with("ft")) {
    const auto inches = m->unit.starts_with("'") ? measure(std::string_view(m->unit).substr(1)) : std::nullopt;
    return (m->value + (inches ? inches->value / 12 : 0)) * kMetresOfFoot;
  }
  if (m->unit.starts_with("cm")) return m->value / 100;
  return m->value;
}

// "st" is the short ton of American signs.
double tonnes_of(const std::string& text) {
  const auto m = measure(text);
  if (!m) return 0;
  if (m->unit.starts_with("kg")) return m->value / 1000;
  return m->unit.starts_with("st") ? m->value * kTonnesOfShortTon : m->value;
}

// Rounded down, at least 1 where there is a limit at all.
template <class T>
T limit(double value) {
  if (!(value > 0)) return 0;
  const double most = std::numeric_limits<T>::max();
  return value > most ? T{0} : static_cast<T>(std::max(std::floor(value + 1e-9), 1.0));
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::optional<Meaning> meaning_of(const Words& words, const Rules& rules) {
  Meaning meaning;
  const auto known = rules.classes.find(lower(words.road_class));
  meaning.known = known != rules.classes.end();
  if (meaning.known && !known->second) return std::nullopt;
  meaning.traits.road_class = meaning.known ? *known->second : rules.otherwise;
  const std::string way = lower(words.one_way);
  meaning.reversed = has(rules.backward, way);
  meaning.traits.one_way = meaning.reversed || has(rules.forward, way);
  meaning.traits.kmh = limit<std::uint8_t>(kmh_of(words.limit));
  meaning.traits.height_cm = limit<std::uint16_t>(metres_of(words.height) * 100);
  meaning.traits.weight_10kg = limit<std::uint16_t>(tonnes_of(words.weight) * 100);
  return meaning;
}

}  // namespace anlan::roads
