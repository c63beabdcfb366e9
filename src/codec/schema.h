#pragma once
// JSON schema (2020-12, as OpenAPI 3.1 uses it) of described structs.

#include <string>

#include "codec/json_write.h"

namespace anlan::json {

// One specialisation for each type that the reader knows; a type without one does not compile, so OpenAPI cannot be
// silent about it.
template <class M>
struct Schema;

template <class T>
// `limit` is the one of the field: length, number of items or greatest value, as the reader judges it.
std::string schema(std::int64_t limit = DefaultLimit<T>::value) {
  return Schema<T>::text(limit);
}

template <>
struct Schema<std::string> {
  static std::string text(std::int64_t limit) { return fmt::format(R"({{"type":"string","maxLength":{}}})", limit); }
};
template <>
struct Schema<bool> {
  static std::string text(std::int64_t) { return R"({"type":"boolean"})"; }
};
template <>
// Whole numbers of the interface are counts: none is below zero.
struct Schema<std::int64_t> {
  static std::string text(std::int64_t limit) {
    return fmt::format(R"({{"type":"integer","minimum":0,"maximum":{}}})", limit);
  }
};
template <>
struct Schema<double> {
  static std::string text(std::int64_t limit) {
    return fmt::format(R"({{"type":"number","minimum":0,"maximum":{}}})", limit);
  }
};
template <>
// RFC 3339.
struct Schema<Instant> {
  static std::string text(std::int64_t) { return R"({"type":"string","format":"date-time"})"; }
};
template <>
struct Schema<LngLat> {
  static std::string text(std::int64_t) {
    return R"({"type":"object","description":"CGCS2000","properties":{"lng":{"type":"number"},"lat":{"type":"number"}},)"
           R"("required":["lng","lat"],"additionalProperties":false})";
  }
};
template <Named E>
struct Schema<E> {
  static std::string text(std::int64_t) {
    std::string out = R"({"type":"string","enum":)";
    write_list(out, names_of(E{}), [](std::string& o, const auto& pair) { write_text(o, pair.second); });
    return out + "}";
  }
};
template <class T>
// An optional member is one that `required` does not name.
struct Schema<std::optional<T>> {
  static std::string text(std::int64_t limit) { return Schema<T>::text(limit); }
};
template <class T>
struct Schema<std::vector<T>> {
  static std::string text(std::int64_t limit) {
    return fmt::format(R"({{"type":"array","maxItems":{},"items":{}}})", limit, schema<T>());
  }
};
template <Described T>
struct Schema<T> {
  static std::string text(std::int64_t) {
    std::string out, required;
    {
      Object object(out);
      object.member("type", "object");
      {
        Object properties(object.key("properties"));
        each_field<T>([&](const auto& f) {
          using M = std::decay_t<decltype(std::declval<T>().*f.member)>;
          properties.raw(f.name, Schema<M>::text(f.limit));
          if constexpr (!IsOptional<M>::value) {
            if (!required.empty()) required += ',';
            write_text(required, f.name);
          }
        });
      }
      if (!required.empty()) object.raw("required", "[" + required + "]");
      object.raw("additionalProperties", "false");
    }
    return out;
  }
};

}  // namespace anlan::json
