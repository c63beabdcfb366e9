#pragma once
// A struct described once: its fields by name, so that JSON in and out, its checks and its OpenAPI schema come from the
// same lines. A described struct has
//
//   static constexpr auto fields = std::tuple{field("unit", &T::unit, 60), field("dead", &T::dead)};
//
// Member types: std::string, bool, std::int64_t, double, Instant, LngLat, an enum with `names_of`, another described
// struct, std::optional and std::vector of these. std::optional means: may be absent. Everything else is required.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace anlan {

// `limit`: for text the most characters (Unicode code points), for a list the most items, for a number the most.
template <class T, class M>
struct Field {
  std::string_view name;
  M T::*member;
  std::int64_t limit;
};

// What a field is held to that names no limit of its own: nothing that comes in is unbounded.
inline constexpr std::int64_t kTextLimit = 200, kListLimit = 100, kNumberLimit = 1'000'000'000;

template <class M>
struct DefaultLimit {
  static constexpr std::int64_t value = kNumberLimit;
};
template <>
struct DefaultLimit<std::string> {
  static constexpr std::int64_t value = kTextLimit;
};
template <class M>
struct DefaultLimit<std::optional<M>> : DefaultLimit<M> {};
template <class M>
struct DefaultLimit<std::vector<M>> {
  static constexpr std::int64_t value = kListLimit;
};

template <class T, class M>
constexpr Field<T, M> field(std::string_view name, M T::*member, std::int64_t limit = DefaultLimit<M>::value) {
  return {name, member, limit};
}

template <class T>
// Structs that JSON, schema and checks know.
concept Described = requires {
  T::fields;
};

// Calls visit(Field) for every field of T in order.
template <Described T, class Visit>
constexpr void each_field(Visit&& visit) {
  std::apply([&](const auto&... f) { (visit(f), ...); }, T::fields);
}

// The names of an enum's values, as they stand in JSON. Found by argument-dependent look-up:
//
//   constexpr auto names_of(Grade) { return std::array{std::pair{Grade::kMajor, std::string_view{"major"}}, …}; }
template <class E>
concept Named = requires(E e) {
  names_of(e);
};

template <Named E>
// "?" for a number that is none of the values, which only a bug brings about.
constexpr std::string_view name_of(E value) {
  for (const auto& [v, name] : names_of(value))
    if (v == value) return name;
  return "?";
}

template <Named E>
// Nothing for a word that is none; case counts.
constexpr std::optional<E> named(std::string_view text) {
  for (const auto& [v, name] : names_of(E{}))
    if (name == text) return v;
  return std::nullopt;
}

template <Named E>
// All of them, to tell what would have been a word.
std::string names_listed() {
  std::string text;
  for (const auto& [value, name] : names_of(E{})) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace anlan
