#include "codec/cap/files_test.h"

#include <toml++/toml.h>

#include <fstream>
#include <iterator>

namespace anlan::cap {

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path fixtures() { return std::filesystem::path(ANLAN_SOURCE_DIR) / "test/fuzz/corpus/cap"; }

Reading read_fixture(const std::string& name) { return read(contents(fixtures() / (name + ".xml"))); }

std::filesystem::path text_file(const std::string& language) {
  return std::filesystem::path(ANLAN_SOURCE_DIR) / ("data/text/cap." + language + ".toml");
}

Texts texts(const std::string& language) {
  return [table = toml::parse_file(text_file(language).string())](std::string_view key) {
    return table["cap"][key].value_or(std::string());
  };
}

}  // namespace anlan::cap
