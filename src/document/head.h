#pragma once
// Measures of the head that PDF and docx share.

#include <string>
#include <vector>

#include "document/official.h"

namespace anlan::document {

struct Letterhead {
  double size, tracking;
};

// The letters of the red letterhead: as tall as the type area and 7.2.4 let them be.
Letterhead letterhead_of(const std::string& text);

// 份号, 密级, 紧急程度 as they stand in the upper left corner, each with its font role (7.2.1 … 7.2.3).
struct CornerLine {
  std::string role, text;
};
std::vector<CornerLine> corner_lines(const OfficialDocument&);

// Height of a title of `lines` lines: whole lines of the grid, the title standing in their middle.
double title_height(std::size_t lines);

}  // namespace anlan::document
