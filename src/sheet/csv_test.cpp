#include "sheet/csv.h"

#include <iconv.h>

#include "sheet/csv_write.h"
#include "sheet/sheet_fixture.h"

namespace anlan::sheet {
namespace {

using namespace fixture;

std::string in(const char* encoding, std::string text) {
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  std::string out(text.size() * 4, '\0');
  char *from = text.data(), *to = out.data();
  std::size_t left = text.size(), room = out.size();
  EXPECT_NE(iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1));
  iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

std::vector<std::vector<std::string>> texts(const Read& all) {
  std::vector<std::vector<std::string>> rows;
  for (const Row& row : all.rows) {
    rows.emplace_back();
    for (const Cell& cell : row.cells) rows.back().push_back(cell.text);
  }
  return rows;
}

using Rows = std::vector<std::vector<std::string>>;
const Rows kTwo{{"名称", "电话"}, {"潍坊市,队", "0536-8888888"}};

TEST(Csv, IsReadInEveryEncodingThatSpreadsheetsWrite) {
  const std::string plain = "名称,电话\r\n\"潍坊市,队\",0536-8888888\r\n";
  EXPECT_EQ(texts(read(plain)), kTwo);
  EXPECT_EQ(texts(read("\xEF\xBB\xBF" + plain)), kTwo);
  EXPECT_EQ(texts(read(in("GBK", plain))), kTwo);
  EXPECT_EQ(texts(read(in("GB18030", plain + "𠮷,㐂\n"))).at(2), (std::vector<std::string>{"𠮷", "㐂"}));
  EXPECT_EQ(texts(read("\xFF\xFE" + in("UTF-16LE", plain))), kTwo);
  EXPECT_EQ(texts(read("\xFE\xFF" + in("UTF-16BE", plain))), kTwo);
}

TEST(Csv, FindsWhatItsCellsArePartedBy) {
  EXPECT_EQ(texts(read("名称\t电话\n潍坊市,队\t0536-8888888\n")), kTwo);
  EXPECT_EQ(texts(read("名称;电话\n潍坊市,队;0536-8888888")), kTwo);
  EXPECT_EQ(texts(read("sep=;\n名称;电话\n潍坊市,队;0536-8888888")), kTwo);
  EXPECT_EQ(read("sep=;\n名称;电话").rows.at(0).number, 2);
  EXPECT_EQ(texts(read("一张表\n名称,电话,地址\na,b,c\n")).at(1).size(), 3u);
}

TEST(Csv, CountsRowsAsSpreadsheetsDo) {
  const Read all = read("a,b\r\n\r\n\"c\r\nd\",e\r\n,\r\nf,g");
  ASSERT_EQ(all.rows.size(), 3u);
  EXPECT_EQ(all.rows[1].number, 3);
  EXPECT_EQ(all.rows[1][0].text, "c\r\nd");
  EXPECT_EQ(all.rows[2].number, 5);
  EXPECT_EQ(read("a\n\nb").rows.at(1).number, 3);
}

TEST(Csv, RefusesWhatIsNoText) {
  EXPECT_EQ(read("a,b\n\"c,d\n").refused, "sheet.quote");
  EXPECT_EQ(read("a,b\n\xFF\xFF\xFF,c\n").refused, "sheet.encoding");
  EXPECT_EQ(read("\xEF\xBB\xBF\xD6\xD0,b\n").refused, "sheet.encoding");
  EXPECT_EQ(read(std::string("a,b\0c", 5)).refused, "sheet.format");
  Limits limits;
  limits.rows = 1;
  EXPECT_EQ(read("a\nb\n", limits).refused, "sheet.rows");
  limits = {};
  limits.columns = 2;
  EXPECT_EQ(read("a,b,,,\n", limits).refused, "");
  EXPECT_EQ(read("a,b\na,b,c\n", limits).field, "C2");
  limits = {};
  limits.cell_bytes = 100;
  EXPECT_EQ(read("a,\"" + std::string(200'000, 'x'), limits).refused, "sheet.cell_length");
}

TEST(Csv, WritesTextsThatNoSpreadsheetTakesForAFormula) {
  const std::vector<std::string> texts{"=1+1", "+86 139", "-3",  "@x",   "'=1", "it's",
                                       "",     "a\"b",    "x,y", "\t=1", "＝1", " "};
  std::string file(kCsvStart);
  std::vector<Value> values(texts.begin(), texts.end());
  append_csv_line(file, values);
  EXPECT_TRUE(
      file.starts_with("\xEF\xBB\xBF\"'=1+1\",\"'+86 139\",\"'-3\",\"'@x\",\"''=1\",\"it's\",,\"a\"\"b\",\"x,y\""));
  const Read all = read(file);
  for (std::size_t i = 0; i + 1 < texts.size(); ++i) EXPECT_EQ(all.rows.at(0)[i].text, texts[i]);
}

TEST(Csv, WritesNumbersAndDatesBare) {
  std::string file;
  append_csv_line(file,
                  std::vector<Value>{-2.5, Moment{2024, 3, 5}, Moment{2024, 3, 5, 14, 30, 0, true}, std::monostate()});
  EXPECT_EQ(file, "-2.5,2024-03-05,2024-03-05 14:30:00,\r\n");
}

TEST(Csv, TakesATextThatWasKeptFromBeingANumber) {
  EXPECT_EQ(texts(read("=\"0536\",=1+1,=\"a\"&\"b\"\n")).at(0),
            (std::vector<std::string>{"0536", "=1+1", "=\"a\"&\"b\""}));
}

}  // namespace
}  // namespace anlan::sheet
