#include "document/bulletin_words.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>

namespace anlan::document {
namespace {

// What a bulletin asks for; the file must have each.
constexpr auto kWords = std::to_array<std::string_view>({"letterhead_first",
                                                         "letterhead_follow_up",
                                                         "letterhead_verified",
                                                         "letterhead_final",
                                                         "number",
                                                         "number_version",
                                                         "unsigned",
                                                         "about",
                                                         "title_first",
                                                         "title_follow_up",
                                                         "title_verified",
                                                         "title_final",
                                                         "heading",
                                                         "stop",
                                                         "subheading",
                                                         "basics",
                                                         "losses",
                                                         "assessment",
                                                         "cause",
                                                         "impact",
                                                         "trend",
                                                         "handling",
                                                         "instructions",
                                                         "next_steps",
                                                         "requests",
                                                         "reporting",
                                                         "nothing_stated",
                                                         "in_progress",
                                                         "follow_up_promise",
                                                         "opening",
                                                         "opening_unknown",
                                                         "occurred",
                                                         "learnt",
                                                         "type",
                                                         "grade",
                                                         "source",
                                                         "place",
                                                         "unknown",
                                                         "proposed",
                                                         "confirmed",
                                                         "time",
                                                         "short_time",
                                                         "item",
                                                         "value",
                                                         "stated_by",
                                                         "stated_at",
                                                         "standing",
                                                         "adopted",
                                                         "beside",
                                                         "instruction",
                                                         "instruction_open",
                                                         "instruction_closed",
                                                         "progress",
                                                         "leg",
                                                         "due",
                                                         "met",
                                                         "outcome",
                                                         "in_time",
                                                         "late",
                                                         "late_reason",
                                                         "running",
                                                         "overdue",
                                                         "released",
                                                         "accepted",
                                                         "returned",
                                                         "timeline",
                                                         "at",
                                                         "what",
                                                         "urgency_extra_major",
                                                         "urgency_major",
                                                         "urgency_larger",
                                                         "urgency_ordinary",
                                                         "urgency_ungraded",
                                                         "grade_extra_major",
                                                         "grade_major",
                                                         "grade_larger",
                                                         "grade_ordinary",
                                                         "grade_ungraded",
                                                         "drill",
                                                         "demo"});
constexpr std::size_t kMostHeadings = 10;

Failure missing(std::string_view key) { return Failure{fmt::format("bulletin.toml: \"{}\" is missing", key)}; }

std::string two_digits(int number) { return fmt::format("{:02}", number); }

}  // namespace

std::string BulletinWords::word(std::string_view name, const Values& values) const {
  const auto found = words.find(name);
  ANLAN_ASSERT(found != words.end());
  const std::string_view text = found->second;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find('{', at), close = text.find('}', open);
    result += text.substr(at, open - at);
    if (close == std::string_view::npos) break;
    for (const auto& [key, value] : values)
      if (key == text.substr(open + 1, close - open - 1)) result += value;
    at = close + 1;
  }
  return result;
}

std::string BulletinWords::time(Instant moment) const {
  const ChinaTime t = china_time(moment);
  return word("time", {{"year", std::to_string(t.year)},
                       {"month", std::to_string(t.month)},
                       {"day", std::to_string(t.day)},
                       {"hour", std::to_string(t.hour)},
                       {"minute", std::to_string(t.minute)}});
}

std::string BulletinWords::short_time(Instant moment) const {
  const ChinaTime t = china_time(moment);
  return word("short_time", {{"month", std::to_string(t.month)},
                             {"day", std::to_string(t.day)},
                             {"hour", two_digits(t.hour)},
                             {"minute", two_digits(t.minute)}});
}

Result<BulletinWords> parse_bulletin_words(std::string_view text) {
  toml::table file;
  try {
    file = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Failure{fmt::format("bulletin.toml:{}: {}", error.source().begin.line, error.description())};
  }
  BulletinWords result;
  if (const toml::table* words = file["word"].as_table())
    for (const auto& [key, value] : *words) result.words[std::string(key.str())] = value.value_or(std::string());
  for (const std::string_view word : kWords)
    if (!result.words.contains(word)) return missing(word);
  if (const toml::array* list = file["numerals"]["list"].as_array())
    for (const toml::node& item : *list) result.numerals.push_back(item.value_or(std::string()));
  if (result.numerals.size() < kMostHeadings) return missing("numerals.list");
  return result;
}

}  // namespace anlan::document
