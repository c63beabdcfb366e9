#include "domain/event_type/event_type.h"

#include <algorithm>
#include <tuple>

#include "base/tsv.h"

namespace anlan::event_type {
namespace {

constexpr std::size_t kLongestText = 100, kShortestEnglish = 3;  // bytes

// `1`, category, class letter or 0, two digits (GB/T 35561-2017).
bool well_formed(std::string_view code) {
  const auto digit = [&](std::size_t i) { return code[i] >= '0' && code[i] <= '9'; };
  if (code.size() != 5 || code[0] != '1' || !digit(3) || !digit(4)) return false;
  if (std::string_view("012349").find(code[1]) == std::string_view::npos) return false;
  return code[2] == '0' ? code.ends_with("00") : code[2] >= 'A' && code[2] <= 'Z';
}

// By the second digit of the code.
Category category_of(std::string_view code) {
  switch (code[1]) {
    case '1':
      return Category::kNatural;
    case '2':
      return Category::kAccident;
    case '3':
      return Category::kHealth;
    case '4':
      return Category::kSecurity;
    default:
      return Category::kOther;
  }
}

// Whether all characters of `text` stand in `name` in this order: 危化品泄漏 in 危险化学品泄漏事故.
bool scattered(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (text[bytes] & 0xC0) == 0x80) ++bytes;
    const auto at = name.find(text.substr(0, bytes));
    if (at == name.npos) return false;
    name.remove_prefix(at + bytes);
    text.remove_prefix(bytes);
  }
  return true;
}

NameMatch match(const std::string& text, const EventType& type) {
  const auto by_name = match_name(text, type);
  if (by_name != NameMatch::kNone) return by_name;
  if (!is_latin(text)) return scattered(text, type.name) ? NameMatch::kInside : NameMatch::kNone;
  if (text.size() < kShortestEnglish) return NameMatch::kNone;
  const std::string english = normalised(type.name_en);
  if (english == text) return NameMatch::kExact;
  return english.find(text) == english.npos ? NameMatch::kNone : NameMatch::kInside;
}

}  // namespace

// 12D02 → 12D00 → 12000 → 10000.
std::string parent_code(std::string_view code) {
  if (code == kRoot) return {};
  if (!code.ends_with("00")) return std::string(code.substr(0, 3)) + "00";
  return code[2] == '0' ? std::string(kRoot) : std::string(code.substr(0, 2)) + "000";
}

bool same_class(std::string_view a, std::string_view b) {
  return a.size() == 5 && b.size() == 5 && a[2] != '0' && a.substr(0, 3) == b.substr(0, 3);
}

Result<EventTypes> EventTypes::parse(std::string text) {
  EventTypes out;
  out.text_ = std::make_unique<std::string>(std::move(text));
  out.keys_ = std::make_unique<std::string>();
  out.keys_->reserve(2 * out.text_->size());
  const auto failure = read_tsv(*out.text_, [&](const TsvRow& row) -> std::optional<Failure> {
    const auto confidence = named<Confidence>(row[5]);
    const auto valid = parse_validity(row[6], row[7]);
    if (!well_formed(row[0])) return row.fault("no event code");
    if (row[1].empty() || row[2].empty()) return row.fault("no name in Chinese or English");
    if (!confidence) return row.fault("no confidence");
    if (!valid) return row.fault("no validity");
    EventType type;
    static_cast<LookupName&>(type) = lookup_name(row[1], row[3], *out.keys_);
    type.code = row[0];
    type.name_en = row[2];
    type.symbol = row[4];
    type.category = category_of(type.code);
    type.confidence = *confidence;
    type.valid = *valid;
    out.all_.push_back(type);
    return std::nullopt;
  });
  if (failure) return *failure;
  std::ranges::sort(out.all_, {}, &EventType::code);
  for (std::size_t i = 0; i < out.all_.size(); ++i) {
    const auto code = out.all_[i].code;
    if (i > 0 && out.all_[i - 1].code == code) return Failure{"event type " + std::string(code) + " stands twice"};
    if (code != kRoot && !out.find(parent_code(code)))
      return Failure{"event type " + std::string(code) + ": its parent is not there"};
  }
  return out;
}

const EventType* EventTypes::find(std::string_view code) const {
  const auto at = std::ranges::lower_bound(all_, code, {}, &EventType::code);
  return at != all_.end() && at->code == code ? &*at : nullptr;
}

const EventType* EventTypes::find(std::string_view code, Instant at) const {
  const auto* type = find(code);
  return type && type->valid.covers(at) ? type : nullptr;
}

const EventType* EventTypes::parent(const EventType& type) const { return find(parent_code(type.code)); }

std::vector<const EventType*> EventTypes::children(std::string_view code) const {
  std::vector<const EventType*> out;
  for (const auto& type : all_)
    if (type.code != kRoot && parent_code(type.code) == code) out.push_back(&type);
  return out;
}

std::vector<const EventType*> EventTypes::search(std::string_view typed, Instant at, std::size_t limit) const {
  const std::string text = normalised(typed);
  std::vector<std::tuple<NameMatch, bool, std::string_view, const EventType*>> found;
  if (text.size() > kLongestText) return {};
  for (const auto& type : all_)
    if (const auto fit = match(text, type); fit != NameMatch::kNone && type.valid.covers(at))
      found.emplace_back(fit, !type.code.ends_with("00"), type.code, &type);
  std::sort(found.begin(), found.end());
  std::vector<const EventType*> out;
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) out.push_back(std::get<3>(found[i]));
  return out;
}

}  // namespace anlan::event_type
