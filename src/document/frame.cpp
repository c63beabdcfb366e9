#include "document/measures.h"
#include "document/setting.h"

namespace anlan::document {
namespace {

using typeset::Pdf;
using typeset::ShapedText;

constexpr double kBandTop = points(14), kBandHeight = 26, kBandRule = 1;
constexpr double kDashHeight = 0.35;  // of the size: where the dash beside the page number stands above the baseline

// A box as wide as its words, in the middle of the upper margin.
void draw_band(const Setting& setting, Pdf& pdf, const std::string& words) {
  const double height = kBandHeight, bottom = kBandTop + height;
  const ShapedText text = typeset::shape(setting.book, type("hei", kSize4), words);
  const double left = kTypeLeft + (kTypeWidth - width_of(text)) / 2 - kSize4,
               right = left + width_of(text) + 2 * kSize4;
  for (const double y : {kBandTop, bottom})
    pdf.rule(left - kBandRule / 2, y, right + kBandRule / 2, y, kBandRule, kRed);
  for (const double x : {left, right}) pdf.rule(x, kBandTop, x, bottom, kBandRule, kRed);
  pdf.text(left + kSize4, baseline(kBandTop, height, kSize4), text, kRed);
}

}  // namespace

void draw_page_frame(const Setting& setting, Pdf& pdf, const OfficialDocument& document, int number) {
  if (!document.marks.band.empty()) draw_band(setting, pdf, document.marks.band);
  if (!document.marks.note.empty())
    draw_line(setting, pdf, kBandTop + (kBandHeight - kPitch) / 2, type("hei", kSize4), document.marks.note,
              Align::kRight, 0, kGrey);
  const ShapedText text = typeset::shape(setting.book, type("song", kSize4),
                                         setting.style.word("page", {{"page", std::to_string(number)}}));
  const double x = number % 2 == 1 ? kTypeRight - kSize4 - width_of(text) : kTypeLeft + kSize4;
  pdf.text(x, kTypeBottom + kPageNumberBelow + kDashHeight * kSize4, text);
}

}  // namespace anlan::document
