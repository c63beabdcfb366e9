#include <algorithm>
#include <array>

#include "codec/alert12379/values.h"

namespace anlan::alert12379 {
namespace {

std::string severity_of(std::string_view colour) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kColours = {
      std::pair("Red", "Extreme"), std::pair("Orange", "Severe"), std::pair("Yellow", "Moderate"),
      std::pair("Blue", "Minor")};
  const auto* found = std::ranges::find(kColours, colour, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == kColours.end() ? "Unknown" : found->second);
}

// "2020-02-05T10:45:00+08:00"; empty for none.
std::string moment_text(const std::optional<Instant>& moment) {
  if (!moment) return {};
  std::string text = time_text(*moment);
  text[text.find(' ')] = 'T';
  return text;
}

std::optional<std::string> optional_of(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::string known(const std::string& word) { return word.empty() ? "Unknown" : word; }

cap::Area area_of(const Area& area) {
  cap::Area out;
  out.area_desc = area.area_desc;
  out.polygon = area.polygon;
  for (const Circle& each : area.circle) out.circle.push_back({each.center, each.radius_m / 1000});
  for (const std::string& code : area.geocode) out.geocode.push_back({"division", code});
  return out;
}

cap::Info info_of(const Info& info) {
  cap::Info out;
  out.language = info.language.empty() ? "zh-CN" : info.language;
  out.event = info.event_type;
  out.event_code = {{"GB/T 35561", info.event_type}};
  out.urgency = known(info.urgency);
  out.severity = severity_of(info.severity);
  out.certainty = info.certainty == "VeryLikely" ? "Likely" : known(info.certainty);
  out.effective = optional_of(moment_text(info.effective));
  out.onset = optional_of(moment_text(info.onset));
  out.expires = optional_of(moment_text(info.expires));
  out.sender_name = optional_of(info.sender_name);
  out.headline = optional_of(info.headline);
  out.description = optional_of(info.description);
  out.instruction = optional_of(info.instruction);
  out.web = optional_of(info.web);
  for (const Area& each : info.area) out.area.push_back(area_of(each));
  return out;
}

}  // namespace

cap::Alert as_cap(const Alert& alert) {
  cap::Alert out;
  out.version = "1.2";
  out.identifier = alert.identifier;
  out.sender = alert.sender_code.empty() ? alert.sender : alert.sender_code;
  out.sent = moment_text(alert.send_time);
  out.status = alert.status;
  out.msg_type = alert.msg_type;
  out.source = optional_of(alert.sender);
  out.scope = alert.scope.empty() ? "Public" : alert.scope;
  out.note = optional_of(alert.note);
  // The form names no time of the alert that it changes; that of entering it is in its identifier.
  if (const auto first = identifier(alert.references))
    out.references = out.sender + ',' + alert.references + ',' + moment_text(first->entered);
  for (const Info& each : alert.info) out.info.push_back(info_of(each));
  return out;
}

}  // namespace anlan::alert12379
