#include "edge/http/warning_message.h"

#include <algorithm>
#include <array>

#include "command/command.h"
#include "edge/http/render.h"
#include "edge/http/warned_place.h"
#include "edge/http/wording.h"

namespace anlan::edge {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Ways that the form has a word for.
constexpr std::array kMethods{Pair{"page", "WEB"}};

// CAP 1.2 section 3.2.2, category, by the beginning of the event code; the longest that fits comes first.
constexpr std::array kCategories{Pair{"11A", "Met"},       Pair{"11B", "Met"},       Pair{"11C", "Geo"},
                                 Pair{"11D", "Geo"},       Pair{"11E", "Met"},       Pair{"11F", "Env"},
                                 Pair{"11G", "Fire"},      Pair{"12D", "CBRNE"},     Pair{"12G", "Fire"},
                                 Pair{"12H", "Transport"}, Pair{"12J", "Transport"}, Pair{"12K", "Transport"},
                                 Pair{"12L", "Transport"}, Pair{"12M", "Transport"}, Pair{"12P", "Infra"},
                                 Pair{"12Q", "Env"},       Pair{"12T", "CBRNE"},     Pair{"12U", "Infra"},
                                 Pair{"12", "Safety"},     Pair{"13", "Health"},     Pair{"14", "Security"}};

std::string category_of(std::string_view code) {
  const auto* found = std::ranges::find_if(kCategories, [&](const Pair& p) { return code.starts_with(p.first); });
  return std::string(found == kCategories.end() ? "Other" : found->second);
}

std::string colour_word(warning::Colour colour) {
  std::string word(name_of(colour));
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

// CAP 1.2 section 3.2.2, urgency: what is to be done at once, within the hour, or some time.
std::string urgency_of(const warning::Content& content, Instant sent) {
  const Instant onset = content.onset.value_or(sent);
  return onset <= sent ? "Immediate" : onset <= sent + std::chrono::hours{1} ? "Expected" : "Future";
}

std::string geocode_of(std::string_view division) {
  std::string code(division);
  code.resize(12, '0');
  return code;
}

// The towns in a division that a drawn area touches.
void add_touched(std::vector<std::string>& codes, const command::Reference& reference, const warning::Area& area,
                 std::string_view division) {
  for (const auto* part : reference.divisions.children(division)) {
    if (warned(area, reference, *part) == Warned::kNo) continue;
    if (part->level >= division::Level::kTown)
      codes.push_back(geocode_of(part->code));
    else
      add_touched(codes, reference, area, part->code);
  }
}

alert12379::Area area_of(const warning::Area& area) {
  alert12379::Area out;
  out.area_desc = area.description;
  out.polygon = area.rings;
  for (const auto& circle : area.circles) out.circle.push_back({circle.center, circle.radius_m});
  for (const std::string& division : area.divisions) out.geocode.push_back(geocode_of(division));
  return out;
}

class Writing {
 public:
  Writing(const Page& page, const warning::Warning& w) : page_(page), wording_(page, Locale::kChinese), w_(w) {}

  std::vector<WarningMessage> all() {
    for (const warning::Version* v : w_.issued())
      add(v->issued->identifier, v->issued_at, *v, first() ? "Alert" : "Update", {});
    if (w_.cancelled) add(w_.cancelled->identifier, w_.ended_at, *w_.in_force(), "Cancel", w_.cancelled->reason);
    return std::move(messages_);
  }

 private:
  bool first() const { return messages_.empty(); }

  void add(const std::string& identifier, Instant sent, const warning::Version& v, const std::string& type,
           const std::string& why) {
    WarningMessage message{identifier, sent, v.number, form(identifier, sent, v, type, why), {}};
    message.cap = cap_of(message, v);
    messages_.push_back(std::move(message));
  }

  alert12379::Alert form(const std::string& identifier, Instant sent, const warning::Version& v,
                         const std::string& type, const std::string& why) const {
    const auto* issuer = page_.directory.organisations.organisation(w_.organisation);
    alert12379::Alert a;
    a.identifier = identifier;
    a.sender = issuer ? issuer->name : w_.organisation;
    a.sender_code = identifier.substr(0, identifier.find('_'));
    a.send_time = sent;
    a.status = page_.world == command::kReal ? "Actual" : "Exercise";
    a.msg_type = type;
    a.scope = "Public";
    for (const Pair& method : kMethods)
      if (std::ranges::find(v.content.channels, method.first) != v.content.channels.end())
        a.code.push_back({std::string(method.second), {}, {}, {}});
    a.sec_classification = "None";
    a.note = why;
    if (!first()) a.references = messages_.front().identifier;
    a.info.push_back(info(v, sent, a.sender, why));
    return a;
  }

  alert12379::Info info(const warning::Version& v, Instant sent, const std::string& sender,
                        const std::string& why) const {
    const auto& c = v.content;
    alert12379::Info out;
    out.language = "zh-CN";
    out.event_type = c.type;
    out.urgency = out.certainty = "Unknown";
    out.severity = colour_word(c.colour);
    out.effective = sent;
    out.onset = c.onset.value_or(sent);
    out.expires = c.expires;
    out.sender_name = sender;
    out.headline = why.empty() ? c.headline : wording_.text("message.cancelled", {{"headline", c.headline}});
    out.description = why.empty() ? c.description : why;
    out.instruction = why.empty() ? c.instruction : std::string();
    out.area.push_back(area_of(c.area));
    return out;
  }

  // What the form has no word for is filled in; the messages before are named with sender and time, as CAP wants.
  cap::Alert cap_of(const WarningMessage& message, const warning::Version& v) const {
    cap::Alert out = alert12379::as_cap(message.form);
    out.sender = w_.organisation;
    out.references.reset();
    for (const WarningMessage& before : messages_)
      out.references = (out.references ? *out.references + " " : std::string()) + out.sender + "," +
                       before.cap.identifier + "," + before.cap.sent;
    cap::Info& info = out.info.front();
    info.category = {category_of(v.content.type)};
    info.event = render::event_type_name(page_, v.content.type);
    info.urgency = urgency_of(v.content, message.sent);
    info.certainty = "Likely";
    return out;
  }

  const Page& page_;
  const Wording wording_;
  const warning::Warning& w_;
  std::vector<WarningMessage> messages_;
};

}  // namespace

void name_towns(const Page& page, const warning::Warning& w, const warning::Area& drawn, alert12379::Area& area) {
  const std::string_view division = division_of_issuer(w, page.directory, page.reference);
  add_touched(area.geocode, page.reference, drawn, division);
  if (area.geocode.empty()) area.geocode.push_back(geocode_of(division));
}

std::vector<WarningMessage> messages_of(const Page& page, const warning::Warning& w) { return Writing(page, w).all(); }

}  // namespace anlan::edge
