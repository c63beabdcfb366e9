#include "edge/http/asked.h"

#include <charconv>
#include <cmath>

#include "base/text.h"

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

std::string Asked::text(std::string_view name) const { return std::string(page_.query.get(name).value_or("")); }

std::string Asked::sought(std::string_view name) {
  std::string asked = text(name);
  if (code_points(asked) > kLongestSought) blame(name, "field.too_long", {{"limit", std::to_string(kLongestSought)}});
  return asked;
}

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

std::string Asked::event_type(std::string_view name) {
  const auto has = [](const Page& page, const std::string& code) {
    return page.reference.event_types.find(code) != nullptr;
  };
  return listed(name, has, "event_type.unknown");
}

std::string Asked::division(std::string_view name) {
  const auto has = [](const Page& page, const std::string& code) { return page.reference.divisions.ever(code); };
  return listed(name, has, "division.unknown");
}

std::string Asked::organisation(std::string_view name) {
  const auto has = [](const Page& page, const std::string& id) {
    return page.directory.organisations.organisation(id) != nullptr;
  };
  return listed(name, has, "organisation.unknown");
}

std::string Asked::listed(std::string_view name, bool (*has)(const Page&, const std::string&), const char* code) {
  std::string asked = text(name);
  if (!asked.empty() && !has(page_, asked)) blame(name, code, {{"value", asked}}, RefusalKind::kRule);
  return asked;
}

// The first one stays: one mistake at a time is enough for a query.
void Asked::blame(std::string_view name, std::string code, Texts::Values values, RefusalKind kind) {
  if (!fault_) fault_ = refuse(kind, std::move(code), std::string(name), std::move(values));
}

}  // namespace anlan::edge
