#pragma once
// Spreadsheets of tests, put together from their bytes.

#include <gtest/gtest.h>
#include <zip.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "sheet/book.h"
#include "sheet/package.h"
#include "sheet/words.h"

namespace anlan::sheet::fixture {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string shipped(const std::string& name) {
  std::ifstream in(ANLAN_SOURCE_DIR "/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline const Words& words() {
  static const Words kWords = Words::read(shipped("sheet/words.tsv"), shipped("sheet/units.tsv")).value();
  return kWords;
}

// A zip file of these entries, whatever they are called.
inline std::string zipped(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  for (const auto& [name, bytes] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), ZIP_FL_ENC_UTF_8);
  EXPECT_EQ(zip_close(archive), 0);
  zip_stat_t stat;
  zip_source_stat(source, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(source);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

inline constexpr const char* kMain = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

inline std::string worksheet(const std::string& rows, const std::string& behind = "") {
  return std::string("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet ") + kMain + "><sheetData>" + rows +
         "</sheetData>" + behind + "</worksheet>";
}

// The smallest package that spreadsheet programs open, with one sheet and these texts to share.
inline Parts package_of(const std::string& sheet, const std::string& shared = "", const std::string& workbook_pr = "") {
  const std::string kRelationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string kSpreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  return {{"[Content_Types].xml",
           "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/"
           "workbook.xml\" ContentType=\"" +
               kSpreadsheet + "sheet.main+xml\"/></Types>"},
          {"_rels/.rels",
           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
           "Id=\"rId1\" "
           "Type=\"" +
               kRelationship + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
          {"xl/workbook.xml", std::string("<workbook ") + kMain + " xmlns:r=\"" + kRelationship + "\">" + workbook_pr +
                                  "<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
           "Id=\"rId1\" "
           "Type=\"" +
               kRelationship + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
               kRelationship + "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"" +
               kRelationship + "/styles\" Target=\"styles.xml\"/></Relationships>"},
          {"xl/sharedStrings.xml", std::string("<sst ") + kMain + ">" + shared + "</sst>"},
          {"xl/styles.xml",
           std::string("<styleSheet ") + kMain +
               "><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
               "<numFmt numFmtId=\"177\" formatCode=\"0.00_ &quot;days&quot;\"/></numFmts>"
               "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf "
               "numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/><xf "
               "numFmtId=\"20\"/></cellXfs></styleSheet>"},
          {"xl/worksheets/sheet1.xml", sheet}};
}

inline std::string xlsx(const std::string& rows, const std::string& behind = "", const std::string& shared = "") {
  return zipped(package_of(worksheet(rows, behind), shared));
}

inline Parts with(Parts parts, const std::string& name, const std::string& bytes) {
  for (auto& part : parts)
    if (part.first == name) {
      part.second = bytes;
      return parts;
    }
  parts.emplace_back(name, bytes);
  return parts;
}

// All of a sheet; what it is refused with, where it is, in `refused`.
struct Read {
  std::vector<Row> rows;
  std::vector<Range> merges;
  std::string refused, field;
};

inline Read read(std::string_view bytes, const Limits& limits = {}, std::size_t sheet = 0) {
  Read all;
  const auto refuse = [&](const Refusal& refusal) {
    all.refused = refusal.code;
    all.field = refusal.field;
    return all;
  };
  const auto book = Book::open(bytes, limits);
  if (!book.ok()) return refuse(book.error());
  const auto rows = (*book)->rows(sheet);
  if (!rows.ok()) return refuse(rows.error());
  all.merges = (*rows)->merges();
  for (Row row;;) {
    const auto more = (*rows)->next(row);
    if (!more.ok()) return refuse(more.error());
    if (!*more) return all;
    all.rows.push_back(row);
  }
}

inline Cell text(std::string text) { return {CellKind::kText, std::move(text), 0, DateStyle::kNone}; }
inline Cell number(double value, DateStyle style = DateStyle::kNone) { return {CellKind::kNumber, {}, value, style}; }

}  // namespace anlan::sheet::fixture
