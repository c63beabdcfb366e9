#pragma once
// Pages of placed text and rules as a PDF file. Text stays text: every glyph carries its characters, fonts are embedded
// as subsets of their outlines. The same calls give the same bytes: no clock is read.

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "platform/typeset/breaks.h"
#include "platform/typeset/shape.h"

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;

namespace anlan::typeset {

using Bytes = std::string;

// PDF counts in points, standards in millimetres.
constexpr double points(double mm) { return mm * 72.0 / 25.4; }

struct Color {
  double red, green, blue;  // 0 … 1
};
inline constexpr Color kBlack{0, 0, 0};

// What the file says of itself. `created` is also its time of change.
struct Metadata {
  std::string title, author;
  Instant created;
};

// Lengths in points from the upper left corner of the page. Not thread safe; the book must outlive it.
class Pdf {
 public:
  Pdf(FontBook&, double width_mm, double height_mm, const Metadata&);
  Pdf(const Pdf&) = delete;
  Pdf& operator=(const Pdf&) = delete;
  ~Pdf();

  // Ends the page that was being drawn.
  void next_page();
  // `baseline` is where the letters stand; the line's own indent is added to x.
  void text(double x, double baseline, const ShapedText&, const Line&, Color = kBlack);
  void text(double x, double baseline, const ShapedText&, Color = kBlack);
  // A straight rule, its middle on the two points.
  void rule(double x1, double y1, double x2, double y2, double thickness, Color = kBlack);

  // The whole file. Nothing may be drawn afterwards.
  Result<Bytes> finish();

 private:
  FontBook& book_;
  Bytes bytes_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
};

}  // namespace anlan::typeset
