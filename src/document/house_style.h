#pragma once
// What data/documents/official.toml says: the fonts of each role and the fixed words of the layout.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace anlan::document {

// A role is a part that a type plays in the standard: 小标宋 titles, 仿宋 text, 黑体 and 楷体 headings, 宋体 page
// numbers.
struct RoleFonts {
  std::string document;            // name written into a docx; empty in an override: stays
  std::vector<std::string> faces;  // in order of preference; empty in an override: stays
};
using FontNames = std::map<std::string, RoleFonts, std::less<>>;

struct HouseStyle {
  FontNames fonts;
  // Faces for characters that the role's own lack, in order.
  std::vector<std::string> fallback;
  std::map<std::string, std::string, std::less<>> words;

  // Text of [word]; asserts that it is there (parse_house_style has seen to it). {name} is replaced by its value.
  std::string word(std::string_view name, const std::vector<std::pair<std::string, std::string>>& values = {}) const;
  // "2026年3月8日", in Chinese civil time, no leading zeros (7.3.5.4).
  std::string date(Instant) const;
};

// Fails, naming key and file, where a role or word is missing or of the wrong type, or where `site` names a role that
// does not exist.
Result<HouseStyle> parse_house_style(std::string_view toml, const FontNames& site);

}  // namespace anlan::document
