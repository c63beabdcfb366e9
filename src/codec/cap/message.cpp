#include "codec/cap/message.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "codec/cap/candidate.h"
#include "codec/cap/values.h"
#include "domain/alert/alert.h"

namespace anlan::cap {
namespace {

std::optional<std::string> some(const std::optional<std::string>& text, std::size_t limit) {
  std::string kept = cut(text.value_or(""), limit);
  return kept.empty() ? std::nullopt : std::optional(std::move(kept));
}

std::optional<Instant> moment_of(const std::optional<std::string>& text) { return text ? moment(*text) : std::nullopt; }

std::optional<alert::Kind> kind_of(const std::string& msg_type) {
  if (msg_type == "Alert") return alert::Kind::kAlert;
  if (msg_type == "Update") return alert::Kind::kUpdate;
  if (msg_type == "Cancel") return alert::Kind::kCancel;
  return std::nullopt;
}

// "sender,identifier,sent", of which neither sender nor identifier may hold a comma or a blank (§3.2.1). Another
// sender's alerts are not this one's to change.
std::vector<alert::Reference> references_of(const Alert& a) {
  std::vector<alert::Reference> found;
  std::set<std::string> once{a.identifier};
  const std::string written = a.references.value_or("");
  std::string_view rest = written;
  for (std::string_view word; !(word = next_word(rest)).empty();) {
    const std::size_t first = word.find(','), last = word.rfind(',');
    if (first == last || word.substr(0, first) != a.sender) continue;
    std::string identifier(word.substr(first + 1, last - first - 1));
    if (std::ssize(found) < kListLimit && once.insert(identifier).second) found.push_back({{}, cut(identifier, 200)});
  }
  return found;
}

std::vector<alert::Code> codes_of(const std::vector<NamedValue>& values, std::size_t most) {
  std::vector<alert::Code> codes;
  for (const NamedValue& each : values)
    if (codes.size() < most) codes.push_back({cut(each.value_name, 200), cut(each.value, 200)});
  return codes;
}

void add(alert::Area& into, const Area& area) {
  if (!area.area_desc.empty()) into.description.append(into.description.empty() ? "" : "\n").append(area.area_desc);
  std::ranges::copy(area.polygon, std::back_inserter(into.rings));
  for (const Circle& c : area.circle) into.circles.push_back({c.center, c.radius_km * 1000});
  for (const alert::Code& code : codes_of(area.geocode, 500))
    if (into.geocodes.size() < 500) into.geocodes.push_back(code);
}

// What a fact may not hold is left out as a whole: half of an area warns the wrong half.
alert::Area area_of(const std::vector<Area>& areas) {
  alert::Area out;
  for (const Area& each : areas) add(out, each);
  out.description = cut(out.description, 1000);
  const auto is_large = [](const Ring& ring) { return std::ssize(ring) > DefaultLimit<Ring>::value; };
  const auto is_wide = [](const warning::Circle& c) { return c.radius_m > 500'000; };
  if (std::ssize(out.rings) > kMostRings || std::ranges::any_of(out.rings, is_large) || out.circles.size() > 50 ||
      std::ranges::any_of(out.circles, is_wide)) {
    out.rings.clear();
    out.circles.clear();
    out.cut = true;
  }
  return out;
}

void add_info(alert::Message& m, const Info& info) {
  m.sender_name = some(info.sender_name, 200);
  m.event = cut(info.event, 200);
  m.event_codes = codes_of(info.event_code, 20);
  for (const alert::Code& code : m.event_codes)
    if (!m.type && is_event_code(code.value)) m.type = code.value;
  m.headline = cut(info.headline.value_or(""), 200);
  m.description = cut(info.description.value_or(""), 4000);
  m.instruction = cut(info.instruction.value_or(""), 4000);
  if (m.headline.empty()) m.headline = m.event;
  m.severity = some(info.severity, 20);
  m.urgency = some(info.urgency, 20);
  m.certainty = some(info.certainty, 20);
  m.colour = alert::colour_of(info.severity, info.urgency, info.certainty);
  m.web = some(info.web, 2000);
  m.onset = moment_of(info.onset);
  if (!m.onset) m.onset = moment_of(info.effective);
  m.expires = moment_of(info.expires);
  m.area = area_of(info.area);
}

}  // namespace

std::string cut(const std::string& given, std::size_t limit) {
  const std::string text = without_controls(given);
  std::size_t characters = 0, at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && ++characters > limit) break;
  return text.substr(0, at);
}

std::optional<alert::Message> message(const Alert& a, alert::Form form, Instant now) {
  const auto kind = kind_of(a.msg_type);
  if (!kind) return std::nullopt;
  alert::Message m;
  m.form = form;
  m.sender = cut(a.sender, 200);
  m.identifier = cut(a.identifier, 200);
  m.sent = moment(a.sent).value_or(now);
  m.kind = *kind;
  m.status = cut(a.status, 20);
  m.references = references_of(a);
  m.note = some(a.note, 1000);
  if (const Info* info = preferred(a.info)) add_info(m, *info);
  return m;
}

Refusal refusal(const Error& error, const anlan::Texts& texts) {
  const auto of = [&](Locale locale) {
    return [&texts, locale](std::string_view key) { return texts.get(locale, "cap." + std::string(key)); };
  };
  const auto in_words = [&](Locale locale) { return sentence(error, of(locale)); };
  const auto place = [&](Locale locale) { return where(error, of(locale)); };
  return refuse(RefusalKind::kRule, "cap.invalid", error.element,
                {{"reason", in_words(Locale::kChinese)},
                 {"reason." + std::string(name_of(Locale::kEnglish)), in_words(Locale::kEnglish)},
                 {"where", place(Locale::kChinese)},
                 {"where." + std::string(name_of(Locale::kEnglish)), place(Locale::kEnglish)},
                 {"line", std::to_string(error.line)},
                 {"element", error.element}});
}

}  // namespace anlan::cap
