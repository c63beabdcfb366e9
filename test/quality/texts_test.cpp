#include "quality/texts.h"

#include <gtest/gtest.h>

namespace anlan::quality {
namespace {

TEST(Texts, FindChineseWordsInCodeButNotInCommentsAndTests) {
  EXPECT_EQ(check_words_in_code({{"src/a.cpp", "// 值班\nauto a = \"，\";\nchar32_t b = U'国';\n"},
                                 {"src/a_test.cpp", "auto a = \"值班\";\n"},
                                 {"console/src/a.vue", "<!-- 值班 --><script>\n// 值班\n</script>\n"},
                                 {"console/src/zh-CN.json", "{\"a\": \"值班\"}"}}),
            Findings{});
  EXPECT_EQ(check_words_in_code({{"src/a.cpp", "int a;\nauto b = \"值班\";\n"}}),
            (Findings{{"src/a.cpp", 2, "Chinese words in code"}}));
  EXPECT_EQ(check_words_in_code({{"console/src/a.vue", "<template>\n<p>值班</p></template>\n"}}),
            (Findings{{"console/src/a.vue", 2, "Chinese words in code"}}));
}

TEST(Texts, FindAKeyThatOneLanguageLacks) {
  EXPECT_EQ(check_languages({{"data/text/a.en.toml", "[x]\na = \"A\"\n"},
                             {"data/text/a.zh-CN.toml", "[x]\na = \"甲\"\nb = \"乙\"\n"}}),
            (Findings{{"data/text/a.zh-CN.toml", 0, "x.b is missing in the other language"}}));
  EXPECT_EQ(check_languages({{"console/src/map/en.json", R"({"x": {"a": "A", "b": "B"}})"},
                             {"console/src/map/zh-CN.json", R"({"x": {"a": "甲"}})"}}),
            (Findings{{"console/src/map/en.json", 0, "x.b is missing in the other language"}}));
}

TEST(Texts, FindAFileThatOneLanguageLacks) {
  EXPECT_EQ(check_languages({{"console/src/en/map.json", "{}"}}),
            (Findings{{"console/src/en/map.json", 0, "console/src/zh-CN/map.json is missing"}}));
}

TEST(Texts, FindPlaceholdersThatDifferAndTextsThatAreEmpty) {
  EXPECT_EQ(check_languages({{"data/en.toml", "a = \"{n} of {m}\"\nb = \"\"\n"},
                             {"data/zh-CN.toml", "a = \"{m} 中 {n}，{o}\"\nb = \"乙\"\n"}}),
            (Findings{{"data/en.toml", 0, "a has other {placeholders} in the other language"},
                      {"data/en.toml", 0, "b is empty"}}));
}

TEST(Texts, FindALabelInOneLanguage) {
  EXPECT_EQ(check_languages({{"data/a.toml", "[[row]]\nzh = \"甲\"\nen = \"A\"\n\n[[row]]\nzh = \"乙\"\n"}}),
            (Findings{{"data/a.toml", 5, "a label in one language only"}}));
}

}  // namespace
}  // namespace anlan::quality
