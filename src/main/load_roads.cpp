#include "main/load_roads.h"

#include "base/text.h"
#include "main/load_rules.h"
#include "main/toml_row.h"

namespace anlan {
namespace {

constexpr double kFastest = 200, kFarthest_m = 50'000, kLongestDetour = 5;

// A speed, a share, a distance: with a range beyond which it is a slip of the pen.
double between(TomlRow& row, const char* key, double least, double most) {
  const double value = row.number(key);
  if (row.has(key) && !(value >= least && value <= most))
    row.mistake(key, "range",
                {{"least", std::to_string(static_cast<int>(least))}, {"most", std::to_string(static_cast<int>(most))}});
  return value;
}

// One table of the file by name; a file without it is wrong.
template <class Read>
void read_table(TomlRow& top, const char* name, Read&& read) {
  const auto* table = top.table(name);
  if (!table) return top.mistake(name, "missing");
  TomlRow row = top.inside(name, *table);
  read(row);
  row.finish();
}

// Maps write words in small letters and large.
std::vector<std::string> lowered(std::vector<std::string> words) {
  for (std::string& word : words) word = lower(word);
  return words;
}

void read_drive(TomlRow& row, road::Profile& profile) {
  profile.limit_share = between(row, "limit_share", 0, 2);
  profile.off_road_kmh = between(row, "off_road_kmh", 0, kFastest);
  profile.reach_m = between(row, "reach_m", 0, kFarthest_m);
  read_table(row, "kmh", [&](TomlRow& kmh) {
    for (const auto& [one, name] : names_of(road::Class{}))
      profile.kmh[static_cast<std::size_t>(one)] = between(kmh, std::string(name).c_str(), 0, kFastest);
  });
}

// A word can mean one class only.
void read_words(TomlRow& row, roads::Rules& rules) {
  const auto take = [&](const std::string& key, std::optional<road::Class> meaning) {
    for (const std::string& word : lowered(row.texts(key)))
      if (!rules.classes.try_emplace(word, meaning).second) row.mistake(key, "repeated", {{"value", word}});
  };
  for (const auto& [one, name] : names_of(road::Class{})) take(std::string(name), one);
  take("passed_over", std::nullopt);
  rules.otherwise = row.word<road::Class>("otherwise");
}

}  // namespace

roads::Rules load_road_rules(const std::string& file, Mistakes& mistakes) {
  roads::Rules rules;
  const auto root = read_toml(file);
  if (!root.ok()) return mistakes.push_back(root.error()), rules;
  TomlRow top(file, "", *root, mistakes);
  read_table(top, "attribution", [&](TomlRow& row) { rules.osm_attribution = row.filled("osm"); });
  read_table(top, "drive", [&](TomlRow& row) { read_drive(row, rules.profile); });
  read_table(top, "crow", [&](TomlRow& row) {
    rules.crow.detour = between(row, "detour", 1, kLongestDetour);
    rules.crow.kmh = between(row, "kmh", 1, kFastest);
  });
  read_table(top, "words", [&](TomlRow& row) { read_words(row, rules); });
  read_table(top, "one_way", [&](TomlRow& row) {
    rules.forward = lowered(row.texts("forward"));
    rules.backward = lowered(row.texts("backward"));
    rules.forbidden = row.texts("forbidden");
  });
  read_table(top, "columns", [&](TomlRow& row) {
    rules.columns = {row.texts("class"), row.texts("one_way"), row.texts("limit"), row.texts("height"),
                     row.texts("weight")};
  });
  top.finish();
  return rules;
}

roads::Rules load_road_rules(const Configuration& c, Mistakes& mistakes) {
  return load_road_rules(own_or_shipped(c, "rules/roads.toml"), mistakes);
}

}  // namespace anlan
