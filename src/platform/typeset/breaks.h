#pragma once
// Where Chinese text may be broken into lines (UAX #14 with the strict rules for Chinese, and GB/T 15834-2011 5.1: no
// line begins with a closing mark or ends with an opening one; —— and …… are not torn), and lines of a given width.

#include <string_view>
#include <vector>

#include "platform/typeset/shape.h"

namespace anlan::typeset {

// For every byte of the text: may a new line begin here? Never at byte 0. Thread safe. The marks of ICU's strict rules
// plus one thing they cannot know: in Chinese a quotation mark shows which way it points, so a line may begin before an
// opening one and after a closing one.
std::vector<bool> line_starts(std::string_view text);
// Likewise, for titles: only between words, by a dictionary.
std::vector<bool> word_starts(std::string_view text);

// The room that lines are broken to.
struct Measure {
  double width_pt;
  double first_indent_pt = 0;  // of the first line
  double hang_pt = 0;          // of the others
};

// Clusters [first, last) of one line.
struct Line {
  std::size_t first, last;
  double indent_pt;
  double gap_pt;  // to be added beside every full-width cluster so that the line ends flush; 0 in the last line
};

// Greedy: each line takes what fits. A word wider than the line is torn rather than running out of the type area;
// spaces at the end of a line are left out. Every cluster is in one line or is such a space.
std::vector<Line> break_lines(const ShapedText&, const Measure&);

// A title: as few lines as the width allows, of like length, torn between words; '\n' in the text is kept as a break.
std::vector<std::string> balanced_lines(FontBook&, const Style&, std::string_view title, double width_pt);

}  // namespace anlan::typeset
