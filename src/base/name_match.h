#pragma once
// Finding a Chinese name by its characters, its pinyin or the initials of its pinyin (羊口镇: 羊口, yangkou, ykz).

#include <string>
#include <string_view>

namespace anlan {

// A name as it is looked for. Views only: the owner of the table owns the text.
struct LookupName {
  std::string_view name, pinyin, initials;  // pinyin without blanks
};

// Best first. kNear: all but the last character, which mostly is the word for a level or kind (市, 镇, 村).
enum class NameMatch { kExact, kNear, kPrefix, kInside, kNone };

// `text` as typed, without blanks at its ends, apostrophes, and with Latin letters in lower case.
std::string normalised(std::string_view text);

// `text` is normalised. Latin text is compared with the pinyin, other text with the name.
NameMatch match_name(std::string_view text, const LookupName&);

// Whether the match is at least kPrefix; much faster than match_name().
bool begins_with(const LookupName&, std::string_view text);

bool is_latin(std::string_view text);

// From a name and its syllables ("yang kou zhen"). Appends the keys to `keys`, whose capacity must be enough (twice the
// syllables), so that views into it stay.
LookupName lookup_name(std::string_view name, std::string_view syllables, std::string& keys);

}  // namespace anlan
