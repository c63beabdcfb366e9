#pragma once
// Pieces of an official document as strips: what every part of the layout needs to set text.

#include <string>
#include <string_view>
#include <vector>

#include "document/flow.h"
#include "document/house_style.h"
#include "document/official.h"
#include "platform/typeset/breaks.h"

namespace anlan::document {

// Held for the time of one document; both outlive it.
struct Setting {
  typeset::FontBook& book;
  const HouseStyle& style;
};

// A role at a size, on the grid of 28 cells where the size is 3号.
typeset::Style type(std::string_view role, double size);

// Where the letters stand in a line of `pitch` that begins at `top`.
double baseline(double top, double pitch, double size);

// One line of text; at kLeft and kRight `inset` is the distance from that side of the type area.
void draw_line(const Setting&, typeset::Pdf&, double top, const typeset::Style&, std::string_view text, Align,
               double inset, typeset::Color = typeset::kBlack);

// 版头 (7.2). Returns where the red line stands.
double head_bottom(const Setting&, const OfficialDocument&);
// Two blank lines below it, on the nearest line of the grid (7.3.1).
double title_top(const Setting&, const OfficialDocument&);
void draw_head(const Setting&, typeset::Pdf&, const OfficialDocument&);

// A paragraph, one strip a line, `indent` and `hang` from the left of the type area.
void add_paragraph(const Setting&, const typeset::Style&, std::string_view text, double indent, double hang,
                   std::vector<Strip>&);
// A line of the grid.
void add_blank_line(std::vector<Strip>&);

// Torn between words into lines of like length, at most 19 characters each.
void add_title(const Setting&, const std::string& title, std::vector<Strip>&);
void add_blocks(const Setting&, const std::vector<Block>&, std::vector<Strip>&);
// The head is repeated on every page; a row is torn only where it is taller than a page.
void add_table(const Setting&, const Table&, std::vector<Strip>&);
void add_facts(const Setting&, const FactTable&, std::vector<Strip>&);
// Facts dealt out to rows of one or two pairs.
std::vector<std::vector<Fact>> fact_rows(const Setting&, const FactTable&);
// Distances from the right of the type area (7.3.5.1 sealed, 7.3.5.2 not sealed).
struct SignaturePlace {
  double body, date;
};
SignaturePlace signature_place(const Setting&, const OfficialDocument&);
// 附件说明, 署名, 成文日期, 附注 (7.3.4 … 7.3.6), bound to the last lines of the text before them.
void add_closing(const Setting&, const OfficialDocument&, std::vector<Strip>&);
// 附件 (7.3.7) and 版记 (7.4).
void add_attachments(const Setting&, const OfficialDocument&, std::vector<Strip>&);
void add_imprint(const Setting&, const OfficialDocument&, std::vector<Strip>&);

// Page number (7.5) and marks; `number` from 1.
void draw_page_frame(const Setting&, typeset::Pdf&, const OfficialDocument&, int number);

}  // namespace anlan::document
