#include "platform/typeset/pdf.h"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

namespace anlan::typeset {
namespace {

cairo_status_t append(void* to, const unsigned char* data, unsigned length) {
  static_cast<Bytes*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

// Clusters [first, last) of one face as cairo wants them: absolute glyphs and the bytes each cluster stands for.
void show(cairo_t* cairo, const ShapedText& shaped, std::size_t first, std::size_t last,
          const std::vector<double>& x_of, double baseline) {
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
  for (std::size_t i = first; i < last; ++i) {
    const Cluster& cluster = shaped.clusters[i];
    for (std::size_t g = 0; g < cluster.glyph_count; ++g) {
      const Glyph& glyph = shaped.glyphs[cluster.first_glyph + g];
      glyphs.push_back({glyph.index, x_of[i - first] + glyph.x_pt, baseline + glyph.y_pt});
    }
    clusters.push_back({static_cast<int>(cluster.end - cluster.begin), static_cast<int>(cluster.glyph_count)});
  }
  const std::size_t begin = shaped.clusters[first].begin, end = shaped.clusters[last - 1].end;
  cairo_show_text_glyphs(cairo, shaped.text.data() + begin, static_cast<int>(end - begin), glyphs.data(),
                         static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                         static_cast<cairo_text_cluster_flags_t>(0));
}

}  // namespace

// Both dates are set: cairo would put in the clock's.
Pdf::Pdf(FontBook& book, double width_mm, double height_mm, const Metadata& metadata)
    : book_(book),
      surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, points(width_mm), points(height_mm))),
      cairo_(cairo_create(surface_)) {
  const std::string created = to_rfc3339(metadata.created).substr(0, 19) + "+08:00";
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_TITLE, printable(metadata.title).c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_AUTHOR, printable(metadata.author).c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_pdf_surface_set_metadata(surface_, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
}

Pdf::~Pdf() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

void Pdf::next_page() { cairo_show_page(cairo_); }

// One call a face, since cairo shows one font at a time; x runs on over them.
void Pdf::text(double x, double baseline, const ShapedText& shaped, const Line& line, Color color) {
  cairo_set_source_rgb(cairo_, color.red, color.green, color.blue);
  x += line.indent_pt;
  for (std::size_t i = line.first; i < line.last;) {
    const std::size_t first = i;
    const int face = shaped.clusters[first].face;
    std::vector<double> x_of;
    for (; i < line.last && shaped.clusters[i].face == face; ++i) {
      x_of.push_back(x);
      x += shaped.clusters[i].advance_pt;
      if (i + 1 < line.last && (shaped.clusters[i].full_width || shaped.clusters[i + 1].full_width)) x += line.gap_pt;
    }
    cairo_set_scaled_font(
        cairo_, pango_cairo_font_get_scaled_font(reinterpret_cast<PangoCairoFont*>(book_.font(shaped.style, face))));
    show(cairo_, shaped, first, i, x_of, baseline);
  }
}

void Pdf::text(double x, double baseline, const ShapedText& shaped, Color color) {
  text(x, baseline, shaped, Line{0, shaped.clusters.size(), 0, 0}, color);
}

void Pdf::rule(double x1, double y1, double x2, double y2, double thickness, Color color) {
  cairo_set_source_rgb(cairo_, color.red, color.green, color.blue);
  cairo_set_line_width(cairo_, thickness);
  cairo_move_to(cairo_, x1, y1);
  cairo_line_to(cairo_, x2, y2);
  cairo_stroke(cairo_);
}

Result<Bytes> Pdf::finish() {
  const cairo_status_t drawing = cairo_status(cairo_);
  cairo_surface_finish(surface_);
  const cairo_status_t writing = cairo_surface_status(surface_);
  for (const cairo_status_t status : {drawing, writing})
    if (status != CAIRO_STATUS_SUCCESS) return Failure{fmt::format("PDF: {}", cairo_status_to_string(status))};
  return std::move(bytes_);
}

}  // namespace anlan::typeset
