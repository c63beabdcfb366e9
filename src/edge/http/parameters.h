#pragma once
// What the query of a GET may hold, for its row in the route table: OpenAPI describes it, and the gate refuses the
// rest. A header of a row is written the same way.

#include <fmt/format.h>

#include "codec/schema.h"
#include "edge/http/asked.h"
#include "edge/http/route.h"

namespace anlan::edge::parameter {

inline Parameter text(std::string_view name) { return {name, json::schema<std::string>()}; }
// To be looked for (Asked::sought).
inline Parameter sought(std::string_view name) {
  return {name, json::Schema<std::string>::text(Asked::kLongestSought)};
}
// RFC 3339.
inline Parameter moment(std::string_view name) { return {name, json::schema<Instant>()}; }
inline Parameter real(std::string_view name) { return {name, R"({"type":"number"})"}; }
// A whole number from `least` to `most`.
inline Parameter number(std::string_view name, std::int64_t least, std::int64_t most) {
  return {name, fmt::format(R"({{"type":"integer","minimum":{},"maximum":{}}})", least, most)};
}
template <Named E>
Parameter word(std::string_view name) {
  return {name, json::schema<E>()};
}

// One for each field of a struct.
template <Described T>
std::vector<Parameter> members() {
  std::vector<Parameter> all;
  each_field<T>([&](const auto& f) {
    using M = std::decay_t<decltype(std::declval<T>().*f.member)>;
    all.push_back({f.name, json::Schema<M>::text(f.limit)});
  });
  return all;
}

}  // namespace anlan::edge::parameter
