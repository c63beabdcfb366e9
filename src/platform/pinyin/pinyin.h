#pragma once
// How Chinese names are read, so that they are found by what people type (base/name_match.h). ICU knows each
// character's most usual reading; what names read otherwise stands in data/pinyin/names.tsv. Unchanging; thread safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace anlan::pinyin {

class Pinyin {
 public:
  // From the table's text: characters, and their syllables with blanks between; one character alone is its reading
  // wherever no longer row says otherwise. Fails where a row has other than one syllable a character.
  static Result<Pinyin> read(std::string_view table_tsv);

  // "wei fang shi" of 潍坊市. Latin letters and digits stay together as a syllable of their own, in small letters; all
  // else parts syllables.
  std::string syllables(std::string_view name) const;

 private:
  Pinyin();

  // Index into names_ of the reading of U+3400 + i; 0 where there is none.
  std::vector<std::uint16_t> readings_;
  std::vector<std::string> names_;
  // By first character; longest first.
  std::unordered_map<char32_t, std::vector<std::pair<std::u32string, std::string>>> words_;
};

// "weifangshi" and "wfs" of "wei fang shi".
std::string joined(std::string_view syllables);
std::string initials(std::string_view syllables);

}  // namespace anlan::pinyin
