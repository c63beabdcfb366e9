#include "base/validity.h"

#include <charconv>

namespace anlan {
namespace {

std::optional<unsigned> digits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return Day{date};
}

Day china_day(Instant at) { return std::chrono::floor<std::chrono::days>(at + std::chrono::hours{8}); }

std::optional<Validity> parse_validity(std::string_view from, std::string_view to) {
  Validity validity;
  if (!from.empty()) {
    const auto day = parse_day(from);
    if (!day) return std::nullopt;
    validity.from = *day;
  }
  if (!to.empty()) {
    const auto day = parse_day(to);
    if (!day || *day < validity.from) return std::nullopt;
    validity.to = *day;
  }
  return validity;
}

}  // namespace anlan
