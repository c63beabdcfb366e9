#include <fmt/format.h>

#include <array>
#include <charconv>

#include "codec/alert12379/reading.h"
#include "codec/alert12379/values.h"

namespace anlan::alert12379 {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '\r')
      out += "&#13;";
    else
      out += c;
  }
  return out;
}

class Writer {
 public:
  void text(std::string_view name, std::string_view value) {
    indent();
    if (value.empty())
      out_ += fmt::format("<{}/>\n", name);
    else
      out_ += fmt::format("<{0}>{1}</{0}>\n", name, escaped(value));
  }
  void moment(std::string_view name, const std::optional<Instant>& value) {
    text(name, value ? time_text(*value) : std::string());
  }
  template <class Inside>
  void group(std::string_view name, const Inside& inside) {
    indent();
    out_ += fmt::format("<{}>\n", name);
    ++depth_;
    inside();
    --depth_;
    indent();
    out_ += fmt::format("</{}>\n", name);
  }
  std::string take() { return std::move(out_); }

 private:
  void indent() { out_.append(static_cast<std::size_t>(depth_) * 2, ' '); }

  std::string out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  int depth_ = 0;
};

// The shortest decimal that is read as the same number; an exponent would not be read.
std::string decimal_text(double number) {
  std::array<char, 512> room;
  const auto [end, error] = std::to_chars(room.data(), room.data() + room.size(), number, std::chars_format::fixed);
  return error == std::errc() ? std::string(room.data(), end) : std::string();
}

std::string pair_text(LngLat p) { return decimal_text(p.lat) + ',' + decimal_text(p.lng); }

void write_shape(Writer& out, const std::vector<LngLat>& points) {
  std::string text;
  for (const LngLat p : points) text += (text.empty() ? "" : " ") + pair_text(p);
  out.text("polygon", text);
}

void write_area(Writer& out, const Area& area) {
  out.text("areaDesc", area.area_desc);
  if (area.polygon.empty() && area.line.empty()) out.text("polygon", "");
  for (const Ring& ring : area.polygon) write_shape(out, ring);
  for (const auto& line : area.line) write_shape(out, line);
  if (area.circle.empty()) out.text("circle", "");
  for (const Circle& each : area.circle) out.text("circle", pair_text(each.center) + ' ' + decimal_text(each.radius_m));
  out.text("geocode", fmt::format("{}", fmt::join(area.geocode, ",")));
}

void write_info(Writer& out, const Info& info) {
  out.text("language", info.language);
  out.text("eventType", info.event_type);
  out.text("urgency", info.urgency);
  out.text("severity", info.severity);
  out.text("certainty", info.certainty);
  out.moment("effective", info.effective);
  out.moment("onset", info.onset);
  out.moment("expires", info.expires);
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

void write_method(Writer& out, const Method& method) {
  out.text("methodName", method.method_name);
  out.text("message", method.message);
  out.text("audienceGrp", method.audience_group);
  out.text("audenceprt", method.audience);
}

void write_alert(Writer& out, const Alert& alert) {
  out.text("identifier", alert.identifier);
  out.text("sender", alert.sender);
  out.text("senderCode", alert.sender_code);
  out.moment("sendTime", alert.send_time);
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
  Writer out;
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
