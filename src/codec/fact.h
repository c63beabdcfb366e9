#pragma once
// Facts between their domain types and the type name and JSON body that the journal keeps.

#include <optional>
#include <stdexcept>
#include <string>
#include <variant>

#include "codec/json_read.h"
#include "codec/json_write.h"

namespace anlan::codec {

// `type` points to a constant of the fact's struct and lives as long as the program.
struct Encoded {
  std::string_view type;
  std::string body;
};

template <class... Facts>
// The body is what the journal hashes: the same fact always gives the same bytes.
Encoded encode(const std::variant<Facts...>& fact) {
  return std::visit([]<class F>(const F& f) { return Encoded{F::kType, json::to_text(f)}; }, fact);
}

// Whether a noun has facts of this type.
template <class Variant>
struct Nouns;
template <class... Facts>
struct Nouns<std::variant<Facts...>> {
  static bool has(std::string_view type) { return ((type == Facts::kType) || ...); }

  static std::variant<Facts...> decode(std::string_view type, std::string_view body) {
    std::optional<std::variant<Facts...>> result;
    ((type == Facts::kType && (result = read<Facts>(type, body), true)) || ...);
    if (!result) throw std::runtime_error("no fact of type " + std::string(type));
    return std::move(*result);
  }

  // Of a type that it has: why the body cannot be read.
  static std::optional<Refusal> fault(std::string_view type, std::string_view body) {
    std::optional<Refusal> found;
    ((type == Facts::kType && (found = first_fault<Facts>(body), true)) || ...);
    return found;
  }

 private:
  template <class F>
  static std::optional<Refusal> first_fault(std::string_view body) {
    const auto fact = json::from_text<F>(body, json::Unknown::kPassedOver);
    return fact.ok() ? std::nullopt : std::optional(fact.error().front());
  }
  template <class F>
  static F read(std::string_view type, std::string_view body) {
    auto fact = json::from_text<F>(body, json::Unknown::kPassedOver);
    if (!fact.ok())
      throw std::runtime_error("unreadable fact of type " + std::string(type) + ": " + fact.error().front().code + " " +
                               fact.error().front().field);
    return std::move(*fact);
  }
};

template <class Variant>
// Tells before decoding whose fact it is: facts of other nouns are passed over by views.
bool is(std::string_view type) {
  return Nouns<Variant>::has(type);
}

// Throws std::runtime_error on a body that this release cannot read. What a later release has added to a body is passed
// over (docs/decisions/0024-neighbouring-releases.md).
template <class Variant>
Variant decode(std::string_view type, std::string_view body) {
  return Nouns<Variant>::decode(type, body);
}

// The same; nullopt for a type that the noun does not have in this release.
template <class Variant>
std::optional<Variant> known(std::string_view type, std::string_view body) {
  return is<Variant>(type) ? std::optional(decode<Variant>(type, body)) : std::nullopt;
}

}  // namespace anlan::codec
