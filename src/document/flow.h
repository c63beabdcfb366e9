#pragma once
// Strips of a document dealt out to pages. A strip is one line of text, one row of a table, or another piece that is
// never torn.

#include <functional>
#include <memory>
#include <vector>

#include "platform/typeset/pdf.h"

namespace anlan::document {

struct Strip {
  double height = 0;
  std::function<void(typeset::Pdf&, double top)> draw;  // may be empty: white space
  bool on_grid = true;                                  // begins on a line of the page's 22
  bool keep_with_next = false;
  bool starts_page = false;
  bool at_bottom = false;             // ends with the type area (the imprint)
  std::shared_ptr<const Strip> head;  // of a table: drawn again wherever the table goes on on a new page
};

struct Placed {
  const Strip* strip;
  double top;
};
using Page = std::vector<Placed>;

// `first_top` is where the text of the first page begins. Strips kept together move to the next page together; a chain
// longer than a page is torn. White space does not begin a page. The strips must outlive the pages.
std::vector<Page> paginate(const std::vector<Strip>&, double first_top);

}  // namespace anlan::document
