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
  EXPECT_EQ(without_bidi_controls("a\u202eb\u2066中\u2069"), "ab中");
  EXPECT_EQ(without_bidi_controls("\u202f\u2065\u206a"), "\u202f\u2065\u206a");
  EXPECT_EQ(bidi_control("\u202ax"), 3u);
  EXPECT_EQ(bidi_control("x\u202a"), 0u);
}

}  // namespace
}  // namespace anlan
