#include "document/wordml.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "base/markup.h"
#include "platform/typeset/shape.h"

namespace anlan::document::wordml {
namespace {

// Rows at least as tall as a line of the page, cells five points in from their rules.
constexpr std::string_view kTableProperties =
    "<w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>"
    "<w:top w:val=\"single\" w:sz=\"5\" w:color=\"000000\"/><w:left w:val=\"single\" w:sz=\"5\" w:color=\"000000\"/>"
    "<w:bottom w:val=\"single\" w:sz=\"5\" w:color=\"000000\"/><w:right w:val=\"single\" w:sz=\"5\" "
    "w:color=\"000000\"/>"
    "<w:insideH w:val=\"single\" w:sz=\"5\" w:color=\"000000\"/><w:insideV w:val=\"single\" w:sz=\"5\" "
    "w:color=\"000000\"/></w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"100\" "
    "w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>";
// 0.35 mm outside, 0.25 mm inside (GB/T 9704-2012 7.4.1).
constexpr std::string_view kFloatingProperties =
    "<w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"margin\" w:horzAnchor=\"margin\" "
    "w:tblpXSpec=\"left\" w:tblpYSpec=\"bottom\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>"
    "<w:top w:val=\"single\" w:sz=\"8\" w:color=\"000000\"/><w:bottom w:val=\"single\" w:sz=\"8\" "
    "w:color=\"000000\"/><w:insideH w:val=\"single\" w:sz=\"6\" w:color=\"000000\"/></w:tblBorders>"
    "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"80\" w:type=\"dxa\"/><w:left w:w=\"0\" "
    "w:type=\"dxa\"/><w:bottom w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"0\" "
    "w:type=\"dxa\"/></w:tblCellMar></w:tblPr>";
constexpr std::string_view kRowProperties =
    "<w:trPr><w:cantSplit/><w:trHeight w:val=\"579\" w:hRule=\"atLeast\"/>{}</w:trPr>";

std::string style_of(std::string_view element, std::string_view style) {
  return style.empty() ? std::string() : fmt::format("<w:{} w:val=\"{}\"/>", element, style);
}

}  // namespace

int twips(double points) { return static_cast<int>(std::lround(points * 20)); }

std::string escaped(std::string_view text) { return markup(typeset::printable(text), " "); }

std::string run(std::string_view text, std::string_view style, std::string_view properties) {
  const std::string look = style_of("rStyle", style) + std::string(properties);
  return fmt::format("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
                     look.empty() ? look : "<w:rPr>" + look + "</w:rPr>", escaped(text));
}

std::string tab() { return "<w:r><w:tab/></w:r>"; }
std::string line_break() { return "<w:r><w:br/></w:r>"; }

std::string paragraph(std::string_view style, std::string_view content, std::string_view properties) {
  return fmt::format("<w:p><w:pPr>{}{}</w:pPr>{}</w:p>\n", style_of("pStyle", style), properties, content);
}

std::string table(const std::vector<int>& grid, const std::vector<Row>& rows) {
  std::string out =
      "<w:tbl>" + fmt::format(kTableProperties, std::accumulate(grid.begin(), grid.end(), 0)) + "<w:tblGrid>";
  for (const int width : grid) out += fmt::format("<w:gridCol w:w=\"{}\"/>", width);
  out += "</w:tblGrid>";
  for (const Row& row : rows) {
    out += "<w:tr>" + fmt::format(kRowProperties, row.head ? "<w:tblHeader/>" : "");
    auto column = grid.begin();
    for (const Cell& cell : row.cells) {
      const int width = std::accumulate(column, column + cell.columns, 0);
      column += cell.columns;
      out += fmt::format(
          "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{}\"/><w:vAlign "
          "w:val=\"center\"/></w:tcPr>{}</w:tc>",
          width, cell.columns, cell.content);
    }
    out += "</w:tr>\n";
  }
  return out + "</w:tbl>\n";
}

std::string floating_table(int width, const std::vector<std::string>& rows) {
  if (rows.empty()) return {};
  std::string out = "<w:tbl>" + fmt::format(kFloatingProperties, width) +
                    fmt::format("<w:tblGrid><w:gridCol w:w=\"{}\"/></w:tblGrid>", width);
  for (const std::string& row : rows)
    out += fmt::format("<w:tr><w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc></w:tr>\n", width, row);
  return out + "</w:tbl>\n";
}

}  // namespace anlan::document::wordml
