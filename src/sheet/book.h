#pragma once
// A spreadsheet of somebody else, .xlsx or .csv, as a stream of rows: memory does not grow with its rows (texts that
// cells of an .xlsx share are kept, within limits). Pure: bytes in, cells out; no disk, no network. What is refused
// says where: the refusal's field is a part of the file or a cell ("Sheet1!C12").
//
//   auto book = Book::open(bytes, limits);          // looks at the bytes, not at the name
//   auto rows = book->rows(0);
//   for (Row row; ; ) {
//     const auto more = (*rows)->next(row);          // refused: the file ends here, what came before was right
//     if (!more.ok() || !*more) break;
//   }

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/refusal.h"
#include "sheet/cell.h"
#include "sheet/limits.h"

namespace anlan::sheet {

// Used by one thread; outlived by its book.
class Rows {
 public:
  virtual ~Rows() = default;
  // The next row that holds anything, in order; false at the end. After a refusal it is not called again.
  virtual Outcome<bool> next(Row&) = 0;
  // Cells that are shown as one; known from the start.
  virtual const std::vector<Range>& merges() const = 0;
};

struct SheetName {
  std::string name;
  bool hidden = false;
};

class Book {
 public:
  // `bytes` outlives it. Refused, beside what packages and parts refuse: sheet.file_size, sheet.blank_file,
  // sheet.encoding. Anything that is no zip or OLE file is taken for text.
  static Outcome<std::unique_ptr<Book>> open(std::string_view bytes, const Limits& = {});
  virtual ~Book() = default;

  // In the order of the file; of a .csv one without a name.
  virtual const std::vector<SheetName>& sheets() const = 0;
  // Refused, here or in next(): sheet.rows, sheet.columns, sheet.cell_length, sheet.reference, sheet.shared_text,
  // sheet.merges, sheet.quote, sheet.encoding, and what reading parts refuses.
  virtual Outcome<std::unique_ptr<Rows>> rows(std::size_t sheet) const = 0;
};

}  // namespace anlan::sheet
