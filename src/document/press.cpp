#include "document/press.h"

#include <algorithm>
#include <mutex>

#include "document/docx.h"
#include "document/measures.h"
#include "document/setting.h"
#include "platform/typeset/zip.h"

namespace anlan::document {
namespace {

using typeset::Part;
using typeset::Pdf;

constexpr std::string_view kStyleFile = "official.toml", kDocxFolder = "docx/";

std::vector<typeset::Role> roles_of(const HouseStyle& style) {
  std::vector<typeset::Role> roles;
  for (const auto& [name, fonts] : style.fonts) roles.push_back({name, fonts.faces});
  return roles;
}

// 主体 and 版记; the head is drawn apart, since it stands at fixed measures.
std::vector<Strip> strips_of(const Setting& setting, const OfficialDocument& document) {
  std::vector<Strip> strips;
  add_title(setting, document.title, strips);
  add_blank_line(strips);
  if (!document.addressees.empty()) {
    add_paragraph(setting, type("fangsong", kSize3),
                  setting.style.word("addressees", {{"addressees", document.addressees}}), 0, 0, strips);
    strips.back().keep_with_next = true;
  }
  add_blocks(setting, document.body, strips);
  add_closing(setting, document, strips);
  add_attachments(setting, document, strips);
  add_imprint(setting, document, strips);
  return strips;
}

Result<Bytes> pdf_of(const Setting& setting, const OfficialDocument& document) {
  Pdf pdf(setting.book, kPageWidthMm, kPageHeightMm, {document.title, document.issuing_body, document.date});
  const std::vector<Strip> strips = strips_of(setting, document);
  int number = 0;
  for (const Page& page : paginate(strips, title_top(setting, document))) {
    if (++number == 1) draw_head(setting, pdf, document);
    for (const Placed& placed : page)
      if (placed.strip->draw) placed.strip->draw(pdf, placed.top);
    draw_page_frame(setting, pdf, document, number);
    pdf.next_page();
  }
  return pdf.finish();
}

}  // namespace

// Fonts may not be used from two threads, hence the lock; setting a page takes some tens of milliseconds.
struct Press::Workshop {
  HouseStyle style;
  typeset::FontBook book;
  std::vector<Part> templates;  // of the docx
  std::mutex one_at_a_time;
};

Press::Press(std::unique_ptr<Workshop> workshop) : workshop_(std::move(workshop)) {}
Press::Press(Press&&) noexcept = default;
Press::~Press() = default;

Result<Press> Press::open(const std::string& folder, const FontNames& site) {
  auto parts = typeset::read_parts(folder);
  if (!parts) return parts.error();
  std::string toml;
  std::vector<Part> templates;
  for (Part& part : *parts)
    if (part.name == kStyleFile)
      toml = std::move(part.bytes);
    else if (part.name.starts_with(kDocxFolder))
      templates.push_back({part.name.substr(kDocxFolder.size()), std::move(part.bytes)});
  auto style = parse_house_style(toml, site);
  if (!style) return style.error();
  if (auto complete = check_docx_templates(templates); !complete) return complete.error();
  auto book = typeset::FontBook::open(roles_of(*style), style->fallback);
  if (!book) return book.error();
  return Press(
      std::unique_ptr<Workshop>(new Workshop{std::move(*style), std::move(*book), std::move(templates), std::mutex()}));
}

Result<Bytes> Press::to_pdf(const OfficialDocument& document) const {
  const std::lock_guard lock(workshop_->one_at_a_time);
  return pdf_of(Setting{workshop_->book, workshop_->style}, document);
}

Result<Bytes> Press::to_docx(const OfficialDocument& document) const {
  const std::lock_guard lock(workshop_->one_at_a_time);
  return docx_of(Setting{workshop_->book, workshop_->style}, document, workshop_->templates);
}

std::string Press::leading_face(const std::string& role) const { return workshop_->book.leading_face(role); }

}  // namespace anlan::document
