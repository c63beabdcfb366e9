#pragma once
// TOML read strictly: each wrong, missing or unknown key is a mistake with its line, and reading goes on.

#include <toml++/toml.h>

#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/geometry.h"
#include "base/validity.h"
#include "main/mistake.h"

namespace anlan {

// The whole of a file as text; code "unreadable".
Result<std::string, Mistake> read_text(const std::string& file);
// Codes "unreadable", "syntax".
Result<toml::table, Mistake> read_toml(const std::string& file);

// One table of a file. What it refers to must outlive it; finish() it when every key was asked for.
class TomlRow {
 public:
  TomlRow(std::string file, std::string path, const toml::table& table, Mistakes& mistakes)
      : file_(std::move(file)), path_(std::move(path)), table_(table), mistakes_(mistakes) {}

  // A value where there is a right one; required ones are a mistake where they are missing, and empty then.
  std::string text(std::string_view key);
  // A required one that is not empty either.
  std::string filled(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  // The same where it is there; `otherwise` where it is not.
  std::int64_t integer_or(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
    return has(key) ? integer(key, least, most) : (skip(key), otherwise);
  }
  bool has(std::string_view key) const { return table_.contains(key); }
  double number(std::string_view key);
  bool flag(std::string_view key);  // absent: false
  // One text or a list of them; absent: empty.
  std::vector<std::string> texts(std::string_view key);
  // A list of [longitude, latitude].
  std::vector<LngLat> points(std::string_view key);
  // valid_from and valid_to: calendar days in China, both inside.
  Validity validity();
  template <Named E>
  E word(std::string_view key) {
    const std::string name = text(key);
    if (const auto value = named<E>(name)) return *value;
    std::string allowed;
    for (const auto& [value, word] : names_of(E{})) allowed.append(allowed.empty() ? "" : ", ").append(word);
    if (!name.empty()) mistake(key, "word", {{"value", name}, {"allowed", allowed}});
    return E{};
  }
  // Null where there is none.
  const toml::table* table(std::string_view key);
  // A key that is read elsewhere or by people only.
  void skip(std::string_view key) { asked_.insert(std::string(key)); }

  // Tables inside that nobody asked for by name: for keys that are data themselves.
  std::vector<std::pair<std::string, const toml::table*>> tables_left();
  // Every key that was not asked for is a mistake.
  void finish();
  void mistake(std::string_view key, std::string code, Texts::Values values = {});
  // Of a key's value; of the row where the key is not there.
  Place place(std::string_view key) const;
  const std::string& path() const { return path_; }
  TomlRow inside(const std::string& key, const toml::table& table) {
    return {file_, path_.empty() ? key : path_ + "." + key, table, mistakes_};
  }

 private:
  const toml::node* find(std::string_view key);
  std::optional<Day> day(std::string_view key);

  std::string file_, path_;
  const toml::table& table_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> asked_;
};

// Calls visit(TomlRow&) for each [[name]] of a file and finishes it; a file without any is a mistake, as is a key
// beside them that is not in `others`.
template <class Visit>
Mistakes each_row(const std::string& file, const std::string& name, Visit&& visit,
                  const std::vector<std::string>& others = {}) {
  Mistakes mistakes;
  const auto root = read_toml(file);
  if (!root.ok()) return {root.error()};
  TomlRow top(file, "", *root, mistakes);
  for (const auto& other : others) top.skip(other);
  top.skip(name);
  top.finish();
  const auto* rows = (*root)[name].as_array();
  if (!rows || rows->empty() || !rows->is_homogeneous(toml::node_type::table))
    mistakes.push_back({file, 0, name, "missing", {}});
  else
    for (std::size_t i = 0; i < rows->size(); ++i) {
      TomlRow row(file, name + "[" + std::to_string(i + 1) + "]", *(*rows)[i].as_table(), mistakes);
      visit(row);
      row.finish();
    }
  return mistakes;
}

}  // namespace anlan
