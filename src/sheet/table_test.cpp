#include "sheet/table.h"

#include <toml++/toml.h>

#include <regex>
#include <set>

#include "sheet/sheet_fixture.h"

namespace anlan::sheet {
namespace {

using namespace fixture;

Layout teams() {
  Layout layout{"队伍", "应急队伍", {}, "请从列表中选择", "没有这个选项", 1000};
  layout.columns = {{"名称", ColumnKind::kText, 0, true, {}, true, "全称"},
                    {"电话", ColumnKind::kText},
                    {"人数（人）", ColumnKind::kNumber},
                    {"成立日期", ColumnKind::kDate},
                    {"类型", ColumnKind::kText, 0, false, {"矿山", "危化", "水上"}},
                    {"所在村", ColumnKind::kText, 0, false, {}}};
  for (int i = 0; i < 900; ++i) layout.columns[5].choices.push_back("第" + std::to_string(i) + "村");
  return layout;
}

// One part of an .xlsx as text.
std::string part_of(const std::string& bytes, const std::string& name) {
  const auto package = Package::open(bytes, {});
  auto part = package->part(name).value();
  std::string text, chunk(1 << 16, '\0');
  for (;;) {
    const auto got = part.read(chunk.data(), chunk.size());
    if (!got.ok() || *got == 0) return text;
    text.append(chunk, 0, *got);
  }
}

TEST(Table, IsReadAgainAsItWasWritten) {
  const std::vector<std::vector<Value>> rows{
      {"甲队", "13900000001", 30.5, Moment{2024, 3, 5}, "矿山", "第3村"},
      {"=HYPERLINK(\"http://x\")", "+86 139", -1.0, Moment{2024, 3, 5, 14, 30, 15, true}, "@x", "-1"},
      {"_x000D_<&>\"'", "00536", std::monostate(), std::monostate(), "a\nb", "𠮷"}};
  Table table(teams());
  for (const auto& row : rows) table.row(row);
  const std::string bytes = table.finish().value();
  const Read all = read(bytes);
  ASSERT_EQ(all.refused, "");
  ASSERT_EQ(all.rows.size(), 5u);
  EXPECT_EQ(all.rows[0][0].text, "应急队伍");
  EXPECT_EQ(all.rows[1][2].text, "人数（人）");
  EXPECT_EQ(all.merges, (std::vector<Range>{*range_of("A1:F1")}));
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const Cell& cell = all.rows[r + 2][c];
      EXPECT_NE(cell.kind, CellKind::kFormula);
      if (const auto* said = std::get_if<std::string>(&rows[r][c])) {
        EXPECT_EQ(cell, text(*said));
      } else if (const auto* value = std::get_if<double>(&rows[r][c])) {
        EXPECT_EQ(cell, number(*value));
      } else if (const auto* moment = std::get_if<Moment>(&rows[r][c])) {
        EXPECT_EQ(**read_moment(cell, words()), *moment);
      } else {
        EXPECT_EQ(cell, Cell{});
      }
    }
}

TEST(Table, HasDropDownsNotesAndAHeadThatStays) {
  Table table(teams());
  const std::string bytes = table.finish().value();
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find("<pane ySplit=\"2\""), std::string::npos);
  EXPECT_NE(sheet.find("<formula1>\"矿山,危化,水上\"</formula1>"), std::string::npos);
  EXPECT_NE(sheet.find("<formula1>_lists!$A$1:$A$900</formula1>"), std::string::npos);
  EXPECT_NE(sheet.find("sqref=\"E3:E1002\""), std::string::npos);
  EXPECT_NE(part_of(bytes, "xl/comments1.xml").find("全称"), std::string::npos);
  const auto book = Book::open(bytes);
  ASSERT_EQ((*book)->sheets().size(), 2u);
  EXPECT_FALSE((*book)->sheets()[0].hidden);
  EXPECT_TRUE((*book)->sheets()[1].hidden);
  EXPECT_EQ(read(bytes, {}, 1).rows.size(), 900u);
}

TEST(Table, KeepsTelephonesAsTheyAreTyped) {
  Table table(teams());
  const std::string bytes = table.finish().value();
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml"), styles = part_of(bytes, "xl/styles.xml");
  std::smatch column;
  ASSERT_TRUE(std::regex_search(sheet, column, std::regex("<col min=\"2\" max=\"2\"[^>]*style=\"(\\d+)\"")));
  std::vector<std::string> formats;
  const std::string cells = styles.substr(styles.find("<cellXfs"));
  const std::regex kFormat("<xf numFmtId=\"(\\d+)\"");
  for (std::sregex_iterator m(cells.begin(), cells.end(), kFormat), end; m != end; ++m) formats.push_back((*m)[1]);
  EXPECT_EQ(formats.at(std::stoul(column[1])), "49");  // @
}

TEST(Table, NamesItsSheetWhateverItIsCalled) {
  Layout layout = teams();
  layout.sheet = "[a]:*?/\\'" + std::string(40, 'x');
  Table table(layout);
  const std::string bytes = table.finish().value();
  const auto book = Book::open(bytes);
  EXPECT_EQ((*book)->sheets()[0].name, "a" + std::string(30, 'x'));
}

TEST(MarkedTable, ShowsTheRowsAsTheyCameAndWhatIsWrong) {
  const std::string came = xlsx(
      "<row r='1'><c r='A1' t='str'><v>名称</v></c><c r='B1' t='str'><v>日期</v></c></row>"
      "<row r='2'><c r='A2' t='str'><v>甲</v></c><c r='B2' s='1'><v>45356</v></c></row>"
      "<row r='3'><c r='B3'><f>1</f><v>7</v></c></row>");
  const Read before = read(came);
  MarkedTable marked("队伍", "原因");
  marked.head(before.rows[0]);
  marked.row(before.rows[1]);
  marked.row(before.rows[2], "B3 是公式", std::vector<std::size_t>{1, 3});
  const std::string bytes = marked.finish().value();
  const Read all = read(bytes);
  ASSERT_EQ(all.rows.size(), 3u);
  EXPECT_EQ(all.rows[0][0].text, "原因");
  EXPECT_EQ(all.rows[1][0].kind, CellKind::kEmpty);
  EXPECT_EQ(all.rows[1][1], text("甲"));
  EXPECT_EQ(all.rows[1][2], number(45356, DateStyle::kDate));
  EXPECT_EQ(all.rows[2][0].text, "B3 是公式");
  EXPECT_EQ(all.rows[2][2], text("7"));
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_NE(sheet.find("topLeftCell=\"B2\""), std::string::npos);
  std::smatch bad;
  ASSERT_TRUE(std::regex_search(sheet, bad, std::regex("<c r=\"C3\" s=\"(\\d+)\"")));
  std::smatch blank_one;
  EXPECT_TRUE(std::regex_search(sheet, blank_one, std::regex("<c r=\"E3\" s=\"(\\d+)\"")));
  EXPECT_NE(part_of(bytes, "xl/styles.xml").find("FFC7CE"), std::string::npos);
}

// Every code in the code, and no other, has words in both languages.
TEST(SheetFault, HasWordsInBothLanguages) {
  std::set<std::string> codes;
  for (const char* file : {"values", "number", "moment", "point"}) {
    const std::string code = shipped("../src/sheet/" + std::string(file) + ".cpp");
    const std::regex kCode("(?:Fault\\{|fault\\(|std::string\\(|\\? )\"([a-z_]+)\"|: \"((?:date|telephone)[a-z_]*)\"");
    for (std::sregex_iterator m(code.begin(), code.end(), kCode), end; m != end; ++m)
      codes.insert((*m)[1].str() + (*m)[2].str());
  }
  EXPECT_GT(codes.size(), 20u);
  for (const char* file : {"text/zh-CN.toml", "text/en.toml"}) {
    const toml::table texts = toml::parse(shipped(file));
    std::set<std::string> worded;
    for (const auto& [key, _] : *texts["sheet_fault"].as_table()) worded.insert(std::string(key.str()));
    EXPECT_EQ(codes, worded) << file;
  }
}

}  // namespace
}  // namespace anlan::sheet
