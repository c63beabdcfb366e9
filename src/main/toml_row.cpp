#include "main/toml_row.h"

#include "platform/machine/files.h"

namespace anlan {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

}  // namespace

Result<std::string, Mistake> read_text(const std::string& file) {
  auto text = machine::read_file(file);
  if (!text.ok()) return Mistake{file, 0, "", machine::is_folder(file) ? "is_folder" : "unreadable", {}};
  return std::move(*text);
}

Result<toml::table, Mistake> read_toml(const std::string& file) {
  const auto text = read_text(file);
  if (!text.ok()) return text.error();
  try {
    return toml::parse(*text, file);
  } catch (const toml::parse_error& error) {
    return Mistake{file,
                   static_cast<int>(error.source().begin.line),
                   "",
                   "syntax",
                   {{"column", std::to_string(error.source().begin.column)}}};
  }
}

// What is asked for counts as known; finish() names the rest.
const toml::node* TomlRow::find(std::string_view key) {
  skip(key);
  return table_.get(key);
}

Place TomlRow::place(std::string_view key) const {
  const toml::node* node = table_.get(key);
  return {file_, line_of(node ? *node : table_)};
}

// With the line of the key where it is there, else that of the row.
void TomlRow::mistake(std::string_view key, std::string code, Texts::Values values) {
  const auto [file, line] = place(key);
  const std::string path = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  mistakes_.push_back({file, line, path, std::move(code), std::move(values)});
}

std::string TomlRow::text(std::string_view key) {
  if (!find(key)) mistake(key, "missing");
  return optional_text(key).value_or("");
}

std::string TomlRow::filled(std::string_view key) {
  const std::string value = text(key);
  if (const auto* node = table_.get(key); node && node->is_string() && value.empty()) mistake(key, "empty");
  return value;
}

// Absent is no mistake; another type is.
std::optional<std::string> TomlRow::optional_text(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto value = node->value_exact<std::string>();
  if (!value) mistake(key, "not_text");
  return value;
}

// Both ends are allowed; `least` stands in where it is a mistake.
std::int64_t TomlRow::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const toml::node* node = find(key);
  const auto value = node ? node->value_exact<std::int64_t>() : std::nullopt;
  if (!node)
    mistake(key, "missing");
  else if (!value)
    mistake(key, "not_integer");
  else if (*value < least || *value > most)
    mistake(key, "range", {{"least", std::to_string(least)}, {"most", std::to_string(most)}});
  return value.value_or(0);
}

double TomlRow::number(std::string_view key) {
  const toml::node* node = find(key);
  const auto value = node ? node->value<double>() : std::nullopt;
  if (!node)
    mistake(key, "missing");
  else if (!node->is_number())
    mistake(key, "not_number");
  return value.value_or(0);
}

bool TomlRow::flag(std::string_view key) {
  const toml::node* node = find(key);
  if (node && !node->is_boolean()) mistake(key, "not_flag");
  return node && node->value_or(false);
}

std::vector<std::string> TomlRow::texts(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return {};
  if (const auto one = node->value_exact<std::string>()) return {*one};
  std::vector<std::string> out;
  const auto* list = node->as_array();
  if (!list || (!list->empty() && !list->is_homogeneous(toml::node_type::string))) {
    mistake(key, "not_texts");
    return {};
  }
  for (const auto& element : *list) out.push_back(element.value_or(std::string()));
  return out;
}

std::vector<LngLat> TomlRow::points(std::string_view key) {
  const toml::node* node = find(key);
  const auto* list = node ? node->as_array() : nullptr;
  std::vector<LngLat> points;
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const auto* point = (*list)[i].as_array();
    if (point && point->size() == 2 && (*point)[0].is_number() && (*point)[1].is_number())
      points.push_back({*(*point)[0].value<double>(), *(*point)[1].value<double>()});
  }
  if (!node)
    mistake(key, "missing");
  else if (!list || points.size() != list->size())
    mistake(key, "not_points");
  return points;
}

// A date of TOML, without quotes.
std::optional<Day> TomlRow::day(std::string_view key) {
  const toml::node* node = find(key);
  if (!node) return std::nullopt;
  const auto date = node->value<toml::date>();
  if (!date) {
    mistake(key, "not_day");
    return std::nullopt;
  }
  return std::chrono::year_month_day{std::chrono::year{date->year}, std::chrono::month{date->month},
                                     std::chrono::day{date->day}};
}

// valid_from and valid_to, days in China, both inside.
Validity TomlRow::validity() {
  const Validity valid{day("valid_from").value_or(Day::min()), day("valid_to").value_or(Day::max())};
  if (valid.to < valid.from) mistake("valid_to", "ends_before");
  return valid;
}

const toml::table* TomlRow::table(std::string_view key) {
  const toml::node* node = find(key);
  if (node && !node->is_table()) mistake(key, "not_table");
  return node ? node->as_table() : nullptr;
}

std::vector<std::pair<std::string, const toml::table*>> TomlRow::tables_left() {
  std::vector<std::pair<std::string, const toml::table*>> out;
  for (const auto& [key, node] : table_)
    if (node.is_table() && !asked_.contains(key.str())) out.emplace_back(key.str(), node.as_table());
  for (const auto& [key, table] : out) skip(key);
  return out;
}

// A key that nobody asked for is a misspelling, not an option.
void TomlRow::finish() {
  for (const auto& [key, node] : table_)
    if (!asked_.contains(key.str())) mistake(key.str(), "unknown");
}

}  // namespace anlan
