#pragma once
// Which cells of an .xlsx sheet are merged. The sheet says so behind its rows, and who reads rows needs it before them.

#include <vector>

#include "sheet/cell.h"
#include "sheet/package.h"

namespace anlan::sheet {

// Inflates the sheet once, and parses what stands around its rows. Refused: sheet.merges, and what reading refuses.
Outcome<std::vector<Range>> merges_of(const Package&, const std::string& part, const Limits&);

}  // namespace anlan::sheet
