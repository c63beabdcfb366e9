#include "sheet/head.h"

#include <gmock/gmock.h>

#include <set>

#include "sheet/sheet_fixture.h"

namespace anlan::sheet {
namespace {

using namespace fixture;
using testing::ElementsAre;

Row row(std::int64_t number, const std::vector<std::string>& texts) {
  Row row{number, {}};
  for (const auto& t : texts) row.cells.push_back(t.empty() ? Cell{} : text(t));
  return row;
}

std::vector<std::string> labels(const Head& head) {
  std::vector<std::string> texts;
  for (const Label& label : head.labels) texts.push_back(label.text);
  return texts;
}

const auto kKnown = [](std::string_view key) {
  static const std::set<std::string, std::less<>> kKeys{"名称", "电话", "位置/经度", "位置/纬度", "人数"};
  return kKeys.contains(key);
};
const auto kNothing = [](std::string_view) { return false; };

TEST(Head, IsFoundUnderATitleAndBesideUnits) {
  const std::vector<Row> rows{row(1, {"潍坊市应急队伍台账"}), row(2, {"填报单位：", "", "2024年"}),
                              row(4, {"*名 称", "电话（手机）", "人数(人)", "备注"}),
                              row(5, {"甲队", "139", "30", ""})};
  const Head head = find_head(rows, {}, kKnown);
  EXPECT_EQ(head.first_row, 4);
  EXPECT_EQ(head.last_row, 4);
  ASSERT_EQ(head.labels.size(), 4u);
  EXPECT_EQ(head.labels[0], (Label{"*名 称", "名称", ""}));
  EXPECT_EQ(head.labels[1].bracket, "手机");
  EXPECT_EQ(head.labels[2], (Label{"人数(人)", "人数", "人"}));
}

TEST(Head, OfTwoRowsIsReadByWhatIsMerged) {
  const std::vector<Row> rows{row(1, {"名称", "位置", "", "电话"}), row(2, {"", "经度", "纬度", ""}),
                              row(3, {"甲队", "119.1", "36.7", "139"})};
  const std::vector<Range> merges{*range_of("A1:A2"), *range_of("B1:C1"), *range_of("D1:D2")};
  const Head head = find_head(rows, merges, kKnown);
  EXPECT_EQ(head.last_row, 2);
  EXPECT_THAT(labels(head), ElementsAre("名称", "位置/经度", "位置/纬度", "电话"));
  EXPECT_THAT(labels(find_head(rows, {}, kKnown)), ElementsAre("名称", "位置/经度", "位置/纬度", "电话"));
  EXPECT_THAT(labels(find_head(rows, merges, kNothing)), ElementsAre("名称", "位置/经度", "位置/纬度", "电话"));
}

TEST(Head, IsGuessedWhereNoColumnIsKnown) {
  const std::vector<Row> rows{row(1, {"一张表"}), row(2, {"a", "b", "c"}), row(3, {"1", "2", "3"})};
  EXPECT_EQ(find_head(rows, {}, kNothing).first_row, 2);
  EXPECT_EQ(find_head({}, {}, kNothing).first_row, 0);
}

TEST(Head, DoesNotTakeTheFirstRowOfDataForAPartOfIt) {
  const std::vector<Row> rows{row(1, {"名称", "电话"}), row(2, {"甲队", "139"}), row(3, {"乙队", "138"})};
  EXPECT_EQ(find_head(rows, {}, kKnown).last_row, 1);
}

TEST(MergedDown, GivesEachRowTheValueThatIsShownOverThem) {
  const std::vector<Range> merges{*range_of("A1:A2"), *range_of("A3:A5"), *range_of("B4:B5"), *range_of("C3:D3")};
  MergedDown merged(merges, 2);
  std::vector<std::string> first;
  for (Row r : {row(3, {"奎文区", "x"}), row(4, {"", "y", "z"}), row(5, {"", "", "z"}), row(6, {"", "w"})}) {
    merged.fill(r);
    first.push_back(r[0].text + "," + r[1].text);
  }
  EXPECT_THAT(first, ElementsAre("奎文区,x", "奎文区,y", "奎文区,y", ",w"));
}

}  // namespace
}  // namespace anlan::sheet
