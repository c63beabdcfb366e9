#include "document/house_style.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>

namespace anlan::document {
namespace {

// What the layout asks for; official.toml must have each.
constexpr std::array kRoles{"biaosong", "fangsong", "hei", "kai", "song"};
constexpr std::array kWords{"signer",       "addressees", "attachment", "attachment_colon", "date",    "contact",
                            "contact_only", "phone_only", "copy_to",    "copy_to_end",      "printed", "page"};

Failure missing(std::string_view key) { return Failure{fmt::format("official.toml: \"{}\" is missing", key)}; }

// Items that are not text are passed over; an empty list is then missed by name.
std::vector<std::string> texts(const toml::node_view<const toml::node>& list) {
  std::vector<std::string> found;
  if (const toml::array* array = list.as_array())
    for (const toml::node& item : *array)
      if (const auto text = item.value<std::string>()) found.push_back(*text);
  return found;
}

// A site names only what differs.
Result<Done> apply_site(FontNames& fonts, const FontNames& site) {
  for (const auto& [role, own] : site) {
    const auto found = fonts.find(role);
    if (found == fonts.end()) return Failure{fmt::format("there is no font role \"{}\"", role)};
    if (!own.document.empty()) found->second.document = own.document;
    if (!own.faces.empty()) found->second.faces = own.faces;
  }
  return Done{};
}

}  // namespace

std::string HouseStyle::word(std::string_view name,
                             const std::vector<std::pair<std::string, std::string>>& values) const {
  const auto found = words.find(name);
  ANLAN_ASSERT(found != words.end());
  std::string text = found->second;
  for (const auto& [key, value] : values) {
    const std::string mark = "{" + key + "}";
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), value);
  }
  return text;
}

std::string HouseStyle::date(Instant moment) const {
  const ChinaTime t = china_time(moment);
  return word("date",
              {{"year", std::to_string(t.year)}, {"month", std::to_string(t.month)}, {"day", std::to_string(t.day)}});
}

Result<HouseStyle> parse_house_style(std::string_view text, const FontNames& site) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Failure{fmt::format("official.toml:{}: {}", error.source().begin.line, error.description())};
  }
  const toml::table& file = table;
  HouseStyle style;
  for (const std::string role : kRoles) {
    const auto font = file["font"][role];
    RoleFonts names{font["document"].value_or(std::string()), texts(font["faces"])};
    if (names.document.empty() || names.faces.empty()) return missing("font." + role);
    style.fonts[role] = std::move(names);
  }
  for (const std::string word : kWords) {
    const auto found = file["word"][word].value<std::string>();
    if (!found) return missing("word." + word);
    style.words[word] = *found;
  }
  style.fallback = texts(file["fallback"]["faces"]);
  if (auto applied = apply_site(style.fonts, site); !applied) return applied.error();
  return style;
}

}  // namespace anlan::document
