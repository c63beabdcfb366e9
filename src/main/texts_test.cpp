#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "main/load.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

using testing::IsEmpty;

const Texts& texts() {
  static const Texts kTexts = load_texts(ANLAN_SOURCE_DIR "/data/text").value();
  return kTexts;
}

// What `pattern` finds (its first group) in the code of the program, tests left out.
std::set<std::string> found_in_code(const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ANLAN_SOURCE_DIR "/src")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".cpp") && !name.ends_with(".h")) continue;
    if (name.ends_with("_test.cpp") || entry.path().string().find("/src/base/") != std::string::npos) continue;
    const std::string source = *machine::read_file(entry.path().string());
    for (std::sregex_iterator m(source.begin(), source.end(), regex), end; m != end; ++m) found.insert((*m)[1]);
  }
  return found;
}

std::vector<std::string> without_text(const std::set<std::string>& keys) {
  std::vector<std::string> missing;
  for (const auto& key : keys)
    for (const Locale locale : {Locale::kChinese, Locale::kEnglish})
      if (!texts().has(locale, key) || texts().get(locale, key).empty()) missing.push_back(key);
  return missing;
}

TEST(Texts, SayOfEveryRefusalWhatItIsAndWhatToDoNext) {
  std::set<std::string> keys;
  for (const char* pattern : {R"re(refuse\(\s*(?:RefusalKind::)?k\w+,\s*(?:[^";]*\?\s*)?"([a-z_]+\.[a-z_]+)")re",
                              R"re((?:rule|fault)\(\s*"([a-z_]+\.[a-z_]+)")re"})
    for (const auto& code : found_in_code(pattern)) {
      keys.insert("refusal." + code + ".title");
      keys.insert("refusal." + code + ".detail");
    }
  EXPECT_GT(keys.size(), 150u) << "the codes are written in another way than this test looks for";
  EXPECT_THAT(without_text(keys), IsEmpty());
}

TEST(Texts, TellEveryFactOfTheStory) {
  std::set<std::string> keys;
  for (const auto& type : found_in_code(R"re(kType = "([a-z_]+\.[a-z_]+)")re")) keys.insert("fact." + type);
  EXPECT_GT(keys.size(), 40u);
  EXPECT_THAT(without_text(keys), IsEmpty());
}

TEST(Texts, NameEveryMistakeAndEveryWordOfTheCommandLine) {
  std::set<std::string> keys;
  for (const auto& key : found_in_code(R"re((?:help|help_key)\("([a-z_.]*[a-z_])")re")) keys.insert("cli." + key);
  for (const auto& key : found_in_code(R"re((?:program\.say|complain)\("([a-z_]+)")re")) keys.insert("cli.said." + key);
  EXPECT_GT(keys.size(), 30u);
  EXPECT_THAT(without_text(keys), IsEmpty());
}

}  // namespace
}  // namespace anlan
