#pragma once
// Described structs (base/fields.h) as JSON text, written straight into a string: members in the order of the
// description, absent optionals left out, doubles in the shortest plain form that reads back the same.

#include <fmt/format.h>

#include <string>
#include <variant>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/time.h"

namespace anlan::json {

void write_text(std::string& out, std::string_view text);  // quoted and escaped
void write_number(std::string& out, double value);         // "113.2644", never an exponent

inline void write(std::string& out, const std::string& v) { write_text(out, v); }
inline void write(std::string& out, std::string_view v) { write_text(out, v); }
inline void write(std::string& out, bool v) { out += v ? "true" : "false"; }
inline void write(std::string& out, std::int64_t v) { fmt::format_to(std::back_inserter(out), "{}", v); }
inline void write(std::string& out, double v) { write_number(out, v); }
inline void write(std::string& out, Instant v) { out.append("\"").append(to_rfc3339(v)).append("\""); }
inline void write(std::string& out, LngLat v) {
  out += "{\"lng\":";
  write_number(out, v.lng);
  out += ",\"lat\":";
  write_number(out, v.lat);
  out += '}';
}
template <Named E>
void write(std::string& out, E v) {
  write_text(out, name_of(v));
}
// Lists and described structs nest to any depth that their types allow.
template <class T>
void write(std::string& out, const std::optional<T>& v);
template <class T>
void write(std::string& out, const std::vector<T>& v);
template <Described T>
void write(std::string& out, const T& v);

// An object under construction: `Object o(out); o.member("id", id); …` closes itself.
// The string must outlive it; nothing else may be written to it between two members but their values.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  ~Object() { out_ += '}'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  // Starts a member whose value the caller writes next.
  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    write_text(out_, name);
    out_ += ':';
    return out_;
  }
  // Members come in the order in which they are called for; a repeated name is not noticed.
  template <class T>
  void member(std::string_view name, const T& value) {
    write(key(name), value);
  }
  void member(std::string_view name, const char* value) { write_text(key(name), value); }
  // Absent values are written as null: what a reader of the interface always finds.
  template <class T>
  void nullable(std::string_view name, const std::optional<T>& value) {
    value ? write(key(name), *value) : void(key(name) += "null");
  }
  // Ready JSON text.
  void raw(std::string_view name, std::string_view text) { key(name) += text; }

 private:
  std::string& out_;
  bool first_ = true;
};

// "[" item "," item "]", each written by `item(out, element)`.
template <class Range, class Item>
// The range may be a map: `item` then takes its pairs.
void write_list(std::string& out, const Range& range, Item&& item) {
  out += '[';
  bool first = true;
  for (const auto& element : range) {
    if (!first) out += ',';
    first = false;
    item(out, element);
  }
  out += ']';
}

// Only for a member that stands alone; in a described struct an absent one is left out.
template <class T>
void write(std::string& out, const std::optional<T>& v) {
  v ? write(out, *v) : void(out += "null");
}
// One line, without blanks: the form in which bodies of facts are hashed.
template <class T>
void write(std::string& out, const std::vector<T>& v) {
  write_list(out, v, [](std::string& o, const T& element) { write(o, element); });
}

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// The members of `v` inside an object already begun.
template <Described T>
void write_members(Object& object, const T& v) {
  each_field<T>([&](const auto& f) {
    const auto& value = v.*f.member;
    if constexpr (IsOptional<std::decay_t<decltype(value)>>::value) {
      if (value) object.member(f.name, *value);
    } else {
      object.member(f.name, value);
    }
  });
}

template <Described T>
void write(std::string& out, const T& v) {
  Object object(out);
  write_members(object, v);
}

template <class T>
std::string to_text(const T& v) {
  std::string out;
  write(out, v);
  return out;
}

}  // namespace anlan::json
