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

// The code of the program, file by file, tests left out.
std::vector<std::string> sources() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ANLAN_SOURCE_DIR "/src")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".cpp") && !name.ends_with(".h")) continue;
    if (name.ends_with("_test.cpp") || entry.path().string().find("/src/base/") != std::string::npos) continue;
    texts.push_back(*machine::read_file(entry.path().string()));
  }
  return texts;
}

// What `pattern` finds (its first group) in a text.
std::set<std::string> found_in(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator m(text.begin(), text.end(), regex), end; m != end; ++m) found.insert((*m)[1]);
  return found;
}

// The same in the code of the program.
std::set<std::string> found_in_code(const std::string& pattern) {
  std::set<std::string> found;
  for (const std::string& source : sources()) found.merge(found_in(source, pattern));
  return found;
}

// Every call in the code that makes a refusal, from its name to its closing bracket.
std::vector<std::string> refusing_calls() {
  const std::regex name(R"re(\b(?:refuse|rule|fault|blame)\()re");
  std::vector<std::string> calls;
  for (const std::string& source : sources())
    for (std::sregex_iterator m(source.begin(), source.end(), name), none; m != none; ++m) {
      const auto begin = static_cast<std::size_t>(m->position());
      std::size_t end = begin + static_cast<std::size_t>(m->length());
      for (int depth = 1; depth > 0 && end < source.size(); ++end)
        depth += source[end] == '(' ? 1 : source[end] == ')' ? -1 : 0;
      calls.push_back(source.substr(begin, end - begin));
    }
  return calls;
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

TEST(Texts, OfARefusalHaveNoPlaceThatNobodyFills) {
  std::vector<std::string> unfilled;
  std::size_t filled = 0;
  for (const std::string& call : refusing_calls()) {
    std::set<std::string> given = found_in(call, R"re(\{\s*"([a-z_]+)")re");
    given.insert("field");
    for (const auto& code : found_in(call, R"re("([a-z_]+\.[a-z_]+)")re"))
      for (const auto& place : found_in(texts().get(Locale::kEnglish, "refusal." + code + ".detail"), R"(\{(\w+)\})"))
        given.contains(place) ? void(++filled) : unfilled.push_back(code + ": {" + place + "}");
  }
  EXPECT_GT(filled, 40u) << "refusals are written in another way than this test looks for";
  EXPECT_THAT(unfilled, IsEmpty());
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
  for (const auto& key : found_in_code(R"re((?:CarryRefused\{|refused_file\()"([a-z_]+)")re"))
    keys.insert("cli.said." + key);
  for (const auto& key : found_in_code(R"re(return "(carry_[a-z_]+)";)re")) keys.insert("cli.said." + key);
  EXPECT_TRUE(keys.contains("cli.said.carry_gap") && keys.contains("cli.said.carry_cut"));
  EXPECT_GT(keys.size(), 30u);
  EXPECT_THAT(without_text(keys), IsEmpty());
}

}  // namespace
}  // namespace anlan
