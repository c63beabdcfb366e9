#include "platform/typeset/fonts.h"

#include <cairo.h>
#include <gtest/gtest.h>
#include <pango/pangocairo.h>

#include <algorithm>

#include "platform/typeset/shape.h"

namespace anlan::typeset {
namespace {

const Style kStyle{"text", 32};

// Share of dark among 64 × 64 pixels with the text drawn on them.
double ink(FontBook& book, const std::string& text) {
  const ShapedText shaped = shape(book, kStyle, text);
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 64, 64);
  cairo_t* cairo = cairo_create(surface);
  for (const Cluster& cluster : shaped.clusters) {
    PangoFont* font = book.font(kStyle, cluster.face);
    cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(reinterpret_cast<PangoCairoFont*>(font)));
    const cairo_glyph_t glyph{shaped.glyphs[cluster.first_glyph].index, 16, 44};
    cairo_show_glyphs(cairo, &glyph, 1);
  }
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  const unsigned char* pixels = cairo_image_surface_get_data(surface);
  const auto dark = std::count_if(pixels, pixels + 64 * cairo_image_surface_get_stride(surface),
                                  [](unsigned char alpha) { return alpha > 127; });
  cairo_surface_destroy(surface);
  return static_cast<double>(dark) / (64 * 64);
}

FontBook book_of(std::vector<std::string> faces, const std::vector<std::string>& fallback) {
  auto book = FontBook::open({{"text", std::move(faces)}}, fallback);
  EXPECT_TRUE(book.ok());
  return std::move(*book);
}

TEST(Fonts, RareCharactersInNamesAreDrawnWithInk) {
  FontBook book = book_of({"LXGW WenKai"}, {"Noto Serif CJK SC"});
  for (const char* name : {"䶮", "㙓", "𠮷", "𬒔", "喆", "堃", "玥", "㛃"}) {
    const ShapedText shaped = shape(book, kStyle, name);
    ASSERT_EQ(shaped.clusters.size(), 1u) << name;
    EXPECT_NE(shaped.glyphs[0].index, 0u) << name;
    EXPECT_GT(ink(book, name), 0.02) << name;
  }
}

TEST(Fonts, ASpaceNeedsNoInk) {
  FontBook book = book_of({"Noto Serif CJK SC"}, {});
  EXPECT_EQ(book.face_of(kStyle, U' '), 0);
  EXPECT_EQ(ink(book, " "), 0);
}

TEST(Fonts, TheFirstInstalledFaceLeadsAndTheOthersFillIn) {
  FontBook book = book_of({"No Such Face", "LXGW WenKai", "Noto Sans CJK SC Bold"}, {"DejaVu Serif"});
  EXPECT_EQ(book.leading_face("text"), "LXGW WenKai");
  EXPECT_EQ(book.face_of(kStyle, U'国'), 0);
}

TEST(Fonts, AFamilyAnswersToItsChineseName) {
  FontBook book = book_of({"霞鹜文楷"}, {});
  EXPECT_EQ(book.leading_face("text"), "霞鹜文楷");
}

TEST(Fonts, ACharacterOfNoNamedFontIsLookedForInAllTheOthers) {
  FontBook book = book_of({"LXGW WenKai"}, {});
  ASSERT_GT(book.face_of(kStyle, U'㗊'), -1);
  EXPECT_GT(ink(book, "㗊"), 0.02);
  ASSERT_GT(book.face_of(kStyle, U'ℵ'), -1);
  EXPECT_GT(ink(book, "ℵ"), 0.005);
}

TEST(Fonts, ACharacterThatNoFontShowsBecomesAGetaAndKeepsItsText) {
  FontBook book = book_of({"Noto Serif CJK SC"}, {});
  const std::string unassigned = "\xF3\xB0\x80\x80";  // U+F0000, private use
  ASSERT_EQ(book.face_of(kStyle, 0xF0000), -1);
  const ShapedText shaped = shape(book, kStyle, unassigned + "人");
  EXPECT_EQ(shaped.glyphs[0].index, shape(book, kStyle, "〓").glyphs[0].index);
  EXPECT_EQ(shaped.clusters[0].end - shaped.clusters[0].begin, 4u);
  EXPECT_EQ(shaped.text, unassigned + "人");
}

TEST(Fonts, AMissingFontIsAFailureThatNamesRoleAndFont) {
  const auto book = FontBook::open({{"fangsong", {"No Such Face", "Nor This"}}}, {"Noto Serif CJK SC"});
  ASSERT_FALSE(book.ok());
  EXPECT_EQ(book.error().what, "no font for the role \"fangsong\": none of [No Such Face, Nor This] is installed");
}

TEST(Fonts, AFontWithoutChineseMayNotLead) {
  const auto book = FontBook::open({{"hei", {"DejaVu Sans"}}}, {"Noto Serif CJK SC"});
  ASSERT_FALSE(book.ok());
  EXPECT_EQ(book.error().what, "the font \"DejaVu Sans\" of the role \"hei\" has no Chinese characters");
}

TEST(Shape, ChineseTakesWholeCellsAndWesternItsOwnWidth) {
  FontBook book = book_of({"Noto Serif CJK SC"}, {});
  const ShapedText shaped = shape(book, {"text", 16, -0.2}, "第“1”期…");
  std::vector<bool> full;
  for (const Cluster& cluster : shaped.clusters) full.push_back(cluster.full_width);
  EXPECT_EQ(full, (std::vector<bool>{true, true, false, true, true, true}));
  EXPECT_NEAR(shaped.clusters[1].advance_pt, 15.8, 1e-9);
  EXPECT_LT(shaped.clusters[2].advance_pt, 10);
}

TEST(Shape, BrokenAndControlCharactersAreMadePrintable) {
  EXPECT_EQ(printable(std::string("a\x01"
                                  "b\tc\nd\x7F",
                                  8)),
            "ab c\nd");
  EXPECT_EQ(printable("\xFF人"), "\uFFFD人");
  EXPECT_EQ(printable("\uFFFE人"), "人");
}

}  // namespace
}  // namespace anlan::typeset
