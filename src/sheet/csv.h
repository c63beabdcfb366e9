#pragma once
// The book that is a .csv: UTF-8, UTF-16 with its mark, or else GB18030 (of which GBK and GB 2312 are parts); parted by
// commas, semicolons, tabs or bars, whichever its first lines show; quoted as RFC 4180 has it. All cells are texts.

#include <memory>

#include "sheet/book.h"

namespace anlan::sheet {

Outcome<std::unique_ptr<Book>> open_csv(std::string_view bytes, const Limits&);

// What the first lines are parted by.
char delimiter_of(std::string_view first_lines);

// A text that a spreadsheet would take for a formula is written with a ' before it (csv_write.h); read it is itself.
std::string_view unguarded(std::string_view cell);
bool is_guarded(std::string_view cell);

}  // namespace anlan::sheet
