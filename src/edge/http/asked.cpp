#include "edge/http/asked.h"

#include <charconv>
#include <cmath>

namespace anlan::edge {
namespace {

template <class Number>
// The whole text or nothing: "12x" is no number.
std::optional<Number> parsed(const std::string& text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
}

}  // namespace

std::string Asked::text(std::string_view name) const { return std::string(query_.get(name).value_or("")); }

std::optional<Instant> Asked::moment(std::string_view name) {
  const std::string asked = text(name);
  if (asked.empty()) return std::nullopt;
  const auto value = parse_rfc3339(asked);
  if (!value) blame(name);
  return value;
}

std::optional<double> Asked::real(std::string_view name) {
  const std::string asked = text(name);
  if (asked.empty()) return std::nullopt;
  const auto value = parsed<double>(asked);
  if (value && std::isfinite(*value)) return value;
  blame(name);
  return std::nullopt;
}

std::optional<std::int64_t> Asked::number(std::string_view name, std::int64_t least, std::int64_t most) {
  const std::string asked = text(name);
  if (asked.empty()) return std::nullopt;
  const auto value = parsed<std::int64_t>(asked);
  if (value && least <= *value && *value <= most) return value;
  blame(name);
  return std::nullopt;
}

// The first one stays: one mistake at a time is enough for a query.
void Asked::blame(std::string_view name) {
  if (!fault_) fault_ = refuse(RefusalKind::kMalformed, "field.value", std::string(name));
}

}  // namespace anlan::edge
