#include "codec/cap/writing.h"

#include <fmt/format.h>

#include "codec/cap/xml_write.h"

namespace anlan::cap {
namespace {

std::string pair_text(LngLat p) { return decimal_text(p.lat) + ',' + decimal_text(p.lng); }

void put(XmlWriter& out, std::string_view name, const std::string& value) { out.text(name, value); }
void put(XmlWriter& out, std::string_view name, std::int64_t value) { out.text(name, std::to_string(value)); }
void put(XmlWriter& out, std::string_view name, double value) { out.text(name, decimal_text(value)); }

void put(XmlWriter& out, std::string_view name, const Ring& ring) {
  std::string text;
  for (const LngLat p : ring) text += (text.empty() ? "" : " ") + pair_text(p);
  out.text(name, text);
}

void put(XmlWriter& out, std::string_view name, const Circle& circle) {
  out.text(name, pair_text(circle.center) + ' ' + decimal_text(circle.radius_km));
}

template <Described T>
void put(XmlWriter& out, std::string_view name, const T& value);

template <class T>
void put_member(XmlWriter& out, std::string_view name, const T& value) {
  put(out, name, value);
}

template <class T>
void put_member(XmlWriter& out, std::string_view name, const std::optional<T>& value) {
  if (value) put(out, name, *value);
}

template <class T>
void put_member(XmlWriter& out, std::string_view name, const std::vector<T>& values) {
  for (const T& each : values) put(out, name, each);
}

// Members stand in the order of the schema (alert.h); those of the alert that are no elements are of other types.
template <Described T>
void put_members(XmlWriter& out, const T& value) {
  each_field<T>([&](const auto& f) { put_member(out, f.name, value.*f.member); });
}

template <Described T>
void put(XmlWriter& out, std::string_view name, const T& value) {
  out.group(name, [&] { put_members(out, value); });
}

void put_alert(XmlWriter& out, const Alert& alert) {
  each_field<Alert>([&](const auto& f) {
    if constexpr (!std::is_same_v<decltype(f.member), bool Alert::*>)
      if (f.name != "version") put_member(out, f.name, alert.*f.member);
  });
}

}  // namespace

// What is written is read once more, so that nothing goes out that would not come in.
Result<std::string, std::vector<Error>> write(const Alert& alert) {
  XmlWriter out;
  const bool is_11 = alert.version == "1.1";
  out.group(
      "alert", [&] { put_alert(out, alert); },
      is_11 ? " xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\"" : " xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"");
  std::string text = out.take();
  Reading reading = read(text);
  if (reading.kind != Kind::kValid) return std::move(reading.errors);
  return text;
}

std::string date_time(Instant moment) {
  const ChinaTime t = china_time(moment);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+08:00", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

}  // namespace anlan::cap
