#include "base/name_match.h"

#include <gtest/gtest.h>

namespace anlan {
namespace {

using enum NameMatch;
const LookupName kTown{"羊口镇", "yangkouzhen", "ykz"};

TEST(NameMatch, FindsANameByItsCharacters) {
  EXPECT_EQ(match_name("羊口镇", kTown), kExact);
  EXPECT_EQ(match_name("羊口", kTown), kNear);
  EXPECT_EQ(match_name("羊", kTown), kPrefix);
  EXPECT_EQ(match_name("口", kTown), kInside);
  EXPECT_EQ(match_name("侯", kTown), kNone);
  EXPECT_EQ(match_name("", kTown), kNone);
}

TEST(NameMatch, FindsANameByPinyinAndInitials) {
  EXPECT_EQ(match_name("ykz", kTown), kExact);
  EXPECT_EQ(match_name("yk", kTown), kNear);
  EXPECT_EQ(match_name("y", kTown), kPrefix);
  EXPECT_EQ(match_name("kz", kTown), kInside);
  EXPECT_EQ(match_name("yangkouzhen", kTown), kExact);
  EXPECT_EQ(match_name("yangk", kTown), kPrefix);
  EXPECT_EQ(match_name("kou", kTown), kNone);
}

TEST(NameMatch, TellsWhetherANameBeginsLikeThat) {
  for (const auto* text : {"羊", "羊口镇", "yang", "yk"}) EXPECT_TRUE(begins_with(kTown, text)) << text;
  for (const auto* text : {"口", "kz", "kou", "羊口镇区"}) EXPECT_FALSE(begins_with(kTown, text)) << text;
}

TEST(NameMatch, TakesTextAsItIsTyped) {
  EXPECT_EQ(normalised("  XI'AN "), "xian");
  EXPECT_EQ(normalised(" 羊口 "), "羊口");
  EXPECT_EQ(normalised("   "), "");
}

TEST(NameMatch, MakesTheKeysFromSyllables) {
  std::string keys;
  keys.reserve(100);
  const auto town = lookup_name("羊口镇", "yang kou zhen", keys), city = lookup_name("六安市", "lu an shi", keys);
  EXPECT_EQ(town.initials, "ykz");
  EXPECT_EQ(town.pinyin, "yangkouzhen");
  EXPECT_EQ(city.pinyin, "luanshi");
  EXPECT_EQ(city.name, "六安市");
}

}  // namespace
}  // namespace anlan
