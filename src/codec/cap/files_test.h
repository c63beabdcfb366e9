#pragma once
// The files the tests of this folder read.

#include <toml++/toml.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "codec/cap/reading.h"

namespace anlan::cap {

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path fixtures() { return std::filesystem::path(ANLAN_SOURCE_DIR) / "test/fuzz/corpus/cap"; }

inline Reading read_fixture(const std::string& name) { return read(contents(fixtures() / (name + ".xml"))); }

inline Texts texts(const std::string& language) {
  const auto path = std::filesystem::path(ANLAN_SOURCE_DIR) / ("data/text/cap." + language + ".toml");
  return [table = toml::parse_file(path.string())](std::string_view key) {
    return table["cap"][key].value_or(std::string());
  };
}

// An error as "code line element value", for comparing whole lists.
inline std::string brief(const Error& e) {
  return e.code + ' ' + std::to_string(e.line) + ' ' + e.element + ' ' + e.value;
}

}  // namespace anlan::cap
