#include "base/text.h"

#include <gtest/gtest.h>

namespace anlan {
namespace {

TEST(Blank, IsWhatNobodyCanRead) {
  for (const char* text : {"", " ", "\t\r\n", "\u3000\u3000", " \u00a0\u200b\ufeff"}) EXPECT_TRUE(blank(text)) << text;
}

TEST(Blank, IsNothingWithACharacter) {
  for (const char* text : {"a", " 。", "\u3000核\u3000", "\u4d6e", "0"}) EXPECT_FALSE(blank(text)) << text;
}

TEST(Text, LosesWhatTurnsItsDirection) {
  EXPECT_EQ(without_controls("a\u202eb\u2066中\u2069\x7f\x01\t\n"), "ab中\t\n");
  EXPECT_EQ(without_controls("\u202f\u2065\u206a"), "\u202f\u2065\u206a");
  EXPECT_EQ(control("\u202ax"), 3u);
  EXPECT_EQ(control("x\u202a"), 0u);
}

TEST(Text, IsUtf8InTheShortestFormAlone) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {""sv, "a\0b"sv, "\u007f\u0080\u07ff\u0800"sv, "\ud7ff\ue000\uffff"sv, "\U00010000\U0010ffff"sv, "核、😀"sv})
    EXPECT_TRUE(is_utf8(text)) << text;
  for (const std::string_view bytes : {"\x80"sv, "a\xc3"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xe0\x9f\xbf"sv, "\xe4\xb8"sv,
                                       "\xe4\xb8z"sv, "\xed\xa0\x80"sv, "\xf0\x8f\xbf\xbf"sv, "\xf4\x90\x80\x80"sv,
                                       "\xf5\x80\x80\x80"sv, "\xff"sv, "\xc3\xa4\xc3\x28"sv})
    EXPECT_FALSE(is_utf8(bytes)) << testing::PrintToString(bytes);
}

}  // namespace
}  // namespace anlan
