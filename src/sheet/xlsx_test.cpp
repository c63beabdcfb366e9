#include <gmock/gmock.h>

#include "sheet/sheet_fixture.h"

namespace anlan::sheet {
namespace {

using namespace fixture;
using testing::ElementsAre;

TEST(Xlsx, GivesCellsOfEveryKind) {
  const Read all =
      read(xlsx("<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2'><v>3.5</v></c><c r='C2' t='b'><v>1</v></c>"
                "<c r='D2' t='e'><v>#N/A</v></c><c r='F2' t='inlineStr'><is><t>in </t><r><t>line</t></r></is></c>"
                "<c r='G2' s='1'/></row>",
                "", "<si><t>none</t></si><si><r><t>两</t></r><r><t>段</t></r><rPh><t>liang</t></rPh></si>"));
  ASSERT_EQ(all.refused, "");
  ASSERT_EQ(all.rows.size(), 1u);
  EXPECT_EQ(all.rows[0].number, 2);
  EXPECT_THAT(all.rows[0].cells,
              ElementsAre(text("两段"), number(3.5), Cell{CellKind::kBoolean, "", 1, DateStyle::kNone},
                          Cell{CellKind::kError, "#N/A", 0, DateStyle::kNone}, Cell{}, text("in line")));
}

TEST(Xlsx, FlagsEveryFormulaAndDoesNotTakeItForItsValue) {
  const Read all =
      read(xlsx("<row r='1'><c r='A1'><f>1+1</f><v>2</v></c><c r='B1' t='str'><f>HYPERLINK(\"x\")</f><v>看</v>"
                "</c><c r='C1'><f/></c><c r='D1'><v>2</v></c></row>"));
  ASSERT_EQ(all.rows.size(), 1u);
  EXPECT_EQ(all.rows[0][0], (Cell{CellKind::kFormula, "2", 0, DateStyle::kNone}));
  EXPECT_EQ(all.rows[0][1], (Cell{CellKind::kFormula, "看", 0, DateStyle::kNone}));
  EXPECT_EQ(all.rows[0][2].kind, CellKind::kFormula);
  EXPECT_EQ(all.rows[0][3], number(2));
}

TEST(Xlsx, KnowsWhichNumbersAreDates) {
  const std::string rows =
      "<row r='1'><c r='A1' s='1'><v>45356</v></c><c r='B1' s='2'><v>45356.5</v></c><c r='C1' s='3'>"
      "<v>45356</v></c><c r='D1' s='4'><v>45356</v></c><c r='E1' s='5'><v>0.5</v></c></row>";
  const Read all = read(xlsx(rows));
  EXPECT_THAT(all.rows.at(0).cells,
              ElementsAre(number(45356, DateStyle::kDate), number(45356.5, DateStyle::kDateTime),
                          number(45356, DateStyle::kDate), number(45356), number(0.5, DateStyle::kTime)));
  const Read old = read(zipped(package_of(worksheet(rows), "", "<workbookPr date1904='1'/>")));
  EXPECT_EQ(old.rows.at(0)[0], number(46818, DateStyle::kDate));
  EXPECT_EQ(old.rows.at(0)[3], number(45356));
}

TEST(Xlsx, KnowsWhatIsMergedBeforeTheFirstRow) {
  const Read all = read(xlsx("<row r='1'><c r='A1'><v>1</v></c></row>",
                             "<mergeCells count='2'><mergeCell ref='A1:C1'/><mergeCell ref='B2:B4'/></mergeCells>"));
  EXPECT_THAT(all.merges, ElementsAre(Range{{0, 1}, {2, 1}}, Range{{1, 2}, {1, 4}}));
  EXPECT_EQ(all.rows.size(), 1u);
}

TEST(Xlsx, FindsMergesBehindAnyNumberOfRowsAndUnderAnyPrefix) {
  for (const int rows : {1, 100, 1000, 1001, 1002, 1003, 5000}) {
    std::string body;
    for (int i = 1; i <= rows; ++i) body += "<x:row r='" + std::to_string(i) + "'><x:c><x:v>7</x:v></x:c></x:row>";
    const std::string sheet = "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main'><x:sheetData >" +
                              body +
                              "</x:sheetData ><x:mergeCells><x:mergeCell ref='A1:A2'/></x:mergeCells></x:worksheet>";
    const Read all = read(zipped(package_of(sheet)));
    EXPECT_EQ(all.refused, "");
    EXPECT_EQ(all.merges.size(), 1u) << rows;
    EXPECT_EQ(all.rows.size(), static_cast<std::size_t>(rows));
  }
}

TEST(Xlsx, ReadsCellsThatDoNotSayWhereTheyAreAndLeavesOutEmptyRows) {
  const Read all = read(
      xlsx("<row><c><v>1</v></c><c t='inlineStr'><is><t> </t></is></c></row><row/><row><c/><c><v>2</v></c></row>"));
  ASSERT_EQ(all.rows.size(), 2u);
  EXPECT_EQ(all.rows[0].cells.size(), 1u);
  EXPECT_EQ(all.rows[1].number, 3);
  EXPECT_EQ(all.rows[1][1], number(2));
}

TEST(Xlsx, MayHaveTheMarkOfItsEncodingInEveryPart) {
  Parts parts = package_of(worksheet("<row><c t='s'><v>0</v></c></row>"), "<si><t>名</t></si>");
  for (auto& [_, bytes] : parts) bytes.insert(0, "\xEF\xBB\xBF");
  EXPECT_EQ(read(zipped(parts)).rows.at(0)[0], text("名"));
}

TEST(Xlsx, NamesItsSheetsAndWhichAreHidden) {
  Parts parts = package_of(worksheet("<row r='1'><c r='A1'><v>1</v></c></row>"));
  parts =
      with(parts, "xl/workbook.xml",
           std::string("<workbook ") + kMain +
               " xmlns:r='http://purl.oclc.org/ooxml/officeDocument/relationships'><sheets><sheet name='物资&amp;装备' "
               "r:id='rId1'/><sheet name='字典' state='veryHidden' r:id='rId1'/><sheet name='图' r:id='rId9'/></sheets>"
               "</workbook>");
  const std::string bytes = zipped(parts);
  const auto book = Book::open(bytes);
  ASSERT_TRUE(book.ok());
  ASSERT_EQ((*book)->sheets().size(), 2u);
  EXPECT_EQ((*book)->sheets()[0].name, "物资&装备");
  EXPECT_FALSE((*book)->sheets()[0].hidden);
  EXPECT_TRUE((*book)->sheets()[1].hidden);
  EXPECT_EQ(read(bytes, {}, 1).rows.size(), 1u);
}

TEST(Cell, ShowsFifteenDigitsAsSheetsDo) {
  EXPECT_EQ(shown(number(13900000001)), "13900000001");
  EXPECT_EQ(shown(number(0.1 + 0.2)), "0.3");
  EXPECT_EQ(shown(number(119.10330000000001)), "119.1033");
  EXPECT_EQ(shown(number(-2)), "-2");
}

TEST(Cell, HasAnAddress) {
  EXPECT_EQ(to_string({2, 12}), "C12");
  EXPECT_EQ(to_string({26, 1}), "AA1");
  EXPECT_EQ(to_string({16'383, 1'048'576}), "XFD1048576");
  EXPECT_EQ(address_of("XFD1048576"), (Address{16'383, 1'048'576}));
  for (const char* wrong : {"", "12", "C", "C0", "C-1", "C01", "XFE1", "XFD9999999", "AAAAA1", "c1", "C1x", "C 1"})
    EXPECT_EQ(address_of(wrong), std::nullopt) << wrong;
  for (const char* wrong : {"A2:A1", "B1:A1", "A1:", ":A1", "A1:B"}) EXPECT_EQ(range_of(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace anlan::sheet
