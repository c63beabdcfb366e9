#include "platform/typeset/breaks.h"

#include <glib.h>
#include <gtest/gtest.h>

#include <numeric>

namespace anlan::typeset {
namespace {

FontBook song() {
  auto book = FontBook::open({{"song", {"Noto Serif CJK SC"}}}, {});
  EXPECT_TRUE(book.ok());
  return std::move(*book);
}

std::vector<std::string> set_in(FontBook& book, const std::string& text, double cells, double indent = 0) {
  const ShapedText shaped = shape(book, {"song", 10}, text);
  std::vector<std::string> lines;
  for (const Line& line : break_lines(shaped, {cells * 10, indent * 10}))
    lines.push_back(shaped.text.substr(shaped.clusters[line.first].begin,
                                       shaped.clusters[line.last - 1].end - shaped.clusters[line.first].begin));
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Breaks, NoLineBeginsWithAClosingMark) {
  FontBook book = song();
  for (const char* mark :
       {"，", "。", "、", "；", "：", "！", "？", "）", "》", "”", "’", "』", "」", "】", "〕", "…", "％", "%"})
    EXPECT_EQ(set_in(book, std::string("一二三四") + mark + "五六", 4),
              (Lines{"一二三", std::string("四") + mark + "五六"}))
        << mark;
}

TEST(Breaks, NoLineEndsWithAnOpeningMark) {
  FontBook book = song();
  for (const char* mark : {"（", "《", "“", "‘", "「", "『", "【", "〔"})
    EXPECT_EQ(set_in(book, std::string("一二三") + mark + "四五六", 4), (Lines{"一二三", std::string(mark) + "四五六"}))
        << mark;
}

TEST(Breaks, QuotationMarksMayBeginAndEndALineOnTheirOwnSide) {
  FontBook book = song();
  EXPECT_EQ(set_in(book, "一二三四“五六”七八", 4), (Lines{"一二三四", "“五六”", "七八"}));
  EXPECT_EQ(set_in(book, "一二“三”，四五", 5), (Lines{"一二", "“三”，四", "五"}));
}

TEST(Breaks, ADashOfTwoCellsIsNotTorn) {
  FontBook book = song();
  EXPECT_EQ(set_in(book, "一二三——四", 4), (Lines{"一二三", "——四"}));
}

TEST(Breaks, ANumberStaysWhole) {
  FontBook book = song();
  EXPECT_EQ(set_in(book, "共一二12345人", 4), (Lines{"共一二", "12345人"}));
}

TEST(Breaks, AWordWiderThanTheLineIsTornRatherThanRunningOut) {
  FontBook book = song();
  const Lines lines = set_in(book, std::string(60, 'W'), 5);
  EXPECT_GT(lines.size(), 5u);
  EXPECT_EQ(std::accumulate(lines.begin(), lines.end(), std::string()), std::string(60, 'W'));
}

TEST(Breaks, AParagraphBeginsTwoCellsIn) {
  FontBook book = song();
  EXPECT_EQ(set_in(book, "一二三四五六七", 5, 2), (Lines{"一二三", "四五六七"}));
}

TEST(Breaks, LinesButTheLastEndFlush) {
  FontBook book = song();
  const ShapedText shaped = shape(book, {"song", 10}, "一二三四五六七八九十一二三四五六七八九，十一二");
  const std::vector<Line> lines = break_lines(shaped, {190});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NEAR(width_of(shaped, lines[0].first, lines[0].last) + 17 * lines[0].gap_pt, 190, 0.01);
  EXPECT_EQ(lines[1].gap_pt, 0);
}

TEST(Breaks, TitlesAreTornBetweenWordsIntoLinesOfLikeLength) {
  FontBook book = song();
  EXPECT_EQ(balanced_lines(book, {"song", 10}, "关于羊口镇化工企业氯气泄漏事故情况的报告", 150),
            (Lines{"关于羊口镇化工企业氯气", "泄漏事故情况的报告"}));
  EXPECT_EQ(balanced_lines(book, {"song", 10}, "关于某事\n的报告", 150), (Lines{"关于某事", "的报告"}));
  EXPECT_EQ(balanced_lines(book, {"song", 10}, "", 150), Lines{});
}

}  // namespace
}  // namespace anlan::typeset
