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

}  // namespace
}  // namespace anlan
