#pragma once
// The few elements of WordprocessingML that a document's body is written with. Text is escaped, styles are ids from
// word/styles.xml.

#include <string>
#include <string_view>
#include <vector>

namespace anlan::document::wordml {

// Twips, twentieths of a point.
int twips(double points);

// Text as XML content or attribute value; control characters dropped.
std::string escaped(std::string_view text);
// `properties` are elements of w:rPr resp. w:pPr that follow the style.
std::string run(std::string_view text, std::string_view style = {}, std::string_view properties = {});
// Inside of a run's paragraph, as its style sets the stops.
std::string tab();
std::string line_break();
std::string paragraph(std::string_view style, std::string_view content, std::string_view properties = {});

struct Cell {
  std::string content;  // paragraphs
  int columns = 1;      // of the grid that it spans
};
struct Row {
  std::vector<Cell> cells;
  bool head = false;  // repeated on every page
};
// Full width of the type area; `grid` are the widths of the columns in twips.
std::string table(const std::vector<int>& grid, const std::vector<Row>& rows);

// One cell a row, at the foot of the type area of the page it comes to stand on; nothing where there are no rows.
std::string floating_table(int width, const std::vector<std::string>& rows);

}  // namespace anlan::document::wordml
