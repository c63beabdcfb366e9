#pragma once
// How long files and functions may be and how much of the code is comment (CONTRIBUTING.md, "Budgets").

#include "quality/tree.h"

namespace anlan::quality {

// Source files of src, console/src, tools, test and bench: none over 600 lines, nine of ten at most 400, half at most
// 120.
Findings check_file_budgets(const Tree&);

// Functions of C++, TypeScript and Vue there: none over 70 lines, half at most 8.
Findings check_function_budgets(const Tree&);

// Lines with a comment for each line with code, over the C++ of src without its tests: 0.15 to 0.30.
Findings check_comment_budget(const Tree&);

}  // namespace anlan::quality
