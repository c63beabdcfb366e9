#include <algorithm>
#include <memory>

#include "document/measures.h"
#include "document/notes.h"
#include "document/setting.h"

namespace anlan::document {
namespace {

using typeset::Line;
using typeset::Pdf;
using typeset::ShapedText;

constexpr std::size_t kLinesKeptWithSignature = 2;
constexpr double kImprintPitch = 24, kImprintPadding = 3;

double width_in(const Setting& setting, std::string_view words) {
  return width_of(typeset::shape(setting.book, type("fangsong", kSize3), words));
}

void add_line(const Setting& setting, const std::string& words, Align at, double inset, std::vector<Strip>& strips) {
  Strip& strip = strips.emplace_back();
  strip.height = kPitch;
  strip.keep_with_next = true;
  strip.draw = [setting, words, at, inset](Pdf& pdf, double top) {
    draw_line(setting, pdf, top, type("fangsong", kSize3), words, at, inset);
  };
}

// 7.3.4: two cells in, the names one below the other.
void add_attachment_names(const Setting& setting, const OfficialDocument& document, std::vector<Strip>& strips) {
  const std::vector<std::string> names = attachment_names(document);
  if (names.empty()) return;
  add_blank_line(strips);
  const std::string colon = setting.style.word("attachment_colon");
  const double in = 2 * kCell + width_in(setting, colon);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double number = names.size() > 1 ? width_in(setting, std::to_string(i + 1) + ".") : 0;
    add_paragraph(setting, type("fangsong", kSize3), i == 0 ? colon + names[i] : names[i], i == 0 ? 2 * kCell : in,
                  in + number, strips);
  }
}

void add_signature(const Setting& setting, const OfficialDocument& document, std::vector<Strip>& strips) {
  if (!document.signature) return;
  const SignaturePlace place = signature_place(setting, document);
  add_blank_line(strips);
  add_line(setting, document.signature->body, Align::kRight, place.body, strips);
  add_line(setting, setting.style.date(document.date), Align::kRight, place.date, strips);
}

// A page that held nothing but a signature could be put under another text; two lines of the text go with it.
void bind(std::vector<Strip>& strips, std::size_t end) {
  const std::size_t first = end - std::min(end, kLinesKeptWithSignature);
  for (std::size_t i = first; i < end; ++i) strips[i].keep_with_next = true;
}

// 版记, measured before it is placed, since it hangs from the foot of the page.
struct Imprint {
  std::shared_ptr<const ShapedText> copy_to;
  std::vector<Line> copy_lines;
  std::string printed_by, printed;

  double copy_height() const {
    return copy_lines.empty() ? 0 : 2 * kImprintPadding + kImprintPitch * static_cast<double>(copy_lines.size());
  }
  double height() const { return copy_height() + (has_printer() ? 2 * kImprintPadding + kImprintPitch : 0); }
  bool has_printer() const { return !printed_by.empty() || !printed.empty(); }
};

Imprint imprint_of(const Setting& setting, const OfficialDocument& document) {
  Imprint imprint{nullptr, {}, document.printed_by, {}};
  const typeset::Style style = type("fangsong", kSize4);
  if (!document.copy_to.empty()) {
    const std::string label = setting.style.word("copy_to");
    const double hang = width_of(typeset::shape(setting.book, style, label));
    imprint.copy_to = std::make_shared<const ShapedText>(
        typeset::shape(setting.book, style, label + document.copy_to + setting.style.word("copy_to_end")));
    imprint.copy_lines = typeset::break_lines(*imprint.copy_to, {kTypeWidth - 2 * kSize4, 0, hang});
  }
  if (document.printed)
    imprint.printed = setting.style.word("printed", {{"date", setting.style.date(*document.printed)}});
  return imprint;
}

// 7.4.1: the first and the last rule are the thick ones, the last lies on the foot of the type area.
void draw_imprint(const Setting& setting, Pdf& pdf, const Imprint& imprint, double top) {
  const double bottom = top + imprint.height();
  pdf.rule(kTypeLeft, top, kTypeRight, top, kThickRule);
  double y = top + kImprintPadding;
  for (const Line& line : imprint.copy_lines) {
    pdf.text(kTypeLeft + kSize4, baseline(y, kImprintPitch, kSize4), *imprint.copy_to, line);
    y += kImprintPitch;
  }
  if (imprint.has_printer()) {
    const double between = top + imprint.copy_height();
    if (between > top) pdf.rule(kTypeLeft, between, kTypeRight, between, kThinRule);
    const double line = between + kImprintPadding + (kImprintPitch - kPitch) / 2;
    draw_line(setting, pdf, line, type("fangsong", kSize4), imprint.printed_by, Align::kLeft, kSize4);
    draw_line(setting, pdf, line, type("fangsong", kSize4), imprint.printed, Align::kRight, kSize4);
  }
  pdf.rule(kTypeLeft, bottom, kTypeRight, bottom, kThickRule);
}

}  // namespace

SignaturePlace signature_place(const Setting& setting, const OfficialDocument& document) {
  const double body = width_in(setting, document.signature->body);
  const double date = width_in(setting, setting.style.date(document.date));
  if (document.signature->sealed) {
    const double inset = std::max(4 * kCell, (body - date) / 2);
    return {inset + (date - body) / 2, inset};
  }
  const double inset = std::max(2 * kCell, 4 * kCell + date - body);
  return {inset, inset + body - 2 * kCell - date};
}

void add_closing(const Setting& setting, const OfficialDocument& document, std::vector<Strip>& strips) {
  const std::size_t end_of_text = strips.size();
  add_attachment_names(setting, document, strips);
  const std::size_t end_of_names = strips.size();
  add_signature(setting, document, strips);
  if (const std::string note = contact_note(setting.style, document); !note.empty())
    add_paragraph(setting, type("fangsong", kSize3), note, 2 * kCell, 0, strips);
  if (strips.size() == end_of_text) return bind(strips, end_of_text);
  bind(strips, end_of_text);
  for (std::size_t i = std::min(end_of_text, end_of_names); i < strips.size(); ++i) strips[i].keep_with_next = true;
}

void add_attachments(const Setting& setting, const OfficialDocument& document, std::vector<Strip>& strips) {
  for (std::size_t i = 0; i < document.attachments.size(); ++i) {
    const Attachment& attachment = document.attachments[i];
    if (attachment.blocks.empty()) continue;
    const std::size_t first = strips.size();
    add_paragraph(setting, type("hei", kSize3), attachment_mark(setting.style, document, i), 0, 0, strips);
    strips[first].starts_page = strips[first].keep_with_next = true;
    add_blank_line(strips);
    add_title(setting, attachment.title, strips);
    add_blank_line(strips);
    add_blocks(setting, attachment.blocks, strips);
    bind(strips, strips.size());
  }
}

void add_imprint(const Setting& setting, const OfficialDocument& document, std::vector<Strip>& strips) {
  auto imprint = std::make_shared<const Imprint>(imprint_of(setting, document));
  if (imprint->height() == 0) return;
  Strip& strip = strips.emplace_back();
  strip.height = imprint->height();
  strip.on_grid = false;
  strip.at_bottom = true;
  strip.draw = [setting, imprint](Pdf& pdf, double top) { draw_imprint(setting, pdf, *imprint, top); };
}

}  // namespace anlan::document
