#pragma once
// Where a table begins in a sheet, and what its columns are called.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sheet/book.h"

namespace anlan::sheet {

struct Label {
  std::string text;     // "位置/经度": a label over others, then those below it; empty where the column has none
  std::string key;      // comparable(text), its parts likewise parted by '/'
  std::string bracket;  // what the last brackets in it hold: mostly a unit
  bool operator==(const Label&) const = default;
};

struct Head {
  std::int64_t first_row = 0, last_row = 0;  // as the sheet counts; 0 where there is no head
  std::vector<Label> labels;                 // by column
};

// How many rows from the start may hold titles and the head.
inline constexpr std::size_t kHeadRows = 20;

// Of the first rows of a sheet. `is_known` says of a key, or of the last part of one, whether a column of that name is
// looked for: the head is where most columns are known, of one to three rows. Where none is known, it is the first row
// that has as many texts as the rows have cells, mostly.
Head find_head(std::span<const Row> first, std::span<const Range> merges,
               const std::function<bool(std::string_view key)>& is_known);

// Gives cells that are merged downwards the value that is shown over all of them. One pass, rows in order.
class MergedDown {
 public:
  // Ranges of one column and several rows that begin behind the head.
  MergedDown(std::span<const Range> merges, std::int64_t last_head_row);
  void fill(Row&);

 private:
  struct Open {
    Range range;
    Cell value;
  };
  void open(const Range&, const Row&);

  std::vector<Range> ranges_;  // by first row
  std::size_t next_ = 0;
  std::vector<Open> open_;
};

}  // namespace anlan::sheet
