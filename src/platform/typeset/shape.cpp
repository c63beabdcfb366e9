#include "platform/typeset/shape.h"

#include <glib.h>
#include <hb.h>
#include <pango/pango.h>

#include <algorithm>
#include <array>
#include <memory>

namespace anlan::typeset {
namespace {

constexpr char32_t kGeta = U'〓';
constexpr std::u32string_view kChineseThoughNarrow = U"“”‘’—…·〔〕";
constexpr std::u32string_view kOpening = U"“‘（《〈「『【〔［｛";
constexpr std::u32string_view kClosing = U"”’）》〉」』】〕］｝，。、；：！？";

char32_t char_at(std::string_view text, std::size_t at) { return g_utf8_get_char(text.data() + at); }
std::size_t after_char(std::string_view text, std::size_t at) {
  return static_cast<std::size_t>(g_utf8_next_char(text.data() + at) - text.data());
}

// Width by Unicode, but for the marks that it calls ambiguous: in a Chinese document they are full.
bool is_full_width(char32_t c) {
  return g_unichar_iswide(c) || kChineseThoughNarrow.find(c) != std::u32string_view::npos;
}

// Belongs to the character before it: combining marks, variation selectors, joiners.
bool continues(char32_t c) { return g_unichar_ismark(c) || g_unichar_iszerowidth(c); }

// A stretch of text in one face.
struct Run {
  std::size_t begin, end;
  int face;  // -1: no font has it
};

// A character without any font is a run by itself, so that each gets a 〓 of its own.
std::vector<Run> runs_of(FontBook& book, const Style& style, std::string_view text) {
  std::vector<Run> runs;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = char_at(text, at);
    const std::size_t next = after_char(text, at);
    const int face = !runs.empty() && continues(c) ? runs.back().face : book.face_of(style, c);
    if (runs.empty() || runs.back().face != face || (face < 0 && !continues(c)))
      runs.push_back({at, next, face});
    else
      runs.back().end = next;
    at = next;
  }
  return runs;
}

// Where a glyph narrower than its cell stands: an opening mark at the right, a closing one at the left.
double inset(char32_t c, double spare) {
  if (kOpening.find(c) != std::u32string_view::npos) return spare;
  if (kClosing.find(c) != std::u32string_view::npos) return 0;
  return spare / 2;
}

struct FreeBuffer {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};
using Buffer = std::unique_ptr<hb_buffer_t, FreeBuffer>;

// Kerning and ligatures are off: they would pull Western text off its own widths between two programs.
Buffer shaped_run(PangoFont* font, std::string_view text, const Run& run) {
  Buffer buffer(hb_buffer_create());
  static const std::string geta = "〓";
  if (run.face < 0)
    hb_buffer_add_utf8(buffer.get(), geta.data(), static_cast<int>(geta.size()), 0, -1);
  else
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), static_cast<unsigned>(run.begin),
                       static_cast<int>(run.end - run.begin));
  hb_buffer_set_direction(buffer.get(), HB_DIRECTION_LTR);
  hb_buffer_set_language(buffer.get(), hb_language_from_string("zh-Hans-CN", -1));
  hb_buffer_guess_segment_properties(buffer.get());
  const std::array<hb_feature_t, 2> off{{{HB_TAG('k', 'e', 'r', 'n'), 0, 0, HB_FEATURE_GLOBAL_END},
                                         {HB_TAG('l', 'i', 'g', 'a'), 0, 0, HB_FEATURE_GLOBAL_END}}};
  hb_shape(pango_font_get_hb_font(font), buffer.get(), off.data(), off.size());
  return buffer;
}

// A cluster is more than one cell wide where a font draws "——" as one glyph.
void finish_cluster(ShapedText& shaped, Cluster& cluster) {
  const char32_t c = char_at(shaped.text, cluster.begin);
  if (!is_full_width(c)) return;
  cluster.full_width = true;
  int cells = 0;
  for (std::size_t at = cluster.begin; at < cluster.end; at = after_char(shaped.text, at))
    cells += is_full_width(char_at(shaped.text, at));
  const double spare = cells * (shaped.style.size_pt + shaped.style.tracking_pt) - cluster.advance_pt;
  const double shift = inset(c, spare - shaped.style.tracking_pt) + shaped.style.tracking_pt / 2;
  for (std::size_t g = 0; g < cluster.glyph_count; ++g) shaped.glyphs[cluster.first_glyph + g].x_pt += shift;
  cluster.advance_pt += spare;
}

// HarfBuzz gives glyphs in text order with the byte each began at; equal bytes are one cluster.
void append_run(FontBook& book, ShapedText& shaped, const Run& run) {
  const int face = run.face < 0 ? std::max(0, book.face_of(shaped.style, kGeta)) : run.face;
  const Buffer buffer = shaped_run(book.font(shaped.style, face), shaped.text, run);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
  const std::size_t first = shaped.clusters.size();
  for (unsigned i = 0; i < count; ++i) {
    const std::size_t begin = run.face < 0 ? run.begin : infos[i].cluster;
    if (shaped.clusters.size() == first || shaped.clusters.back().begin != begin) {
      if (shaped.clusters.size() > first) shaped.clusters.back().end = begin;
      shaped.clusters.push_back({begin, run.end, shaped.glyphs.size(), 0, 0, face, false});
    }
    Cluster& cluster = shaped.clusters.back();
    shaped.glyphs.push_back({infos[i].codepoint, cluster.advance_pt + places[i].x_offset / double(PANGO_SCALE),
                             -places[i].y_offset / double(PANGO_SCALE), shaped.clusters.size() - 1});
    cluster.advance_pt += places[i].x_advance / double(PANGO_SCALE);
    ++cluster.glyph_count;
  }
  for (std::size_t i = first; i < shaped.clusters.size(); ++i) finish_cluster(shaped, shaped.clusters[i]);
}

}  // namespace

std::string printable(std::string_view raw) {
  const std::unique_ptr<char, decltype(&g_free)> valid(g_utf8_make_valid(raw.data(), static_cast<gssize>(raw.size())),
                                                       &g_free);
  std::string kept;
  for (const char* at = valid.get(); *at;) {
    const char32_t c = g_utf8_get_char(at);
    const char* const next = g_utf8_next_char(at);
    if (c == U'\t')
      kept += ' ';
    else if (c == U'\n' || (!g_unichar_iscntrl(c) && c != 0xFFFE && c != 0xFFFF))
      kept.append(at, next);
    at = next;
  }
  return kept;
}

ShapedText shape(FontBook& book, const Style& style, std::string_view text) {
  ShapedText shaped{style, printable(text), {}, {}};
  std::replace(shaped.text.begin(), shaped.text.end(), '\n', ' ');
  for (const Run& run : runs_of(book, style, shaped.text)) append_run(book, shaped, run);
  return shaped;
}

double width_of(const ShapedText& shaped, std::size_t first, std::size_t last) {
  double width = 0;
  for (std::size_t i = first; i < last; ++i) width += shaped.clusters[i].advance_pt;
  return width;
}

double width_of(const ShapedText& shaped) { return width_of(shaped, 0, shaped.clusters.size()); }

}  // namespace anlan::typeset
