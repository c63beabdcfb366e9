#include <fmt/ranges.h>

#include <algorithm>

#include "domain/warning/warning.h"
#include "geo/polygon.h"
#include "main/load.h"
#include "main/load_rules.h"
#include "main/toml_row.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

constexpr std::int64_t kMostSignatures = 5, kMostHours = 24 * 30, kWidest_m = 50'000, kMostMinutes = 24 * 60;

void read_origin(TomlRow& row, warning::Origin& origin) {
  origin.id = row.filled("id");
  origin.document = row.filled("document");
  origin.clause = row.filled("clause");
  origin.valid = row.validity();
  row.skip("confidence");
}

// The colours that a row names, at least one.
std::vector<warning::Colour> colours_of(TomlRow& row) {
  std::vector<warning::Colour> colours;
  const auto words = row.texts("colours");
  if (words.empty()) row.mistake("colours", "missing");
  for (const std::string& word : words) {
    const auto colour = named<warning::Colour>(word);
    colour ? colours.push_back(*colour)
           : row.mistake("colours", "word", {{"value", word}, {"allowed", names_listed<warning::Colour>()}});
  }
  return colours;
}

// One [[signing]].
warning::SigningRule signing_rule(TomlRow& row) {
  warning::SigningRule rule;
  read_origin(row, rule);
  rule.colours = colours_of(row);
  rule.signatures = row.integer("signatures", 1, kMostSignatures);
  return rule;
}

// One [[callout]].
warning::CalloutRule callout_rule(TomlRow& row) {
  warning::CalloutRule rule;
  read_origin(row, rule);
  rule.colours = colours_of(row);
  rule.events = row.texts("events");
  rule.roles = row.texts("roles");
  if (rule.roles.empty()) row.mistake("roles", "missing");
  rule.limit_min = row.integer("limit_min", 1, kMostMinutes);
  rule.decide_min = row.integer("decide_min", 0, kMostMinutes);
  return rule;
}

// One [[template]]; for a type that is no leaf of the tree too.
warning::Template prepared_text(TomlRow& row, const event_type::EventTypes& types) {
  warning::Template text;
  read_origin(row, text);
  text.event = row.filled("event");
  if (!types.all().empty() && !types.find(text.event)) row.mistake("event", "event_prefix", {{"value", text.event}});
  text.colour = row.word<warning::Colour>("colour");
  text.standard = row.filled("standard");
  text.headline = row.filled("headline");
  text.description = row.filled("description");
  text.instruction = row.filled("instruction");
  text.hours = row.integer("hours", 1, kMostHours);
  text.channels = row.texts("channels");
  for (const std::string& channel : text.channels)
    if (std::ranges::find(warning::kChannels, channel) == warning::kChannels.end())
      row.mistake("channels", "word",
                  {{"value", channel}, {"allowed", fmt::format("{}", fmt::join(warning::kChannels, ", "))}});
  return text;
}

// One [[reach]]: the strip along the line, in as many rings as it takes.
warning::Reach river_reach(TomlRow& row) {
  warning::Reach reach;
  reach.id = row.filled("id");
  reach.name = row.filled("name");
  const auto line = row.points("line");
  const auto width_m = static_cast<double>(row.integer("width_m", 1, kWidest_m));
  for (auto& polygon : geo::corridor(line, width_m)) reach.rings.push_back(std::move(polygon.outer));
  warning::Area area;
  area.rings = reach.rings;
  if (line.size() < 2 || warning::area_fault(area)) row.mistake("line", "not_points");
  return reach;
}

}  // namespace

warning::Rules load_warning_rules(const Configuration& c, const event_type::EventTypes& types, Mistakes& mistakes) {
  warning::Rules rules;
  const std::string warnings = own_or_shipped(c, "rules/warnings.toml");
  rules.signings =
      load_rules<warning::SigningRule>(warnings, "signing", mistakes, signing_rule, {"template", "callout"});
  rules.templates = load_rules<warning::Template>(
      warnings, "template", mistakes, [&](TomlRow& row) { return prepared_text(row, types); }, {"signing", "callout"});
  rules.callouts =
      load_rules<warning::CalloutRule>(warnings, "callout", mistakes, callout_rule, {"signing", "template"});
  const std::string reaches = own_or_shipped(c, "rules/reaches.toml");
  if (machine::is_file(reaches)) rules.reaches = load_rules<warning::Reach>(reaches, "reach", mistakes, river_reach);
  return rules;
}

}  // namespace anlan
