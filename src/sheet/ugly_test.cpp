// Three spreadsheets as officials send them, read to typed values, written, and read again as the same values.

#include <gmock/gmock.h>
#include <iconv.h>

#include <set>

#include "sheet/csv_write.h"
#include "sheet/head.h"
#include "sheet/sheet_fixture.h"
#include "sheet/table.h"

namespace anlan::sheet {
namespace {

using namespace fixture;
using testing::ElementsAre;

// A team as a catalogue would have it.
struct Team {
  std::string name, town, telephone;
  double people = 0;
  Moment founded;
  Point place;
  bool insured = false;
  bool operator==(const Team& o) const {
    return name == o.name && town == o.town && telephone == o.telephone && people == o.people && founded == o.founded &&
           std::abs(place.place.lng - o.place.place.lng) < 1e-9 &&
           std::abs(place.place.lat - o.place.place.lat) < 1e-9 && insured == o.insured;
  }
};

struct Import {
  std::vector<Team> teams;
  std::vector<std::string> faults;  // "B5 date_month"
  std::int64_t swapped = 0;
};

const std::set<std::string, std::less<>> kColumns{"名称", "乡镇", "电话", "人数", "成立日期",
                                                  "经度", "纬度", "坐标", "保险"};

class Reader {
 public:
  explicit Reader(Head head) : head_(std::move(head)) {}

  void take(const Row& row) {
    const std::size_t before = all.faults.size();
    Team team;
    team.name = get<std::string>(row, "名称", [](const Cell& c) { return read_text(c, {true}); });
    team.town = get<std::string>(row, "乡镇", [](const Cell& c) { return read_text(c); });
    team.telephone = get<std::string>(row, "电话", [](const Cell& c) { return read_telephone(c, words()); });
    const Label& people = head_.labels[column("人数")];
    team.people = get<Number>(row, "人数", [&](const Cell& c) {
                    return read_number(c, words(), {"人", people.bracket});
                  }).value;
    team.founded = get<Moment>(row, "成立日期", [](const Cell& c) { return read_moment(c, words()); });
    team.insured = get<bool>(row, "保险", [](const Cell& c) { return read_yes_no(c, words()); });
    if (column("坐标") != kNowhere)
      team.place = get<Point>(row, "坐标", [](const Cell& c) { return read_point(c, words()); });
    else
      team.place = get<Point>(row, "经度", [&](const Cell& c) { return read_point(c, row[column("纬度")], words()); });
    all.swapped += team.place.swapped;
    team.place.swapped = false;
    if (all.faults.size() == before) all.teams.push_back(team);
  }

  Import all;

 private:
  static constexpr std::size_t kNowhere = 999;

  std::size_t column(std::string_view name) const {
    for (std::size_t i = 0; i < head_.labels.size(); ++i) {
      const std::string& key = head_.labels[i].key;
      if (key == name || key.ends_with("/" + std::string(name))) return i;
    }
    return kNowhere;
  }
  template <class T, class Read>
  T get(const Row& row, std::string_view name, const Read& read) {
    const std::size_t at = column(name);
    const Reading<T> reading = read(row[at]);
    if (!reading.ok())
      all.faults.push_back(to_string({static_cast<std::int64_t>(at), row.number}) + " " + reading.error().code);
    return reading.ok() && *reading ? **reading : T{};
  }

  const Head head_;
};

Import import_of(std::string_view bytes) {
  const Read all = read(bytes);
  EXPECT_EQ(all.refused, "");
  const Head head = find_head(all.rows, all.merges, [](std::string_view key) { return kColumns.contains(key); });
  Reader reader(head);
  MergedDown merged(all.merges, head.last_row);
  for (Row row : all.rows) {
    if (row.number <= head.last_row) continue;
    merged.fill(row);
    reader.take(row);
  }
  return reader.all;
}

std::vector<Value> values_of(const Team& t) {
  return {t.name,
          t.town,
          t.telephone,
          t.people,
          t.founded,
          t.place.place.lng,
          t.place.place.lat,
          std::string(t.insured ? "是" : "否")};
}

void expect_round_trip(const Import& came) {
  Layout layout{"队伍", "应急队伍", {}, "", "", 10};
  for (const char* label : {"名称", "乡镇", "电话", "人数", "成立日期", "经度", "纬度", "保险"})
    layout.columns.push_back({label});
  layout.columns[3].kind = layout.columns[5].kind = layout.columns[6].kind = ColumnKind::kNumber;
  layout.columns[4].kind = ColumnKind::kDate;
  Table table(layout);
  std::string csv(kCsvStart);
  std::vector<Value> labels;
  for (const Column& c : layout.columns) labels.emplace_back(c.label);
  append_csv_line(csv, labels);
  for (const Team& team : came.teams) {
    table.row(values_of(team));
    append_csv_line(csv, values_of(team));
  }
  for (const std::string& file : {table.finish().value(), csv}) {
    const Import again = import_of(file);
    EXPECT_THAT(again.faults, ElementsAre());
    EXPECT_TRUE(again.teams == came.teams);
  }
}

// Titles, a head of two merged rows, towns merged downwards, dates of every form, coordinates in degrees and swapped.
std::string merged_sheet() {
  workbook::Workbook book;
  book.sheet("应急队伍");
  book.title(0, 7, "XX市应急救援队伍基本情况统计表");
  book.text(1, 0, "填报单位（盖章）：");
  const std::vector<std::vector<std::string>> rows{
      {"乡　镇", "*名 称", "位置", "", "人数\n（人）", "成立日期", "电话", "保险"},
      {"", "", "经度", "纬度", "", "", "", ""},
      {"羊口镇", "水上救援队", "119°06′12″", "36°42′24″", "约３０", "2024-3-5", "139-0000-0001", "√"},
      {"", "矿山救援队", "36.7067", "119.1033", "25人", "2019年10月1日", "0536—8888888转8001", "否"},
      {"", "危化救援队", "E119.1033", "N36.7067", "1,200", "20240305", "＋８６ １３９００００００１２", "有"},
      {"田柳镇", "=cmd|' /C calc'!A0", "119.1", "36.7", "五十", "2024-13-5", "1.39E+10", "也许"}};
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      if (!rows[r][c].empty()) book.text(static_cast<std::uint32_t>(r + 2), static_cast<std::uint16_t>(c), rows[r][c]);
  book.days(8, 5, 45356, workbook::Look::kDate);
  book.text(8, 0, "田柳镇");
  book.text(8, 1, "民兵队");
  book.number(8, 2, 119.1033);
  book.number(8, 3, 36.7067);
  book.number(8, 4, 12);
  book.number(8, 6, 13900000013);
  return book.finish().value();
}

// The same with its merges, which the writer of tables does not make.
std::string with_merges(const std::string& bytes) {
  const auto package = Package::open(bytes, {});
  Parts parts;
  for (const char* name : {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                           "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"}) {
    if (!package->has(name)) continue;
    auto part = package->part(name).value();
    std::string text, chunk(1 << 16, '\0');
    for (std::size_t got = 1; got > 0;) {
      got = part.read(chunk.data(), chunk.size()).value();
      text.append(chunk, 0, got);
    }
    const std::size_t at = text.find("<mergeCells");
    if (at != text.npos) {
      const std::size_t end = text.find("</mergeCells>") + 13;
      text.replace(
          at, end - at,
          "<mergeCells count=\"8\"><mergeCell ref=\"A1:H1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:B4\"/>"
          "<mergeCell ref=\"C3:D3\"/><mergeCell ref=\"E3:E4\"/><mergeCell ref=\"F3:F4\"/><mergeCell ref=\"A5:A7\"/>"
          "<mergeCell ref=\"G3:G4\"/></mergeCells>");
    }
    parts.emplace_back(name, text);
  }
  return zipped(parts);
}

TEST(UglySheet, WithMergedHeadMixedDatesAndSwappedPlaces) {
  const Import came = import_of(with_merges(merged_sheet()));
  EXPECT_THAT(came.faults, ElementsAre("G8 telephone_rounded", "E8 number", "F8 date_month", "H8 yes_no"));
  ASSERT_EQ(came.teams.size(), 4u);
  EXPECT_EQ(came.swapped, 1);
  const Moment day{2024, 3, 5};
  EXPECT_TRUE(came.teams[0] ==
              (Team{"水上救援队", "羊口镇", "13900000001", 30, day, {{119.10333333333334, 36.70666666666667}}, true}));
  EXPECT_TRUE(came.teams[1] ==
              (Team{"矿山救援队", "羊口镇", "05368888888-8001", 25, {2019, 10, 1}, {{119.1033, 36.7067}}, false}));
  EXPECT_TRUE(came.teams[2] == (Team{"危化救援队", "羊口镇", "13900000012", 1200, day, {{119.1033, 36.7067}}, true}));
  EXPECT_TRUE(came.teams[3] == (Team{"民兵队", "田柳镇", "13900000013", 12, day, {{119.1033, 36.7067}}, false}));
  expect_round_trip(came);
}

TEST(UglySheet, InGbkWithATitleAndFullWidthEverything) {
  std::string plain =
      "附件２：应急队伍台账,,,,,,\r\n"
      "序号,名称,乡镇,人数（名）,成立日期,坐标,电话,保险\r\n"
      "1,\"甲队（原\"\"一队\"\"）\",羊口镇,３５,2024.3.5,\"119.1033，36.7067\",０５３６－８８８８８８８,是\r\n"
      "\r\n"
      "2,乙队,羊口镇,40余,24-3-5,北纬36度42分24秒 东经119度6分12秒,13900000001/13900000002,无\r\n"
      "3,丙队,羊口镇,40余,45356,北纬36度42分24秒 东经119度6分12秒,13900000001,无\r\n"
      "4,丁队,羊口镇,10-20,2024年3月,\"2.35,48.85\",13900000001,无\r\n";
  const iconv_t converter = iconv_open("GBK", "UTF-8");
  std::string gbk(plain.size(), '\0');
  char *from = plain.data(), *to = gbk.data();
  std::size_t left = plain.size(), room = gbk.size();
  ASSERT_NE(iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1));
  iconv_close(converter);
  gbk.resize(gbk.size() - room);
  const Import came = import_of(gbk);
  EXPECT_THAT(came.faults, ElementsAre("G5 telephone_several", "E5 date_two_digits", "D7 number_range",
                                       "E7 date_incomplete", "F7 place_outside"));
  ASSERT_EQ(came.teams.size(), 2u);
  EXPECT_TRUE(came.teams[0] ==
              (Team{"甲队(原\"一队\")", "羊口镇", "05368888888", 35, {2024, 3, 5}, {{119.1033, 36.7067}}, true}));
  EXPECT_EQ(came.teams[1].people, 40);
  expect_round_trip(came);
}

TEST(UglySheet, WithFormulasErrorsAndDatesOf1904) {
  const std::string head =
      "<row r='1'><c r='A1' t='str'><v>名称</v></c><c r='B1' t='str'><v>人数</v></c><c r='C1' t='str'><v>成立日期"
      "</v></c><c r='D1' t='str'><v>坐标</v></c></row>";
  const std::string rows =
      "<row r='2'><c r='A2' t='str'><v>甲</v></c><c r='B2'><f>SUM(1)</f><v>1</v></c><c r='C2' "
      "s='1'><v>43894</v></c></row>"
      "<row r='3'><c r='A3' t='str'><v>乙</v></c><c r='B3' t='e'><v>#REF!</v></c><c r='C3' s='1'><v>43894</v></c></row>"
      "<row r='9'><c r='A9' t='str'><v>丙</v></c><c r='B9'><v>3</v></c><c r='C9' s='1'><v>43894</v></c><c r='D9' "
      "t='str'><v>"
      "36.7067 119.1033</v></c></row>";
  const Import came = import_of(zipped(package_of(worksheet(head + rows), "", "<workbookPr date1904='true'/>")));
  EXPECT_THAT(came.faults, ElementsAre("B2 formula", "B3 error"));
  ASSERT_EQ(came.teams.size(), 1u);
  EXPECT_EQ(came.teams[0].founded, (Moment{2024, 3, 5}));
  EXPECT_EQ(came.teams[0].place.place, (LngLat{119.1033, 36.7067}));
}

}  // namespace
}  // namespace anlan::sheet
