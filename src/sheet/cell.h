#pragma once
// What a spreadsheet holds, as it came: nothing here says what a cell means (sheet/values.h does).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::sheet {

enum class CellKind { kEmpty, kText, kNumber, kBoolean, kError, kFormula };

// What a number's format shows of it.
enum class DateStyle { kNone, kDate, kTime, kDateTime };

struct Cell {
  CellKind kind = CellKind::kEmpty;
  std::string text;  // valid UTF-8: of kText; of kError what the sheet says ("#N/A"); of kFormula what it last came to,
                     // not trusted
  double number = 0;  // of kNumber; of kBoolean 0 or 1; dates are days in the system of 1900, whatever the file's
  DateStyle style = DateStyle::kNone;  // of kNumber
  bool operator==(const Cell&) const = default;
};

// As people read it, a number with the 15 digits that spreadsheets show.
std::string shown(const Cell&);

// Nothing that could be read.
bool blank(const Cell&);

struct Row {
  std::int64_t number = 0;  // from 1, as the spreadsheet counts
  std::vector<Cell> cells;  // by column from 0, up to the last that is not empty
  // Empty where the row ends before it.
  const Cell& operator[](std::size_t column) const;
};

// Columns from 0, rows from 1: C12 is {2, 12}.
struct Address {
  std::int64_t column = 0, row = 0;
  bool operator==(const Address&) const = default;
};
std::string column_name(std::int64_t column);
std::string to_string(Address);
// At most XFD1048576; nothing else, no $.
std::optional<Address> address_of(std::string_view reference);

// Cells that are shown as one, which holds the value of the first.
struct Range {
  Address first, last;
  bool contains(Address a) const {
    return a.column >= first.column && a.column <= last.column && a.row >= first.row && a.row <= last.row;
  }
  bool operator==(const Range&) const = default;
};
std::optional<Range> range_of(std::string_view reference);

}  // namespace anlan::sheet
