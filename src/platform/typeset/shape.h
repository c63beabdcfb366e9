#pragma once
// Text made into placed glyphs. A full-width character (Han, Chinese punctuation, also “ ” ‘ ’ — …, which Chinese sets
// in a full cell) takes one cell of size + tracking; Western text keeps its own widths.

#include <string>
#include <string_view>
#include <vector>

#include "platform/typeset/fonts.h"

namespace anlan::typeset {

struct Glyph {
  unsigned long index;
  double x_pt, y_pt;  // from the left end of its cluster, on the baseline
  std::size_t cluster;
};

// What is never torn apart: a character with its marks, or a ligature.
struct Cluster {
  std::size_t begin, end;  // bytes of the text
  std::size_t first_glyph, glyph_count;
  double advance_pt;
  int face;
  bool full_width;
};

struct ShapedText {
  Style style;
  std::string text;  // printable() UTF-8
  std::vector<Cluster> clusters;
  std::vector<Glyph> glyphs;
};

// Valid UTF-8 without control characters; a line break stays '\n', a tab becomes a space, what is broken becomes
// U+FFFD.
std::string printable(std::string_view);

// A character that no font shows is drawn as 〓, its text staying what it is.
ShapedText shape(FontBook&, const Style&, std::string_view text);

// Width of the clusters [first, last).
double width_of(const ShapedText&, std::size_t first, std::size_t last);
double width_of(const ShapedText&);

}  // namespace anlan::typeset
