#include <sys/resource.h>
#include <zlib.h>

#include "sheet/events.h"
#include "sheet/sheet_fixture.h"

namespace anlan::sheet {
namespace {

using namespace fixture;

const std::string kOne = "<row r='1'><c r='A1'><v>1</v></c></row>";

std::string refusal_of(const std::string& bytes, const Limits& limits = {}) { return read(bytes, limits).refused; }
std::string refusal_of(const Parts& parts, const Limits& limits = {}) { return refusal_of(zipped(parts), limits); }

// One sheet of a gigabyte of blanks: a megabyte deflated for itself, and that a thousand times.
std::string gigabyte_sheet() {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string out(1 << 20, '\0');
  std::size_t size = 0;
  const auto deflated = [&](std::string bytes, int flush) {
    size += bytes.size();
    stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, flush);
    return out.substr(0, out.size() - stream.avail_out);
  };
  std::string packed = deflated(worksheet("").substr(0, worksheet("").find("</sheetData>")), Z_FULL_FLUSH);
  const std::string piece = deflated(std::string(1 << 20, ' '), Z_FULL_FLUSH);
  for (int i = 0; i < 1024; ++i) packed += piece;
  size += std::size_t{1023} << 20;
  packed += deflated("</sheetData></worksheet>", Z_FINISH);
  deflateEnd(&stream);
  const std::uint32_t crc = 0;  // nobody comes to its end
  // Put in the place of a sheet of the same name, by hand: PKWARE APPNOTE 4.3.7 and 4.3.12.
  Parts others = package_of("");
  others.pop_back();
  std::string zip = zipped(others);
  const auto number = [](std::uint64_t value, int bytes) {
    std::string little;
    for (int i = 0; i < bytes; ++i) little += static_cast<char>(value >> (8 * i) & 0xFF);
    return little;
  };
  const std::string name = "xl/worksheets/sheet1.xml";
  const std::string about = number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4) + number(crc, 4) +
                            number(packed.size(), 4) + number(size, 4) + number(name.size(), 2) + number(0, 2);
  const std::string local = number(0x04034b50, 4) + about + name + packed;
  const std::size_t end = zip.size() - 22;
  const auto at = [&](std::size_t offset, int bytes) {
    std::uint64_t value = 0;
    for (int i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(zip[end + offset + i]);
    return value;
  };
  const std::uint64_t count = at(10, 2), central_size = at(12, 4), central = at(16, 4);
  const std::string entry = number(0x02014b50, 4) + number(20, 2) + about + number(0, 2) + number(0, 2) + number(0, 2) +
                            number(0, 4) + number(central, 4) + name;
  return zip.substr(0, central) + local + zip.substr(central, central_size) + entry + number(0x06054b50, 4) +
         number(0, 4) + number(count + 1, 2) + number(count + 1, 2) + number(central_size + entry.size(), 4) +
         number(central + local.size(), 4) + number(0, 2);
}

std::int64_t most_memory_kb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(HostileSheet, OfAGigabyteIsRefusedWithoutItsMemory) {
  const std::string bytes = gigabyte_sheet();
  ASSERT_LT(bytes.size(), 2'000'000u);
  const std::int64_t before = most_memory_kb();
  EXPECT_EQ(refusal_of(bytes), "sheet.ratio");
  Limits patient;
  patient.ratio = 10'000;
  EXPECT_EQ(refusal_of(bytes, patient), "sheet.inflated");
  EXPECT_LT(most_memory_kb() - before, 64 * 1024);
}

TEST(HostileSheet, ThatIsNoSpreadsheetIsSaidToBeNone) {
  EXPECT_EQ(refusal_of(std::string()), "sheet.blank_file");
  EXPECT_EQ(refusal_of(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)), "sheet.format");
  EXPECT_EQ(refusal_of(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0')),
            "sheet.old_format");
  std::string encrypted = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0');
  for (const char c : std::string("EncryptedPackage")) encrypted += c, encrypted += '\0';
  EXPECT_EQ(refusal_of(encrypted), "sheet.encrypted");
  EXPECT_EQ(refusal_of(Parts{{"word/document.xml", "<x/>"}}), "sheet.format");
  Limits small;
  small.file_bytes = 100;
  EXPECT_EQ(refusal_of(xlsx(kOne), small), "sheet.file_size");
}

TEST(HostileSheet, WithMacrosIsRefusedHoweverItIsCalled) {
  const Parts parts = package_of(worksheet(kOne));
  EXPECT_EQ(refusal_of(with(parts, "xl/vbaProject.bin", "x")), "sheet.macro");
  EXPECT_EQ(refusal_of(with(parts, "XL/Other/VBAPROJECT.BIN", "x")), "sheet.macro");
  std::string types = parts[0].second;
  types.replace(types.find("application/"), types.find("\"/></Types>") - types.find("application/"),
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml");
  EXPECT_EQ(refusal_of(with(parts, "[Content_Types].xml", types)), "sheet.macro");
  types.replace(types.find("application/"), types.find("\"/></Types>") - types.find("application/"),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
  EXPECT_EQ(refusal_of(with(parts, "[Content_Types].xml", types)), "sheet.format");
}

TEST(HostileSheet, WithADoctypeIsRefusedInEveryPart) {
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM "
      "\"file:///etc/passwd\">]>";
  const Parts parts = package_of(worksheet(kOne));
  for (const auto& [name, bytes] : parts) {
    const std::size_t root = bytes.find('<', bytes.starts_with("<?xml") ? 1 : 0);
    std::string spoilt = bytes;
    spoilt.insert(root, bomb);
    EXPECT_EQ(refusal_of(with(parts, name, spoilt)), "sheet.xml") << name;
  }
  EXPECT_EQ(refusal_of(xlsx("<row r='1'><c r='A1' t='str'><v>&c;</v></c></row>")), "sheet.xml");
}

TEST(HostileSheet, WithNamesThatLeadOutOrComeTwiceIsRefused) {
  const Parts parts = package_of(worksheet(kOne));
  EXPECT_EQ(refusal_of(with(parts, "../../etc/cron.d/x", "x")), "sheet.part_name");
  EXPECT_EQ(refusal_of(with(parts, "/etc/passwd", "x")), "sheet.part_name");
  EXPECT_EQ(refusal_of(with(parts, "xl\\..\\..\\x", "x")), "sheet.part_name");
  EXPECT_EQ(refusal_of(with(parts, "C:/x", "x")), "sheet.part_name");
  EXPECT_EQ(refusal_of(with(parts, "XL/Workbook.xml", "x")), "sheet.part_name");
  std::string relationships = parts[3].second;
  relationships.replace(relationships.find("worksheets/sheet1.xml"), 21, "../../../etc/passwd");
  EXPECT_EQ(refusal_of(with(parts, "xl/_rels/workbook.xml.rels", relationships)), "sheet.part_missing");
}

TEST(HostileSheet, CutShortAnywhereIsRefused) {
  const std::string whole = xlsx(kOne, "", "<si><t>x</t></si>");
  for (std::size_t size = 4; size < whole.size(); size += 7) EXPECT_NE(refusal_of(whole.substr(0, size)), "") << size;
}

TEST(HostileSheet, WithPlacesThatNoSheetHasIsRefusedAndSaysWhere) {
  const auto refused = [](const std::string& rows) { return read(xlsx(rows)); };
  EXPECT_EQ(refused("<row r='1'><c r='XFD9999999'><v>1</v></c></row>").refused, "sheet.reference");
  EXPECT_EQ(refused("<row r='1'><c r='ZZZZZZZZZZ1'><v>1</v></c></row>").refused, "sheet.reference");
  EXPECT_EQ(refused("<row r='-1'/>").refused, "sheet.reference");
  EXPECT_EQ(refused("<row r='99999999999999999999'/>").refused, "sheet.reference");
  EXPECT_EQ(refused("<row r='2'/><row r='2'/>").refused, "sheet.reference");
  EXPECT_EQ(refused("<row r='1'><c r='B1'/><c r='A1'/></row>").refused, "sheet.reference");
  EXPECT_EQ(refused("<row r='1'><c r='A2'/></row>").refused, "sheet.reference");
  const Read shared = refused("<row r='3'><c r='B3' t='s'><v>-1</v></c></row>");
  EXPECT_EQ(shared.refused, "sheet.shared_text");
  EXPECT_EQ(shared.field, "Sheet1!B3");
  EXPECT_EQ(refused("<row r='3'><c r='B3' t='s'><v>4000000000</v></c></row>").refused, "sheet.shared_text");
  const Read wide = refused("<row r='3'><c r='XFD3'><v>1</v></c></row>");
  EXPECT_EQ(wide.refused, "sheet.columns");
  EXPECT_EQ(wide.field, "Sheet1!XFD3");
  EXPECT_EQ(refused("<row r='3'><c r='XFD3' s='1'/></row>").refused, "");
}

TEST(HostileSheet, BeyondALimitIsRefused) {
  Limits limits;
  limits.rows = 2;
  const std::string row = "<row><c><v>1</v></c></row>";
  EXPECT_EQ(refusal_of(xlsx(row + row + "<row/><row/>"), limits), "");
  const Read three = read(xlsx(row + row + row), limits);
  EXPECT_EQ(three.refused, "sheet.rows");
  EXPECT_EQ(three.rows.size(), 2u);
  limits = {};
  limits.cell_bytes = 10;
  EXPECT_EQ(refusal_of(xlsx("<row><c t='str'><v>12345678901</v></c></row>"), limits), "sheet.cell_length");
  EXPECT_EQ(refusal_of(xlsx("<row><c t='s'><v>0</v></c></row>", "", "<si><t>12345678901</t></si>"), limits),
            "sheet.cell_length");
  limits = {};
  limits.shared_texts = 1;
  EXPECT_EQ(refusal_of(xlsx(row, "", "<si/><si/>"), limits), "sheet.shared");
  limits = {};
  limits.merges = 1;
  EXPECT_EQ(refusal_of(xlsx(row, "<mergeCells><mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'/></mergeCells>"), limits),
            "sheet.merges");
  limits = {};
  limits.parts = 3;
  EXPECT_EQ(refusal_of(xlsx(row), limits), "sheet.parts");
}

TEST(HostileSheet, NestedDeeplyOrFullOfAttributesIsRefused) {
  std::string deep, many;
  for (int i = 0; i < 200; ++i) deep += "<a>";
  for (int i = 0; i < 20'000; ++i) many += " a" + std::to_string(i) + "=''";
  EXPECT_EQ(refusal_of(xlsx(deep)), "sheet.xml");
  EXPECT_EQ(refusal_of(xlsx("<row" + many + "/>")), "sheet.xml");
  EXPECT_EQ(refusal_of(xlsx("<row" + many.substr(0, 2000) + "/>")), "sheet.xml");
  EXPECT_EQ(refusal_of(xlsx("<row a='" + std::string(300'000, 'x') + "'/>")), "sheet.xml");
}

TEST(HostileSheet, InAnotherEncodingIsRefused) {
  EXPECT_EQ(refusal_of(package_of("<?xml version='1.0' encoding='UTF-16'?>" + worksheet(kOne).substr(38))), "");
  EXPECT_EQ(refusal_of(package_of(worksheet("<row><c t='str'><v>\xD6\xD0</v></c></row>"))), "sheet.xml");
}

TEST(HostileSheet, GivesTheRowsThatStandBeforeTheFault) {
  const Read all = read(xlsx("<row r='1'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row><row r='1'/>"));
  EXPECT_EQ(all.rows.size(), 2u);
  EXPECT_EQ(all.refused, "sheet.reference");
}

}  // namespace
}  // namespace anlan::sheet
