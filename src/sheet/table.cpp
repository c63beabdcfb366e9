#include "sheet/table.h"

#include <algorithm>

#include "sheet/fold.h"

namespace anlan::sheet {
namespace {

using workbook::Look;

// Characters of Chinese are twice as wide.
double width_of(const std::string& label) {
  double width = 4;
  for (const char32_t c : characters_of(label)) width += c < 0x1100 ? 1 : 2;
  return std::clamp(width, 10.0, 40.0);
}

// Of cells that are empty yet: how the sheet takes what is typed into them.
Look look_of(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kNumber:
      return Look::kNumber;
    case ColumnKind::kDate:
      return Look::kDate;
    case ColumnKind::kDateTime:
      return Look::kDateTime;
    case ColumnKind::kText:
      break;
  }
  return Look::kText;
}

}  // namespace

// Everything around the rows is written first: rows cannot be gone back to.
Table::Table(Layout layout) : layout_(std::move(layout)) {
  const auto& columns = layout_.columns;
  ANLAN_ASSERT(!columns.empty() && columns.size() <= 16'384);
  book_.sheet(layout_.sheet);
  for (std::size_t c = 0; c < columns.size(); ++c)
    book_.column(static_cast<std::uint16_t>(c), columns[c].width > 0 ? columns[c].width : width_of(columns[c].label),
                 look_of(columns[c].kind));
  if (!layout_.title.empty()) {
    book_.row_height(row_, 30);
    book_.title(row_++, static_cast<std::uint16_t>(columns.size() - 1), layout_.title);
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const auto column = static_cast<std::uint16_t>(c);
    book_.text(row_, column, columns[c].label, columns[c].required ? Look::kHeadRequired : Look::kHead);
    if (!columns[c].note.empty()) book_.note(row_, column, columns[c].note);
    if (!columns[c].choices.empty())
      book_.choice(column, row_ + 1, row_ + static_cast<std::uint32_t>(std::max<std::int64_t>(1, layout_.rows_to_fill)),
                   {columns[c].choices, layout_.choice_title, layout_.choice_message, columns[c].only_choices});
  }
  book_.freeze(++row_);
}

void Table::row(std::span<const Value> values) {
  ANLAN_ASSERT(values.size() <= layout_.columns.size());
  for (std::size_t c = 0; c < values.size(); ++c) {
    const auto column = static_cast<std::uint16_t>(c);
    if (const auto* text = std::get_if<std::string>(&values[c])) {
      if (!text->empty()) book_.text(row_, column, *text, Look::kText);
    } else if (const auto* number = std::get_if<double>(&values[c])) {
      book_.number(row_, column, *number);
    } else if (const auto* m = std::get_if<Moment>(&values[c])) {
      book_.day(row_, column, {m->year, m->month, m->day, m->hour, m->minute, m->second},
                m->has_time ? Look::kDateTime : Look::kDate);
    }
  }
  ++row_;
}

Result<std::string> Table::finish() { return book_.finish(); }

MarkedTable::MarkedTable(std::string_view sheet, std::string_view reason_label) : reason_label_(reason_label) {
  book_.sheet(sheet);
  book_.column(0, 48);
}

void MarkedTable::row(const Row& row, std::string_view reason, std::span<const std::size_t> bad_columns) {
  write(row, reason, Look::kReason, bad_columns);
}

void MarkedTable::head(const Row& row) {
  write(row, reason_label_, Look::kHead, {});
  book_.freeze(row_, 1);
}

// Numbers and dates stay what they were, so that who mends the sheet can send the same cells again.
void MarkedTable::write(const Row& row, std::string_view reason, Look look, std::span<const std::size_t> bad_columns) {
  if (!reason.empty()) book_.text(row_, 0, reason, look);
  const std::size_t last = bad_columns.empty() ? 0 : *std::ranges::max_element(bad_columns) + 1;
  for (std::size_t c = 0; c < std::max(row.cells.size(), last); ++c) {
    const Cell& cell = row[c];
    const auto column = static_cast<std::uint16_t>(c + 1);
    const bool bad = std::ranges::find(bad_columns, c) != bad_columns.end();
    if (cell.kind == CellKind::kNumber && cell.style != DateStyle::kNone)
      book_.days(row_, column, cell.number,
                 cell.style == DateStyle::kDate   ? Look::kDate
                 : cell.style == DateStyle::kTime ? Look::kTime
                                                  : Look::kDateTime,
                 bad);
    else if (cell.kind == CellKind::kNumber || cell.kind == CellKind::kBoolean)
      book_.number(row_, column, cell.number, bad);
    else if (cell.kind != CellKind::kEmpty && !cell.text.empty())
      book_.text(row_, column, cell.text, Look::kText, bad);
    else if (bad)
      book_.blank(row_, column, bad);
  }
  ++row_;
}

}  // namespace anlan::sheet
