#include <fmt/format.h>

#include "codec/alert12379/reading.h"
#include "codec/alert12379/values.h"
#include "codec/cap/xml_write.h"

namespace anlan::alert12379 {
namespace {

using cap::decimal_text, cap::XmlWriter;

void write_moment(XmlWriter& out, std::string_view name, const std::optional<Instant>& value) {
  out.text(name, value ? time_text(*value) : std::string());
}

std::string pair_text(LngLat p) { return decimal_text(p.lat) + ',' + decimal_text(p.lng); }

void write_shape(XmlWriter& out, const std::vector<LngLat>& points) {
  std::string text;
  for (const LngLat p : points) text += (text.empty() ? "" : " ") + pair_text(p);
  out.text("polygon", text);
}

void write_area(XmlWriter& out, const Area& area) {
  out.text("areaDesc", area.area_desc);
  if (area.polygon.empty() && area.line.empty()) out.text("polygon", "");
  for (const Ring& ring : area.polygon) write_shape(out, ring);
  for (const auto& line : area.line) write_shape(out, line);
  if (area.circle.empty()) out.text("circle", "");
  for (const Circle& each : area.circle) out.text("circle", pair_text(each.center) + ' ' + decimal_text(each.radius_m));
  out.text("geocode", fmt::format("{}", fmt::join(area.geocode, ",")));
}

void write_info(XmlWriter& out, const Info& info) {
  out.text("language", info.language);
  out.text("eventType", info.event_type);
  out.text("urgency", info.urgency);
  out.text("severity", info.severity);
  out.text("certainty", info.certainty);
  write_moment(out, "effective", info.effective);
  write_moment(out, "onset", info.onset);
  write_moment(out, "expires", info.expires);
  out.text("senderName", info.sender_name);
  out.text("headline", info.headline);
  out.text("description", info.description);
  out.text("instruction", info.instruction);
  out.text("web", info.web);
  for (const Resource& each : info.resource)
    out.group("resource", [&] {
      out.text("resourceDesc", each.resource_desc);
      out.text("size", each.size ? std::to_string(*each.size) : std::string());
      out.text("digest", each.digest);
    });
  for (const Area& each : info.area) out.group("area", [&] { write_area(out, each); });
}

void write_method(XmlWriter& out, const Method& method) {
  out.text("methodName", method.method_name);
  out.text("message", method.message);
  out.text("audienceGrp", method.audience_group);
  out.text("audenceprt", method.audience);
}

void write_alert(XmlWriter& out, const Alert& alert) {
  out.text("identifier", alert.identifier);
  out.text("sender", alert.sender);
  out.text("senderCode", alert.sender_code);
  write_moment(out, "sendTime", alert.send_time);
  out.text("status", alert.status);
  out.text("msgType", alert.msg_type);
  out.text("scope", alert.scope);
  out.group("code", [&] {
    for (const Method& each : alert.code) out.group("method", [&] { write_method(out, each); });
  });
  out.text("secClassification", alert.sec_classification);
  out.text("note", alert.note);
  out.text("references", alert.references);
  for (const Info& each : alert.info) out.group("info", [&] { write_info(out, each); });
}

}  // namespace

// What is written is read once more, so that nothing goes out that would not come in.
Result<std::string, std::vector<cap::Error>> write(const Alert& alert) {
  XmlWriter out;
  out.group("alert", [&] { write_alert(out, alert); });
  std::string text = out.take();
  Reading reading = read(text);
  if (!reading.errors.empty()) return std::move(reading.errors);
  return text;
}

std::string file_name(const Alert& alert) {
  const Info info = alert.info.empty() ? Info() : alert.info.front();
  std::string colour = info.severity;
  for (char& c : colour)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return fmt::format("{}_{}_{}_{}.xml", alert.identifier, info.event_type, colour, alert.msg_type);
}

}  // namespace anlan::alert12379
