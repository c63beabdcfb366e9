#pragma once
// JSON text into described structs (base/fields.h), strict: unknown members, wrong types, texts too long, numbers out
// of range are faults, each with its path; all faults of a body are found, not only the first. What other nodes have
// written may be of a later release: there members that nobody knows here are passed over.

#include <boost/json.hpp>
#include <string>
#include <variant>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/refusal.h"
#include "base/time.h"

namespace anlan::json {

using Value = boost::json::value;
using Faults = std::vector<Refusal>;  // kind kMalformed, code "field.…" or "json.…", field = path

// Deeper text is refused while it is read, so that no body can exhaust the stack.
inline constexpr std::size_t kMaxDepth = 24;

// Any JSON text, at most kMaxDepth deep, valid UTF-8, no member twice in an object.
Outcome<Value> parse(std::string_view text);

// The beginning of a name that came in, whole characters, as refusals show it.
std::string shown(std::string_view name);

// What a member that nobody knows is: a person's slip, or a later release's.
enum class Unknown { kFault, kPassedOver };

// Where the reader stands: collects faults under the path of the member at hand.
// Used for one body. After a fault it goes on, and what it has written is of no use: the caller throws it away.
class Reader {
 public:
  explicit Reader(Unknown unknown = Unknown::kFault) : unknown_(unknown) {}

  Faults faults;

  // At the member under hand; words are found by the code in data/text/refusal.*.toml.
  void fault(std::string code, std::vector<std::pair<std::string, std::string>> values = {}) {
    faults.push_back(refuse(RefusalKind::kMalformed, std::move(code), path_, std::move(values)));
  }

  // `limit` counts characters, not bytes. Control characters other than line breaks are a fault: they would break
  // lines of lists and documents, or show a text in another direction.
  void read(const Value&, std::string&, std::int64_t limit);
  void read(const Value&, bool&, std::int64_t);
  // From 0 to `limit`; fractions are a fault.
  void read(const Value&, std::int64_t&, std::int64_t limit);
  void read(const Value&, double&, std::int64_t limit);
  // RFC 3339 with an offset; a local time without one is a fault, since nobody knows whose it is.
  void read(const Value&, Instant&, std::int64_t);
  // {"lng", "lat"} in degrees; a point that is on no globe is a fault.
  void read(const Value&, LngLat&, std::int64_t);

  template <Named E>
  // One of the words of the enumeration; the fault lists them.
  void read(const Value& v, E& out, std::int64_t) {
    const auto* text = v.if_string();
    const auto value = text ? named<E>(std::string_view{text->data(), text->size()}) : std::nullopt;
    if (value)
      out = *value;
    else
      fault("field.value", {{"allowed", names_listed<E>()}});
  }

  template <class T>
  // null is the same as absent.
  void read(const Value& v, std::optional<T>& out, std::int64_t limit) {
    if (v.is_null())
      out.reset();
    else
      read(v, out.emplace(), limit);
  }

  // `limit` counts the items; each item has the default limit of its type.
  template <class T>
  void read(const Value& v, std::vector<T>& out, std::int64_t limit) {
    const auto* list = v.if_array();
    if (!list) return fault("field.type", {{"expected", "array"}});
    if (static_cast<std::int64_t>(list->size()) > limit)
      return fault("field.too_many", {{"limit", std::to_string(limit)}});
    out.resize(list->size());
    for (std::size_t i = 0; i < out.size(); ++i)
      under("[" + std::to_string(i) + "]", [&] { read((*list)[i], out[i], DefaultLimit<T>::value); });
  }

  template <Described T>
  // Members may come in any order. A misspelt option must not be ignored.
  void read(const Value& v, T& out, std::int64_t) {
    const auto* object = v.if_object();
    if (!object) return fault("field.type", {{"expected", "object"}});
    std::size_t known = 0;
    each_field<T>([&](const auto& f) {
      auto& member = out.*f.member;
      const Value* found = object->if_contains({f.name.data(), f.name.size()});
      known += found != nullptr;
      under(std::string(f.name), [&] {
        if (found)
          read(*found, member, f.limit);
        else if constexpr (!requires { member.reset(); })
          fault("field.missing");
      });
    });
    if (known != object->size() && unknown_ == Unknown::kFault) unknown_members<T>(*object);
  }

 private:
  template <class Work>
  // Does `work` with the path of a member, as a person would write it: content.figures.dead, to[2].
  void under(const std::string& name, Work&& work) {
    const std::size_t length = path_.size();
    if (!path_.empty() && name[0] != '[') path_ += '.';
    path_ += name;
    work();
    path_.resize(length);
  }

  template <Described T>
  void unknown_members(const boost::json::object& object) {
    for (const auto& member : object) {
      const std::string_view name{member.key().data(), member.key().size()};
      bool known = false;
      each_field<T>([&](const auto& f) { known = known || f.name == name; });
      if (!known) under(shown(name), [&] { fault("field.unknown"); });
    }
  }

  void out_of_range(std::int64_t limit) { fault("field.range", {{"least", "0"}, {"limit", std::to_string(limit)}}); }

  Unknown unknown_;
  std::string path_;
};

template <class T>
// For a value that is a part of something that was read already.
Result<T, Faults> from_value(const Value& value, Unknown unknown = Unknown::kFault) {
  Reader reader(unknown);
  T out{};
  reader.read(value, out, 0);
  if (!reader.faults.empty()) return std::move(reader.faults);
  return out;
}

// A whole body. Faults are at least one where there is no value.
template <class T>
Result<T, Faults> from_text(std::string_view text, Unknown unknown = Unknown::kFault) {
  const auto value = parse(text);
  if (!value.ok()) return Faults{value.error()};
  return from_value<T>(*value, unknown);
}

}  // namespace anlan::json
