#include "edge/http/asked.h"

#include <charconv>
#include <cmath>

namespace anlan::edge {
namespace {

template <class Number>
// The whole text or nothing: "12x" is no number.
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> position_of(std::string_view text) {
  const auto value = parsed<std::int64_t>(text);
  return value && *value >= 0 ? value : std::nullopt;
}

std::string Asked::text(std::string_view name) const { return std::string(query_.get(name).value_or("")); }

std::optional<Instant> Asked::moment(std::string_view name) {
  const std::string asked = text(name);
  if (asked.empty()) return std::nullopt;
  const auto value = parse_rfc3339(asked);
  if (!value) blame(name, "field.time");
  return value;
}

std::optional<double> Asked::real(std::string_view name) {
  const std::string asked = text(name);
  if (asked.empty()) return std::nullopt;
  const auto value = parsed<double>(asked);
  if (value && std::isfinite(*value)) return value;
  blame(name, "field.type", {{"expected", "number"}});
  return std::nullopt;
}

std::optional<std::int64_t> Asked::number(std::string_view name, std::int64_t least, std::int64_t most) {
  const std::string asked = text(name);
  if (asked.empty()) return std::nullopt;
  const auto value = parsed<std::int64_t>(asked);
  if (value && least <= *value && *value <= most) return value;
  if (value)
    blame(name, "field.range", {{"least", std::to_string(least)}, {"limit", std::to_string(most)}});
  else
    blame(name, "field.type", {{"expected", "integer"}});
  return std::nullopt;
}

// The first one stays: one mistake at a time is enough for a query.
void Asked::blame(std::string_view name, std::string code, Texts::Values values) {
  if (!fault_) fault_ = refuse(RefusalKind::kMalformed, std::move(code), std::string(name), std::move(values));
}

}  // namespace anlan::edge
