#include "base/contained.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace anlan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSubsetOf;

TEST(Contained, WidthAndCapitalsMakeNoDifference) {
  EXPECT_EQ(folded("Ｇ２０青银高速"), "g20青银高速");
  EXPECT_EQ(folded("LNG　储罐"), "lng 储罐");
  EXPECT_EQ(folded("（一）"), "(一)");
}

TEST(Contained, WordsArePartedByBlanksOfAnyWidth) {
  EXPECT_THAT(sought_words(" 羊口　氯气 "), ElementsAre("羊口", "氯气"));
  EXPECT_THAT(sought_words("　"), IsEmpty());
}

TEST(Contained, EachTwoNeighboursAreAMark) {
  EXPECT_THAT(pair_marks("火灾"), ElementsAre("706b707e", "707e"));
  EXPECT_THAT(pair_marks("火 灾\n火"), ElementsAre("706b", "707e"));
  EXPECT_THAT(pair_marks("火火火"), ElementsAre("706b", "706b706b"));
  EXPECT_THAT(pair_marks(""), IsEmpty());
}

TEST(Contained, ACharacterBeyondTheBasicPlaneIsAPairOfItsOwn) {
  EXPECT_THAT(marks_of_word("𠮷"), ElementsAre("d842dfb7"));
}

TEST(Contained, WhatContainsAWordBearsItsMarks) {
  const auto text = pair_marks(folded("寿光市羊口镇渤海化工园氯气泄漏，G18 荣乌高速封闭"));
  for (const char* word : {"氯气", "羊口镇", "渤海化工园", "g18", "漏，g"})
    EXPECT_THAT(marks_of_word(folded(word)), IsSubsetOf(text)) << word;
  EXPECT_THAT(marks_of_word("氨气"), testing::Not(IsSubsetOf(text)));
}

TEST(Contained, ASingleCharacterStandsForAllThatBeginSo) { EXPECT_THAT(marks_of_word("火"), ElementsAre("706b*")); }

}  // namespace
}  // namespace anlan
