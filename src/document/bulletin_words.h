#pragma once
// The fixed words of a duty bulletin: data/documents/bulletin.toml.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace anlan::document {

struct BulletinWords {
  std::map<std::string, std::string, std::less<>> words;
  std::vector<std::string> numerals;  // of headings, from one on

  using Values = std::vector<std::pair<std::string_view, std::string>>;

  // Every {name} is replaced by its value once: what a person wrote is never taken for a place to fill in. Asserts that
  // the word is there (parse_bulletin_words has seen to it).
  std::string word(std::string_view name, const Values& values = {}) const;
  std::string time(Instant) const;        // with year, for running text
  std::string short_time(Instant) const;  // for cells of tables
};

// Fails naming the key where a word is missing, or the line where the file is no TOML.
Result<BulletinWords> parse_bulletin_words(std::string_view toml);

}  // namespace anlan::document
