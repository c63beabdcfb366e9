// Whole files against their known verdict: the project's own, whose names begin with it, and the collected real ones
// where they are at hand.

#include <gtest/gtest.h>
#include <toml++/toml.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "codec/cap/candidate.h"
#include "codec/cap/files_test.h"

namespace anlan::cap {
namespace {

namespace fs = std::filesystem;

TEST(CapConformance, GivesEachFileOfOursTheVerdictInItsName) {
  int files = 0;
  for (const auto& entry : fs::directory_iterator(fixtures())) {
    const std::string name = entry.path().stem().string();
    EXPECT_EQ(word(read(contents(entry.path())).kind), name.substr(0, name.find('_'))) << name;
    ++files;
  }
  EXPECT_GE(files, 18);
}

fs::path real_files() {
  const char* named = std::getenv("ANLAN_CORPUS");
  return (named ? fs::path(named) : fs::path(ANLAN_SOURCE_DIR) / "../shared/corpus") / "cap";
}

TEST(CapConformance, AgreesWithTheVerdictsOnRealFiles) {
  std::ifstream rows(real_files() / "VALIDATION.tsv");
  if (!rows) GTEST_SKIP() << "no real files at hand; set ANLAN_CORPUS";
  int compared = 0;
  for (std::string row; std::getline(rows, row); ++compared) {
    std::istringstream cells(row);
    std::string file, root, version, form, verdict;
    for (std::string* cell : {&file, &root, &version, &form, &verdict}) std::getline(cells, *cell, '\t');
    const Reading reading = read(contents(real_files() / file));
    const std::string expected = verdict == "VALID" ? "valid" : verdict == "INVALID" ? "invalid" : "foreign";
    EXPECT_EQ(word(reading.kind), expected) << line(file, reading, texts("en"));
    EXPECT_EQ(reading.well_formed, form == "wellformed") << file;
    if (reading.kind != Kind::kValid) continue;
    EXPECT_FALSE(candidate(reading.alert).identifier.empty()) << file;
  }
  EXPECT_GE(compared, 28);
}

// Every code that can be reported has a text in both languages: the codes stand in the texts alone, so their two lists
// must be the same, and those of our own files must be among them.
TEST(CapConformance, HasATextInBothLanguagesForEveryError) {
  const auto chinese = toml::parse_file(text_file("zh-CN").string());
  const auto english = toml::parse_file(text_file("en").string());
  for (const auto& [key, text] : *chinese["cap"].as_table()) EXPECT_TRUE(english["cap"][key.str()].is_string()) << key;
  EXPECT_EQ(chinese["cap"].as_table()->size(), english["cap"].as_table()->size());
  for (const auto& entry : fs::directory_iterator(fixtures()))
    for (const Error& error : read(contents(entry.path())).errors)
      EXPECT_TRUE(chinese["cap"][error.code].is_string()) << error.code;
}

}  // namespace
}  // namespace anlan::cap
