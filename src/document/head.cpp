#include "document/head.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "document/measures.h"
#include "document/setting.h"

namespace anlan::document {
namespace {

using typeset::Pdf;
using typeset::ShapedText;

constexpr double kLooseTracking = 0.3;  // of the size: a short letterhead is spread by no more

double letterhead_bottom(const OfficialDocument& document) {
  return kLetterheadTop + letterhead_of(document.letterhead).size;
}
double number_top(const OfficialDocument& document) { return letterhead_bottom(document) + 2 * kPitch; }

// A bulletin names its issuer and date above the red line; a document under 文号 leaves that to the signature.
bool has_issue_line(const OfficialDocument& document) { return !document.issuing_body.empty(); }

// By its em square, not by its ink: letters of one size keep one height whatever the word.
void draw_letterhead(const Setting& setting, Pdf& pdf, const OfficialDocument& document) {
  const Letterhead letters = letterhead_of(document.letterhead);
  const ShapedText text =
      typeset::shape(setting.book, {"biaosong", letters.size, letters.tracking}, document.letterhead);
  pdf.text(kTypeLeft + (kTypeWidth - width_of(text)) / 2, kLetterheadTop + kBaseline * letters.size, text, kRed);
}

// "签发：" in 仿宋, the name in 楷体 (7.2.6), one cell from the right.
void draw_signer(const Setting& setting, Pdf& pdf, double top, const std::string& signer) {
  const ShapedText name = typeset::shape(setting.book, type("kai", kSize3), signer);
  draw_line(setting, pdf, top, type("fangsong", kSize3), setting.style.word("signer"), Align::kRight,
            kCell + width_of(name));
  draw_line(setting, pdf, top, type("kai", kSize3), signer, Align::kRight, kCell);
}

}  // namespace

Letterhead letterhead_of(const std::string& text) {
  const auto count = static_cast<double>(std::max<std::size_t>(
      1, static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }))));
  const double size = std::min(kLetterheadTallest, kLetterheadWidest / count);
  return {size, std::clamp(kLetterheadWidest / count - size, 0.0, kLooseTracking * size)};
}

std::vector<CornerLine> corner_lines(const OfficialDocument& document) {
  std::vector<CornerLine> lines;
  if (document.copy_number) lines.push_back({"fangsong", fmt::format("{:06}", *document.copy_number)});
  if (!document.security.empty()) lines.push_back({"hei", document.security});
  if (!document.urgency.empty()) lines.push_back({"hei", document.urgency});
  return lines;
}

double title_height(std::size_t lines) {
  return kPitch * std::ceil((kTitlePitch * static_cast<double>(lines) - kPitch / 4) / kPitch);
}

double title_top(const Setting& setting, const OfficialDocument& document) {
  return kTypeTop + kPitch * std::round((head_bottom(setting, document) - kTypeTop) / kPitch + 2);
}

double head_bottom(const Setting&, const OfficialDocument& document) {
  const double last_line = number_top(document) + (has_issue_line(document) ? kPitch : 0);
  return last_line + (kPitch + kSize3) / 2 + kRedLineBelow;
}

void draw_head(const Setting& setting, Pdf& pdf, const OfficialDocument& document) {
  double top = kTypeTop;
  for (const CornerLine& line : corner_lines(document)) {
    draw_line(setting, pdf, top, type(line.role, kSize3), line.text, Align::kLeft, 0);
    top += kPitch;
  }
  draw_letterhead(setting, pdf, document);
  top = number_top(document);
  draw_line(setting, pdf, top, type("fangsong", kSize3), document.number, Align::kCenter, 0);
  if (!document.signer.empty()) draw_signer(setting, pdf, top, document.signer);
  if (has_issue_line(document)) {
    top += kPitch;
    draw_line(setting, pdf, top, type("fangsong", kSize3), document.issuing_body, Align::kLeft, kCell);
    draw_line(setting, pdf, top, type("fangsong", kSize3), setting.style.date(document.date), Align::kRight, kCell);
  }
  const double red = head_bottom(setting, document);
  pdf.rule(kTypeLeft, red, kTypeRight, red, kRedLineThickness, kRed);
}

}  // namespace anlan::document
