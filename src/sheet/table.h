#pragma once
// Tables that Anlan writes for people: as .xlsx with a title, a head that stays in view, drop-downs and notes, and as
// .csv. What is written can be read again by sheet/book.h as the same values.

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "platform/workbook/workbook.h"
#include "sheet/values.h"

namespace anlan::sheet {

// kText also for telephones and codes: what people type there stays as typed, no 1.39E+10.
enum class ColumnKind { kText, kNumber, kDate, kDateTime };

struct Column {
  std::string label;
  ColumnKind kind = ColumnKind::kText;
  double width = 0;                       // characters; 0: as the label needs
  bool required = false;                  // shown by the head's colour
  std::vector<std::string> choices = {};  // of a drop-down
  bool only_choices = true;               // whether something else is refused by the sheet, or asked about
  std::string note = {};                  // shown over the head
};

struct Layout {
  std::string sheet, title;  // without a title the head is the first row
  std::vector<Column> columns;
  std::string choice_title, choice_message;  // to who types what is no choice
  std::int64_t rows_to_fill = 10'000;        // below the head, of a template: how far drop-downs reach
};

using Value = std::variant<std::monostate, std::string, double, Moment>;

class Table {
 public:
  explicit Table(Layout);
  // One a column; fewer are as if empty.
  void row(std::span<const Value>);
  // Nothing may be called after it.
  Result<std::string> finish();

 private:
  const Layout layout_;
  workbook::Workbook book_;
  std::uint32_t row_ = 0;
};

// The rows of somebody else's sheet as they came, with what is wrong: a first column that says why, and the cells at
// fault in red.
class MarkedTable {
 public:
  MarkedTable(std::string_view sheet, std::string_view reason_label);
  // Of rows above the data, or all right: no reason.
  void row(const Row&, std::string_view reason = {}, std::span<const std::size_t> bad_columns = {});
  // The row that the reason's label stands in; it stays in view with those above.
  void head(const Row&);
  Result<std::string> finish() { return book_.finish(); }

 private:
  void write(const Row&, std::string_view reason, workbook::Look, std::span<const std::size_t> bad_columns);

  workbook::Workbook book_;
  const std::string reason_label_;
  std::uint32_t row_ = 0;
};

}  // namespace anlan::sheet
