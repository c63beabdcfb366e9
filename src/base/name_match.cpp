#include "base/name_match.h"

#include <algorithm>

#include "base/result.h"
#include "base/text.h"

namespace anlan {
namespace {

// Bytes of the last UTF-8 character.
std::size_t last_character(std::string_view text) {
  std::size_t bytes = 1;
  while (bytes < text.size() && (text[text.size() - bytes] & 0xC0) == 0x80) ++bytes;
  return bytes;
}

NameMatch compare(std::string_view text, std::string_view whole) {
  if (!whole.starts_with(text)) return whole.find(text) != whole.npos ? NameMatch::kInside : NameMatch::kNone;
  if (text.size() == whole.size()) return NameMatch::kExact;
  return text.size() + last_character(whole) == whole.size() ? NameMatch::kNear : NameMatch::kPrefix;
}

}  // namespace

bool is_latin(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::string normalised(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') continue;
    out += lower(c);
  }
  const auto first = out.find_first_not_of(" \t"), last = out.find_last_not_of(" \t");
  return first == out.npos ? "" : out.substr(first, last - first + 1);
}

NameMatch match_name(std::string_view text, const LookupName& of) {
  if (text.empty()) return NameMatch::kNone;
  if (!is_latin(text)) return compare(text, of.name);
  const NameMatch by_initials = compare(text, of.initials);
  if (of.pinyin == text) return NameMatch::kExact;
  return of.pinyin.starts_with(text) ? std::min(by_initials, NameMatch::kPrefix) : by_initials;
}

bool begins_with(const LookupName& of, std::string_view text) {
  return of.name.starts_with(text) || of.pinyin.starts_with(text) || of.initials.starts_with(text);
}

LookupName lookup_name(std::string_view name, std::string_view syllables, std::string& keys) {
  ANLAN_ASSERT(keys.size() + 2 * syllables.size() <= keys.capacity());
  const auto joined = keys.size();
  std::copy_if(syllables.begin(), syllables.end(), std::back_inserter(keys), [](char c) { return c != ' '; });
  const auto initials = keys.size();
  char before = ' ';
  for (const char c : syllables) {
    if (before == ' ' && c != ' ') keys += c;
    before = c;
  }
  const std::string_view all = keys;
  return {name, all.substr(joined, initials - joined), all.substr(initials)};
}

}  // namespace anlan
