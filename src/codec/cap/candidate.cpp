#include "codec/cap/candidate.h"

#include "base/text.h"
#include "codec/cap/values.h"

namespace anlan::cap {
namespace {

// The primary part of an RFC 5646 tag, in small letters.
std::string primary(const Info& info) {
  std::string tag = info.language.value_or("");
  if (tag.empty()) tag = "en-US";
  return lower(tag.substr(0, tag.find('-')));
}

std::optional<Instant> moment_of(const std::optional<std::string>& text) { return text ? moment(*text) : std::nullopt; }

std::vector<std::string> referenced(const Alert& alert) {
  std::vector<std::string> identifiers;
  const std::string written = alert.references.value_or("");
  std::string_view rest = written;
  for (std::string_view word; !(word = next_word(rest)).empty();) {
    const std::size_t first = word.find(','), last = word.rfind(',');
    if (first < last) identifiers.emplace_back(word.substr(first + 1, last - first - 1));
  }
  return identifiers;
}

void add_places(const std::vector<Area>& areas, Candidate& out) {
  for (const Area& area : areas) {
    if (!area.area_desc.empty()) out.area_desc.append(out.area_desc.empty() ? "" : "\n").append(area.area_desc);
    out.rings.insert(out.rings.end(), area.polygon.begin(), area.polygon.end());
    for (const Circle& circle : area.circle) {
      const double radius_m = circle.radius_km * 1000;
      out.circles.push_back({circle.center, radius_m, circle_ring(circle.center, radius_m)});
    }
  }
}

}  // namespace

const Info* preferred(const std::vector<Info>& infos) {
  for (const char* language : {"zh", "en"})
    for (const Info& info : infos)
      if (primary(info) == language) return &info;
  return infos.empty() ? nullptr : &infos.front();
}

// GB/T 35561: 1, the category, the letter of the class or 0, two digits.
bool is_event_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return code.size() == 5 && code[0] == '1' && digit(code[1]) &&
         (code[2] == '0' || (code[2] >= 'A' && code[2] <= 'Z')) && digit(code[3]) && digit(code[4]);
}

Candidate candidate(const Alert& alert) {
  Candidate out;
  out.identifier = alert.identifier;
  out.sender = alert.sender;
  out.status = alert.status;
  out.msg_type = alert.msg_type;
  out.references = referenced(alert);
  out.sent = moment(alert.sent);
  const Info* info = preferred(alert.info);
  if (!info) return out;
  out.sender_name = info->sender_name.value_or("");
  out.effective = moment_of(info->effective);
  out.onset = moment_of(info->onset);
  out.expires = moment_of(info->expires);
  out.language = info->language.value_or("");
  out.headline = info->headline.value_or("");
  out.description = info->description.value_or("");
  out.instruction = info->instruction.value_or("");
  out.web = info->web.value_or("");
  out.contact = info->contact.value_or("");
  out.event = info->event;
  for (const NamedValue& code : info->event_code)
    if (out.event_code.empty() && is_event_code(code.value)) out.event_code = code.value;
  out.category = info->category;
  out.urgency = info->urgency;
  out.severity = info->severity;
  out.certainty = info->certainty;
  add_places(info->area, out);
  return out;
}

}  // namespace anlan::cap
