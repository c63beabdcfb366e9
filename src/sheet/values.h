#pragma once
// What a cell means, as people type it: each function gives the value, nothing where the cell says nothing, or the
// fault that keeps it from being one. A formula and an error of the sheet (#N/A) are faults of every kind of value:
// what a formula last came to was worked out elsewhere, and may be of other cells by now. Pure; thread safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/texts.h"
#include "base/time.h"
#include "sheet/cell.h"
#include "sheet/words.h"

namespace anlan::sheet {

// Its words stand in data/text/*.toml under [sheet_fault].
struct Fault {
  std::string code;
  Texts::Values values = {};
};

template <class T>
using Reading = Result<std::optional<T>, Fault>;

// Without blanks at its ends and control characters. `fold`: full-width letters, digits and marks as ASCII has them.
// Numbers and dates as they are seen. Fault: text_long.
struct TextWish {
  bool fold = false;
  std::int64_t limit = 32'767;  // characters
};
Reading<std::string> read_text(const Cell&, TextWish = {});

// A number of a list or a person (identity card, item code) that a sheet may hold as a number: digits as they are.
// Fault: code_rounded, where the sheet has rounded it beyond 15 digits.
Reading<std::string> read_code(const Cell&);

struct Number {
  double value = 0;
  bool about = false;  // "约30", "30余"
};
// The unit that the value is wanted in, and the one of cells that name none (of the label's brackets); empty: none.
struct NumberWish {
  std::string unit = {}, cell_unit = {};
};
// Faults: number, number_separators, number_range ("10-20"), number_unit, number_date.
Reading<Number> read_number(const Cell&, const Words&, const NumberWish& = {});

// A day in China, perhaps with a time of day.
struct Moment {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  bool has_time = false;
  bool operator==(const Moment&) const = default;
  Instant instant() const { return from_china_time(year, month, day, hour, minute, second); }
};
// "2024-03-05" or "2024-03-05 14:30:00", as spreadsheets of every language take for a date.
std::string written(const Moment&);
// As people see a cell: as shown(), but a number that is a date as one.
std::string seen(const Cell&);
// Faults: date, date_year, date_month, date_day, date_time, date_two_digits ("24-3-5"), date_order ("5/3/2024"),
// date_incomplete.
Reading<Moment> read_moment(const Cell&, const Words&);

// Fault: yes_no.
Reading<bool> read_yes_no(const Cell&, const Words&);

// Digits as they are dialled in China, without its 86; an extension behind a '-'. Faults: telephone,
// telephone_several, telephone_rounded.
Reading<std::string> read_telephone(const Cell&, const Words&);

struct Point {
  LngLat place;          // in the datum of whoever typed it (geo/datum.h)
  bool swapped = false;  // in two cells: each stood in the place of the other, and both were put right
};
// Decimal degrees, or degrees, minutes and seconds as they are usually written (119°06′12″, 119度6分12秒, E119.1033,
// 119-06-12). Inside a rectangle around China. Faults: place, place_minutes, place_half (only one of the two),
// place_outside, place_projected (metres of a map), place_pair.
Reading<Point> read_point(const Cell& lng, const Cell& lat, const Words&);
// Both in one cell: "119.1,36.7", "36°42′N 119°06′E".
Reading<Point> read_point(const Cell& both, const Words&);

// Pieces between 、 ， ； and so on.
Reading<std::vector<std::string>> read_list(const Cell&);

// Text of a cell for the functions above: narrow and trimmed; nothing for what is empty or says that it is ("无", "/").
Reading<std::u32string> said(const Cell&, const Words* nothing);

}  // namespace anlan::sheet
