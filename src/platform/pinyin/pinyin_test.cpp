#include "platform/pinyin/pinyin.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/tsv.h"

namespace anlan::pinyin {
namespace {

std::string file(const std::string& name) {
  std::ifstream in(ANLAN_SOURCE_DIR "/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

const Pinyin& shipped() {
  static const Pinyin kPinyin = Pinyin::read(file("pinyin/names.tsv")).value();
  return kPinyin;
}

TEST(Pinyin, IsWholeAndByInitials) {
  const std::string weifang = shipped().syllables("潍坊市");
  EXPECT_EQ(weifang, "wei fang shi");
  EXPECT_EQ(joined(weifang), "weifangshi");
  EXPECT_EQ(initials(weifang), "wfs");
}

TEST(Pinyin, KnowsNamesThatAreReadOtherwise) {
  EXPECT_EQ(shipped().syllables("重庆市"), "chong qing shi");
  EXPECT_EQ(shipped().syllables("重点防护目标"), "zhong dian fang hu mu biao");
  EXPECT_EQ(shipped().syllables("长沙市救援队队长"), "chang sha shi jiu yuan dui dui zhang");
  EXPECT_EQ(shipped().syllables("长子县"), "zhang zi xian");
  EXPECT_EQ(shipped().syllables("厦门大厦"), "xia men da sha");
  EXPECT_EQ(shipped().syllables("绿地女校"), "lv di nv xiao");
}

TEST(Pinyin, KeepsLettersAndDigitsTogether) {
  EXPECT_EQ(shipped().syllables("第12中学（A座）"), "di 12 zhong xue a zuo");
  EXPECT_EQ(initials(shipped().syllables("１号库")), "1hk");
  EXPECT_EQ(shipped().syllables(""), "");
  EXPECT_EQ(shipped().syllables("\xFF·"), "");
}

TEST(Pinyin, RefusesATableWhoseSyllablesDoNotFit) {
  EXPECT_FALSE(Pinyin::read("重庆\tchong\n").ok());
  EXPECT_FALSE(Pinyin::read("重庆\n").ok());
}

// The divisions' pinyin was made by another program, which reads some characters otherwise wherever they stand in a
// name: two thirds of what differs are two of them.
TEST(Pinyin, AgreesWithTheDivisionsOfTheCountry) {
  std::size_t same = 0, all = 0, same_initials = 0;
  const auto failed = read_tsv(file("divisions/china.tsv"), [&](const TsvRow& row) -> std::optional<Failure> {
    const std::string found = shipped().syllables(row[1]);
    ++all;
    same += found == row[2];
    same_initials += initials(found) == initials(row[2]);
    if (found != row[2] && std::getenv("ANLAN_PINYIN_OTHERS"))
      std::printf("%s\t%s\t%s\n", std::string(row[1]).c_str(), std::string(row[2]).c_str(), found.c_str());
    return std::nullopt;
  });
  ASSERT_FALSE(failed);
  EXPECT_GT(all, 40'000u);
  EXPECT_GT(static_cast<double>(same) / static_cast<double>(all), 0.985);
  EXPECT_GT(static_cast<double>(same_initials) / static_cast<double>(all), 0.99);
}

}  // namespace
}  // namespace anlan::pinyin
