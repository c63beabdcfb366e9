#pragma once
// An .xlsx written row by row, by libxlsxwriter. Rows are kept in a file of the system's temporary folder until the
// end, so memory does not grow with them. Used by one thread; any number of them at a time.
//
// Nothing that is written is a formula, whatever it begins with.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace anlan::workbook {

enum class Look { kPlain, kTitle, kHead, kHeadRequired, kText, kNumber, kDate, kDateTime, kTime, kReason };

struct Day {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

// What a sheet's cells may hold: one of these, from a list in a sheet that is not shown.
struct Choice {
  std::vector<std::string> of;
  std::string title, message;  // shown to who types something else
  bool strict = true;          // false: it may stay all the same
};

class Workbook {
 public:
  Workbook();
  ~Workbook();
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) = delete;

  // Before anything is written into it. Characters that Excel does not allow in a name are left out. What follows goes
  // into the last one.
  void sheet(std::string_view name);

  // Rows in order, cells of a row in any. Columns and rows from 0. `bad`: red.
  void text(std::uint32_t row, std::uint16_t column, std::string_view, Look = Look::kText, bool bad = false);
  void number(std::uint32_t row, std::uint16_t column, double, bool bad = false);
  // A day's number as sheets count days, shown as a date.
  void days(std::uint32_t row, std::uint16_t column, double, Look, bool bad = false);
  void day(std::uint32_t row, std::uint16_t column, const Day&, Look = Look::kDate);
  void blank(std::uint32_t row, std::uint16_t column, bool bad);

  // Over columns of one row, one cell for all.
  void title(std::uint32_t row, std::uint16_t last_column, std::string_view);
  void row_height(std::uint32_t row, double points);
  // Of a column: width in characters, and how what people type there is taken.
  void column(std::uint16_t column, double width, Look = Look::kPlain);
  // Rows above stay in view.
  void freeze(std::uint32_t rows, std::uint16_t columns = 0);
  void filter(std::uint32_t row, std::uint16_t last_column, std::uint32_t last_row);
  void note(std::uint32_t row, std::uint16_t column, std::string_view);
  void choice(std::uint16_t column, std::uint32_t first_row, std::uint32_t last_row, const Choice&);

  // The file's bytes. Nothing may be called after it. Fails where the disk does, or where something was written that no
  // sheet can hold.
  Result<std::string> finish();

 private:
  struct Held;
  std::unique_ptr<Held> held_;
};

}  // namespace anlan::workbook
