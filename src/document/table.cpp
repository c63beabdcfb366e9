#include <algorithm>
#include <memory>
#include <numeric>

#include "document/measures.h"
#include "document/setting.h"

namespace anlan::document {
namespace {

using typeset::Line;
using typeset::Pdf;
using typeset::ShapedText;

constexpr double kRowPitch = 20, kRowPadding = kPitch - kRowPitch;  // a row of one line is a line of the page
constexpr double kCellInset = 5, kTableRule = 0.6;
constexpr std::size_t kMostLinesInARow = 24;  // what is longer goes on in a row of its own
constexpr double kLabelShare = 0.2;           // of the width, for the label of a fact

// Text broken to the width of its cell.
struct Cell {
  double x, width;
  std::shared_ptr<const ShapedText> text;
  std::vector<Line> lines;
  Align align;
};
using Row = std::vector<Cell>;

std::size_t lines_of(const Row& row) {
  std::size_t most = 1;
  for (const Cell& cell : row) most = std::max(most, cell.lines.size());
  return most;
}

double height_of(const Row& row) { return kRowPadding + kRowPitch * static_cast<double>(lines_of(row)); }

void draw_cell(Pdf& pdf, const Cell& cell, double top, double height) {
  double y = top + (height - kRowPitch * static_cast<double>(cell.lines.size())) / 2;
  for (const Line& line : cell.lines) {
    const double spare = cell.width - 2 * kCellInset - width_of(*cell.text, line.first, line.last);
    const double x = cell.align == Align::kLeft ? 0 : cell.align == Align::kRight ? spare : spare / 2;
    pdf.text(cell.x + kCellInset + x, baseline(y, kRowPitch, kSize4), *cell.text, line);
    y += kRowPitch;
  }
}

// Each row draws its own rules, above and below, so that a table is closed wherever a page ends.
void draw_row(Pdf& pdf, const Row& row, double top) {
  const double height = height_of(row), bottom = top + height;
  for (const Cell& cell : row) {
    draw_cell(pdf, cell, top, height);
    pdf.rule(cell.x, top, cell.x, bottom, kTableRule);
  }
  pdf.rule(kTypeRight, top, kTypeRight, bottom, kTableRule);
  for (const double y : {top, bottom})
    pdf.rule(kTypeLeft - kTableRule / 2, y, kTypeRight + kTableRule / 2, y, kTableRule);
}

Strip row_strip(Row row) {
  Strip strip;
  strip.height = height_of(row);
  strip.on_grid = false;
  strip.draw = [row = std::move(row)](Pdf& pdf, double top) { draw_row(pdf, row, top); };
  return strip;
}

Cell cell_of(const Setting& setting, const char* role, const std::string& words, double x, double width, Align align) {
  auto text = std::make_shared<const ShapedText>(typeset::shape(setting.book, type(role, kSize4), words));
  auto lines = typeset::break_lines(*text, {width - 2 * kCellInset});
  return {x, width, std::move(text), std::move(lines), align};
}

// A row too tall for a page, in pieces.
std::vector<Row> pieces_of(const Row& row) {
  std::vector<Row> pieces;
  for (std::size_t from = 0; from < lines_of(row); from += kMostLinesInARow) {
    Row& piece = pieces.emplace_back(row);
    for (Cell& cell : piece) {
      const auto begin = cell.lines.begin();
      const auto count = static_cast<std::size_t>(cell.lines.size());
      cell.lines = {begin + static_cast<std::ptrdiff_t>(std::min(from, count)),
                    begin + static_cast<std::ptrdiff_t>(std::min(from + kMostLinesInARow, count))};
    }
  }
  return pieces;
}

// `head` is what a new page begins with; null for tables without one.
void add_rows(const Row& row, const std::shared_ptr<const Strip>& head, std::vector<Strip>& strips) {
  for (Row& piece : pieces_of(row)) {
    strips.push_back(row_strip(std::move(piece)));
    strips.back().head = head;
  }
}

// Shares made into points over the whole type area.
std::vector<double> widths_of(const Table& table) {
  const double all = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                     [](double sum, const Column& column) { return sum + column.share; });
  std::vector<double> widths;
  for (const Column& column : table.columns) widths.push_back(kTypeWidth * column.share / all);
  return widths;
}

Row row_of(const Setting& setting, const Table& table, const std::vector<double>& widths,
           const std::vector<std::string>& words) {
  Row row;
  double x = kTypeLeft;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    row.push_back(cell_of(setting, "fangsong", i < words.size() ? words[i] : "", x, widths[i], table.columns[i].align));
    x += widths[i];
  }
  return row;
}

Row head_of(const Setting& setting, const Table& table, const std::vector<double>& widths) {
  Row row;
  double x = kTypeLeft;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    row.push_back(cell_of(setting, "hei", table.columns[i].title, x, widths[i], Align::kCenter));
    x += widths[i];
  }
  return row;
}

void add_fact(const Setting& setting, const Fact& fact, double x, double width, Row& row) {
  const double label = kLabelShare * kTypeWidth;
  row.push_back(cell_of(setting, "hei", fact.label, x, label, Align::kCenter));
  row.push_back(cell_of(setting, "fangsong", fact.value, x + label, width - label, Align::kLeft));
}

}  // namespace

void add_table(const Setting& setting, const Table& table, std::vector<Strip>& strips) {
  if (table.columns.empty()) return;
  if (!table.caption.empty()) {
    Strip& caption = strips.emplace_back();
    caption.height = kPitch;
    caption.keep_with_next = true;
    caption.draw = [setting, words = table.caption](Pdf& pdf, double top) {
      draw_line(setting, pdf, top, type("hei", kSize4), words, Align::kCenter, 0);
    };
  }
  const std::vector<double> widths = widths_of(table);
  const auto head = std::make_shared<Strip>(row_strip(head_of(setting, table, widths)));
  strips.push_back(*head);
  strips.back().keep_with_next = true;
  for (const auto& words : table.rows) add_rows(row_of(setting, table, widths, words), head, strips);
}

std::vector<std::vector<Fact>> fact_rows(const Setting& setting, const FactTable& table) {
  const double room = kTypeWidth / 2 - kLabelShare * kTypeWidth - 2 * kCellInset;
  const auto is_short = [&](const Fact& fact) {
    return width_of(typeset::shape(setting.book, type("fangsong", kSize4), fact.value)) <= room;
  };
  std::vector<std::vector<Fact>> rows;
  for (const Fact& fact : table.facts) {
    const bool joins = !rows.empty() && rows.back().size() == 1 && is_short(rows.back().front()) && is_short(fact);
    if (!joins) rows.emplace_back();
    rows.back().push_back(fact);
  }
  return rows;
}

void add_facts(const Setting& setting, const FactTable& table, std::vector<Strip>& strips) {
  const std::size_t first = strips.size();
  for (const std::vector<Fact>& facts : fact_rows(setting, table)) {
    const double width = kTypeWidth / static_cast<double>(facts.size());
    Row row;
    for (std::size_t i = 0; i < facts.size(); ++i)
      add_fact(setting, facts[i], kTypeLeft + width * static_cast<double>(i), width, row);
    add_rows(row, nullptr, strips);
  }
  for (std::size_t i = first; i + 1 < strips.size(); ++i) strips[i].keep_with_next = true;  // a short table stays whole
}

}  // namespace anlan::document
