#pragma once
// The shipped data as tests read it.

#include <toml++/toml.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace anlan::data {

inline std::filesystem::path path(const std::string& name) {
  return std::filesystem::path(ANLAN_SOURCE_DIR) / "data" / name;
}

inline std::string text(const std::string& name) {
  std::ifstream in(path(name), std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline toml::table table(const std::string& name) { return toml::parse_file(path(name).string()); }

// The text of a key, empty where there is none.
inline std::string of(const toml::table& row, std::string_view key) { return row[key].value_or(std::string()); }

// Calls visit(row) for every table of the array `name`; answers how many there are.
template <class Visit>
int each(const toml::table& file, std::string_view name, Visit&& visit) {
  int rows = 0;
  if (const auto* array = file[name].as_array())
    for (const auto& row : *array) {
      visit(*row.as_table());
      ++rows;
    }
  return rows;
}

}  // namespace anlan::data
