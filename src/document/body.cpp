#include <memory>

#include "document/head.h"
#include "document/measures.h"
#include "document/setting.h"

namespace anlan::document {
namespace {

using typeset::Line;
using typeset::Pdf;
using typeset::ShapedText;
using typeset::Style;

Strip text_strip(std::shared_ptr<const ShapedText> text, Line line) {
  Strip strip;
  strip.height = kPitch;
  strip.draw = [text, line](Pdf& pdf, double top) {
    pdf.text(kTypeLeft, baseline(top, kPitch, text->style.size_pt), *text, line);
  };
  return strip;
}

struct AddBlock {
  const Setting& setting;
  std::vector<Strip>& strips;

  void operator()(const Heading& heading) const {
    const std::size_t first = strips.size();
    const char* const role = heading.level == 1 ? "hei" : heading.level == 2 ? "kai" : "fangsong";
    add_paragraph(setting, type(role, kSize3), heading.text, 2 * kCell, 0, strips);
    for (std::size_t i = first; i < strips.size(); ++i) strips[i].keep_with_next = true;
  }
  void operator()(const Paragraph& paragraph) const { text(paragraph.text); }
  void operator()(const NumberedList& list) const {
    for (std::size_t i = 0; i < list.items.size(); ++i) text(std::to_string(i + 1) + "." + list.items[i]);
  }
  void operator()(const FactTable& table) const { add_facts(setting, table, strips); }
  void operator()(const Table& table) const { add_table(setting, table, strips); }

  void text(const std::string& words) const {
    add_paragraph(setting, type("fangsong", kSize3), words, 2 * kCell, 0, strips);
  }
};

}  // namespace

Style type(std::string_view role, double size) { return {std::string(role), size, size == kSize3 ? kTracking : 0}; }

double baseline(double top, double pitch, double size) { return top + (pitch - size) / 2 + kBaseline * size; }

void draw_line(const Setting& setting, Pdf& pdf, double top, const Style& style, std::string_view words, Align at,
               double inset, typeset::Color color) {
  const ShapedText text = typeset::shape(setting.book, style, words);
  const double spare = kTypeWidth - width_of(text);
  const double x = at == Align::kLeft ? inset : at == Align::kRight ? spare - inset : spare / 2;
  pdf.text(kTypeLeft + x, baseline(top, kPitch, style.size_pt), text, color);
}

void add_paragraph(const Setting& setting, const Style& style, std::string_view words, double indent, double hang,
                   std::vector<Strip>& strips) {
  const auto text = std::make_shared<const ShapedText>(typeset::shape(setting.book, style, words));
  for (const Line& line : typeset::break_lines(*text, {kTypeWidth, indent, hang}))
    strips.push_back(text_strip(text, line));
}

void add_blank_line(std::vector<Strip>& strips) {
  strips.emplace_back().height = kPitch;
  strips.back().keep_with_next = true;
}

void add_title(const Setting& setting, const std::string& title, std::vector<Strip>& strips) {
  const Style style{"biaosong", kSize2, 0};
  const auto lines = typeset::balanced_lines(setting.book, style, title, kTitleWidest);
  if (lines.empty()) return;
  Strip& strip = strips.emplace_back();
  const double own = kTitlePitch * static_cast<double>(lines.size());
  strip.height = title_height(lines.size());
  strip.keep_with_next = true;
  const double lead = (strip.height - own) / 2;
  strip.draw = [setting, style, lead, lines](Pdf& pdf, double top) {
    double y = top + lead + (kTitlePitch - kPitch) / 2;
    for (const std::string& line : lines) {
      draw_line(setting, pdf, y, style, line, Align::kCenter, 0);
      y += kTitlePitch;
    }
  };
}

void add_blocks(const Setting& setting, const std::vector<Block>& blocks, std::vector<Strip>& strips) {
  for (const Block& block : blocks) std::visit(AddBlock{setting, strips}, block);
}

}  // namespace anlan::document
