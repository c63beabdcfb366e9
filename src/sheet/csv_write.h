#pragma once
// Tables as .csv (RFC 4180) for spreadsheets: UTF-8 with its mark, lines end in CR LF. Pure.

#include <span>
#include <string>
#include <string_view>

#include "sheet/table.h"

namespace anlan::sheet {

// What a file begins with, so that spreadsheets read it as UTF-8.
inline constexpr std::string_view kCsvStart = "\xEF\xBB\xBF";

// Appends a line. A text that a spreadsheet would take for a formula (begins with = + - @, a tab or a line end) has a '
// before it, which sheet/csv.h takes away again.
void append_csv_line(std::string& file, std::span<const Value>);

}  // namespace anlan::sheet
