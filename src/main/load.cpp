#include "main/load.h"

#include <algorithm>
#include <charconv>

#include "main/load_rules.h"
#include "main/toml_row.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

constexpr std::int64_t kMostMinutes = 60 * 24 * 365, kMostSeconds = 60 * 60 * 24;

// The readers of tables say "line 12: what is wrong", or only what is wrong.
Mistake table_mistake(const std::string& file, const Failure& failure) {
  static constexpr std::string_view kLine = "line ";
  std::string_view what = failure.what;
  int line = 0;
  if (what.starts_with(kLine)) {
    const char* begin = what.data() + kLine.size();
    const auto [end, error] = std::from_chars(begin, what.data() + what.size(), line);
    if (error == std::errc()) what.remove_prefix(static_cast<std::size_t>(end - what.data()) + 2);
  }
  return {file, line, "", "table", {{"reason", std::string(what)}}};
}

// An unreadable file is one mistake; an empty text is then parsed as an empty table.
std::string read_table(const std::string& file, Mistakes& mistakes) {
  auto text = read_text(file);
  if (text.ok()) return std::move(*text);
  mistakes.push_back(text.error());
  return {};
}

// Only the tables of some cities ship; empty where there is none.
std::string city_table(const Configuration& c, const std::string& name) {
  const std::string file = own_or_shipped(c, "divisions/" + name);
  return machine::is_file(file) ? file : std::string();
}

division::Divisions load_divisions(const Configuration& c, Mistakes& mistakes) {
  const std::string city = city_of(c.division), country = c.shared("divisions/china.tsv");
  const std::string villages = city_table(c, "villages-" + city + ".tsv");
  const std::string points = city_table(c, "points-" + city + ".tsv");
  // Each file is added to those before it, so that a failure is of the last one.
  std::vector<std::string> tables{read_table(country, mistakes)};
  auto divisions = division::Divisions::parse(tables, "");
  if (!divisions.ok()) mistakes.push_back(table_mistake(country, divisions.error()));
  if (divisions.ok() && !villages.empty()) {
    tables.push_back(read_table(villages, mistakes));
    divisions = division::Divisions::parse(tables, "");
    if (!divisions.ok()) mistakes.push_back(table_mistake(villages, divisions.error()));
  }
  if (divisions.ok() && !points.empty()) {
    divisions = division::Divisions::parse(std::move(tables), read_table(points, mistakes));
    if (!divisions.ok()) mistakes.push_back(table_mistake(points, divisions.error()));
  }
  return divisions.ok() ? std::move(*divisions) : std::move(division::Divisions::parse({}, "")).value();
}

// An empty tree where the table is wrong: the mistake is noted, and the others are still looked for.
event_type::EventTypes load_event_types(const std::string& file, Mistakes& mistakes) {
  auto types = event_type::EventTypes::parse(read_table(file, mistakes));
  if (types.ok()) return std::move(*types);
  mistakes.push_back(table_mistake(file, types.error()));
  return std::move(event_type::EventTypes::parse("")).value();
}

// One that names no type of ours would be passed over each time.
alert::Events load_alert_events(const std::string& file, const event_type::EventTypes& types, Mistakes& mistakes) {
  auto events = alert::Events::parse(read_table(file, mistakes));
  if (!events.ok()) return mistakes.push_back(table_mistake(file, events.error())), alert::Events();
  for (const std::string& type : events->types())
    if (!types.all().empty() && !types.find(type)) mistakes.push_back({file, 0, "", "event_prefix", {{"value", type}}});
  return std::move(*events);
}

// A prefix that no code begins with: the entry would never apply, and nobody would notice.
void check_event(TomlRow& row, const event_type::EventTypes& types, const std::string& prefix) {
  const auto fits = [&](const event_type::EventType& type) { return type.code.starts_with(prefix); };
  if (!types.all().empty() && std::ranges::none_of(types.all(), fits))
    row.mistake("event", "event_prefix", {{"value", prefix}});
}

// One [[rule]]; all of its mistakes are noted before the next.
clock::Rule clock_rule(TomlRow& row, const event_type::EventTypes& types) {
  clock::Rule rule;
  rule.id = row.filled("id");
  rule.document = row.filled("document");
  rule.clause = row.filled("clause");
  rule.event = row.text("event");
  check_event(row, types, rule.event);
  const Validity valid = row.validity();
  if (valid.from != Day::min()) rule.valid_from = Instant{valid.from - std::chrono::hours{8}};
  if (valid.to != Day::max()) rule.valid_until = Instant{valid.to + std::chrono::days{1} - std::chrono::hours{8}};
  rule.grade_at_least = row.word<grade::Grade>("grade_at_least");
  rule.from_level = row.word<organisation::Level>("from_level");
  rule.leg = row.word<clock::Leg>("leg");
  rule.starts_at = row.word<clock::Basis>("starts_at");
  if (rule.starts_at == clock::Basis::kGraded || rule.starts_at == clock::Basis::kResumed)
    row.mistake(
        "starts_at", "word",
        {{"value", std::string(name_of(rule.starts_at))}, {"allowed", "event, learnt, previous_report, request"}});
  if (rule.starts_at == clock::Basis::kPreviousReport && rule.leg != clock::Leg::kFollowUp)
    row.mistake("starts_at", "never_starts");
  rule.minutes = row.integer("minutes", 1, kMostMinutes);
  rule.satisfied_by = row.word<clock::SatisfiedBy>("satisfied_by");
  row.skip("confidence");
  return rule;
}

void add_bounds(TomlRow& row, grade::Rule& rule) {
  for (const auto& [indicator, table] : row.tables_left()) {
    if (!grade::is_indicator(indicator)) row.mistake(indicator, "indicator");
    TomlRow bounds = row.inside(indicator, *table);
    for (const auto& [grade, name] : names_of(grade::Grade{}))
      if (grade != grade::Grade::kUngraded && table->contains(name))
        rule.bounds.push_back({indicator, grade, bounds.number(name)});
    bounds.finish();
  }
}

// One [[table]] with its bounds.
grade::Rule grade_rule(TomlRow& row, const event_type::EventTypes& types) {
  grade::Rule rule;
  rule.id = row.filled("id");
  rule.document = row.filled("document");
  rule.clause = row.filled("clause");
  rule.valid = row.validity();
  rule.events = row.texts("event");
  if (rule.events.empty()) row.mistake("event", "missing");
  for (const auto& prefix : rule.events) check_event(row, types, prefix);
  row.skip("confidence");
  add_bounds(row, rule);
  return rule;
}

void flatten(const std::string& file, const toml::node& node, const std::string& key, Locale locale, Texts& texts,
             Mistakes& mistakes) {
  if (const auto* table = node.as_table()) {
    for (const auto& [name, value] : *table)
      flatten(file, value, key.empty() ? std::string(name.str()) : key + "." + std::string(name.str()), locale, texts,
              mistakes);
  } else if (const auto text = node.value_exact<std::string>()) {
    texts.add(locale, key, *text);
  } else {
    mistakes.push_back({file, static_cast<int>(node.source().begin.line), key, "not_text", {}});
  }
}

}  // namespace

std::string own_or_shipped(const Configuration& c, const std::string& name) {
  return machine::is_file(c.data + "/" + name) ? c.data + "/" + name : c.shared(name);
}

// 370783 → 370700.
std::string city_of(const std::string& division) {
  return division.size() < 6 ? division : division.substr(0, 4) + "00";
}

std::vector<clock::Rule> load_clock_rules(const std::string& file, const event_type::EventTypes& types,
                                          Mistakes& mistakes) {
  return load_rules<clock::Rule>(file, "rule", mistakes, [&](TomlRow& row) { return clock_rule(row, types); });
}

std::vector<grade::Rule> load_grade_rules(const std::string& file, const event_type::EventTypes& types,
                                          Mistakes& mistakes) {
  return load_rules<grade::Rule>(file, "table", mistakes, [&](TomlRow& row) { return grade_rule(row, types); });
}

// A prefix without its '/' would take in streams of another kind; one that stands twice would be read once.
std::vector<view::ScopeRule> load_scope(const std::string& file, Mistakes& mistakes) {
  std::vector<view::ScopeRule> rules;
  const Mistakes found = each_row(file, "scope", [&](TomlRow& row) {
    const auto reach = row.word<view::Reach>("reach");
    const auto streams = row.texts("streams");
    if (streams.empty()) row.mistake("streams", "missing");
    for (const std::string& prefix : streams) {
      if (!prefix.ends_with('/')) row.mistake("streams", "no_stream", {{"value", prefix}});
      if (std::ranges::find(rules, prefix, &view::ScopeRule::prefix) != rules.end())
        row.mistake("streams", "repeated", {{"value", prefix}});
      rules.push_back({prefix, reach, row.texts("first")});
    }
  });
  mistakes.insert(mistakes.end(), found.begin(), found.end());
  return rules;
}

// A node that tells less often than it must be heard would always be late.
federation::Limits load_limits(const Configuration& c, Mistakes& mistakes) {
  const std::string file = own_or_shipped(c, "rules/nodes.toml");
  federation::Limits limits;
  const auto root = read_toml(file);
  if (!root.ok()) return mistakes.push_back(root.error()), limits;
  TomlRow top(file, "", *root, mistakes);
  const auto* table = top.table("limits");
  top.finish();
  if (!table) return mistakes.push_back({file, 0, "limits", "missing", {}}), limits;
  TomlRow row(file, "limits", *table, mistakes);
  const auto seconds = [&](const char* key, std::int64_t least) {
    return std::chrono::seconds{row.integer(key, least, kMostSeconds)};
  };
  limits.tell = seconds("tell_s", 1);
  limits.late = seconds("late_s", limits.tell.count() + 1);
  limits.cut = seconds("cut_s", limits.late.count() + 1);
  limits.waiting = seconds("waiting_s", 1);
  limits.clock_off = seconds("clock_off_s", 1);
  limits.disk_percent = row.integer("disk_percent", 1, 99);
  row.finish();
  return limits;
}

// Everything is read even after a mistake, so that one run of `anlan check` names them all.
Result<command::Reference, Mistakes> load_reference(const Configuration& c) {
  Mistakes mistakes;
  command::Reference reference;
  reference.divisions = load_divisions(c, mistakes);
  reference.event_types = load_event_types(c.shared("codes/event-type.tsv"), mistakes);
  const auto& types = reference.event_types;
  reference.grade_rules = load_grade_rules(own_or_shipped(c, "rules/grade.toml"), types, mistakes);
  reference.clock_rules = load_clock_rules(own_or_shipped(c, "rules/clocks.toml"), types, mistakes);
  reference.warning_rules = load_warning_rules(c, types, mistakes);
  reference.alert_events = load_alert_events(own_or_shipped(c, "codes/alert-event.tsv"), types, mistakes);
  reference.passwords = c.passwords;
  reference.node = c.node_id;
  reference.division = c.division;
  if (mistakes.empty() && !reference.divisions.find(c.division))
    mistakes.push_back({"", 0, "node.division", "division", {{"value", c.division}}});
  if (!mistakes.empty()) return mistakes;
  return reference;
}

Result<Texts, Mistakes> load_texts(const std::string& folder) {
  Texts texts;
  Mistakes mistakes;
  for (const auto& [locale, name] : names_of(Locale{}))
    for (const auto& file : machine::files_in(folder)) {
      const std::string ending = std::string(name) + ".toml";
      if (file != ending && !file.ends_with("." + ending)) continue;
      const auto root = read_toml(folder + "/" + file);
      root.ok() ? flatten(folder + "/" + file, *root, "", locale, texts, mistakes) : mistakes.push_back(root.error());
    }
  if (machine::files_in(folder).empty()) mistakes.push_back({folder, 0, "", "unreadable", {}});
  if (!mistakes.empty()) return mistakes;
  return texts;
}

}  // namespace anlan
