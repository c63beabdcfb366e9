#include "document/docx_body.h"

#include <fmt/format.h>

#include <numeric>

#include "document/head.h"
#include "document/measures.h"
#include "document/notes.h"
#include "document/wordml.h"

namespace anlan::document {
namespace {

using wordml::paragraph;
using wordml::run;
using wordml::twips;

constexpr double kLetterheadLine = 1.2;  // height of its line over its size

std::string space_before(double points) { return fmt::format("<w:spacing w:before=\"{}\"/>", twips(points)); }
std::string indent(const char* side, double points) { return fmt::format("<w:ind w:{}=\"{}\"/>", side, twips(points)); }

// Its space above depends on how many lines stand in the corner: together they come to 35 mm (7.2.4).
std::string letterhead(const OfficialDocument& document, std::size_t lines_above) {
  const Letterhead letters = letterhead_of(document.letterhead);
  const double above =
      kLetterheadTop - kTypeTop - kPitch * static_cast<double>(lines_above) - (kLetterheadLine - 1) / 2 * letters.size;
  const int half_points = static_cast<int>(letters.size * 2);
  return paragraph("Letterhead",
                   run(document.letterhead, {},
                       fmt::format("<w:spacing w:val=\"{}\"/><w:sz w:val=\"{}\"/><w:szCs w:val=\"{}\"/>",
                                   twips(letters.tracking), half_points, half_points)),
                   fmt::format("<w:spacing w:before=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/>", twips(above),
                               twips(kLetterheadLine * letters.size)));
}

std::string head(const Setting& setting, const OfficialDocument& document) {
  std::string out;
  const std::vector<CornerLine> corner = corner_lines(document);
  for (const CornerLine& line : corner) out += paragraph(line.role == "hei" ? "CornerHei" : "Corner", run(line.text));
  out += letterhead(document, corner.size());
  std::string number = wordml::tab() + run(document.number);
  if (!document.signer.empty())
    number += wordml::tab() + run(setting.style.word("signer")) + run(document.signer, "Kai");
  const double gap = 2 * kPitch - (kLetterheadLine - 1) / 2 * letterhead_of(document.letterhead).size;
  out += paragraph(document.issuing_body.empty() ? "IssueNumberLast" : "IssueNumber", number, space_before(gap));
  if (!document.issuing_body.empty())
    out += paragraph("IssueLine", wordml::tab() + run(document.issuing_body) + wordml::tab() +
                                      run(setting.style.date(document.date)));
  return out;
}

// The line breaks are those of the PDF; a program of the reader would tear words.
std::string title(const Setting& setting, const std::string& words, double above) {
  const auto lines = typeset::balanced_lines(setting.book, {"biaosong", kSize2, 0}, words, kTitleWidest);
  if (lines.empty()) return {};
  const double lead = (title_height(lines.size()) - kTitlePitch * static_cast<double>(lines.size())) / 2;
  std::string content;
  for (const std::string& line : lines) content += (content.empty() ? "" : wordml::line_break()) + run(line);
  return paragraph("Title", content,
                   fmt::format("<w:spacing w:before=\"{}\" w:after=\"{}\"/>", std::max(0, twips(above + lead)),
                               std::max(0, twips(lead))));
}

std::string cell(const char* style, const std::string& words, Align align = Align::kLeft) {
  const char* const side = align == Align::kLeft ? "left" : align == Align::kRight ? "right" : "center";
  return paragraph(style, run(words), fmt::format("<w:jc w:val=\"{}\"/>", side));
}

// Columns of a label and a value, twice; a single fact spans the last three.
std::string facts(const Setting& setting, const FactTable& table) {
  const std::vector<int> grid{twips(kTypeWidth * 0.2), twips(kTypeWidth * 0.3), twips(kTypeWidth * 0.2),
                              twips(kTypeWidth * 0.3)};
  std::vector<wordml::Row> rows;
  for (const std::vector<Fact>& row : fact_rows(setting, table)) {
    std::vector<wordml::Cell>& cells = rows.emplace_back().cells;
    for (const Fact& fact : row) {
      cells.push_back({cell("TableHead", fact.label, Align::kCenter)});
      cells.push_back({cell("FactValue", fact.value), row.size() == 1 ? 3 : 1});
    }
  }
  return wordml::table(grid, rows) + paragraph("TableSpace", "");
}

std::string rows_and_head(const Table& table) {
  const double all = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                     [](double sum, const Column& column) { return sum + column.share; });
  std::vector<int> grid;
  std::vector<wordml::Row> rows(1);
  rows.front().head = true;
  for (const Column& column : table.columns) {
    grid.push_back(twips(kTypeWidth * column.share / all));
    rows.front().cells.push_back({cell("TableHead", column.title, Align::kCenter)});
  }
  for (const auto& words : table.rows) {
    wordml::Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      row.cells.push_back({cell("TableText", i < words.size() ? words[i] : "", table.columns[i].align)});
  }
  return wordml::table(grid, rows);
}

struct WriteBlock {
  const Setting& setting;
  bool bound;  // its last paragraph is kept with what follows, so that a signature never stands alone

  std::string operator()(const Heading& heading) const {
    return paragraph(fmt::format("Heading{}", heading.level), run(heading.text));
  }
  std::string operator()(const Paragraph& words) const { return text(words.text, bound); }
  std::string operator()(const NumberedList& list) const {
    std::string out;
    for (std::size_t i = 0; i < list.items.size(); ++i)
      out += text(std::to_string(i + 1) + "." + list.items[i], bound && i + 1 == list.items.size());
    return out;
  }
  std::string operator()(const FactTable& table) const { return facts(setting, table); }
  std::string operator()(const Table& table) const {
    if (table.columns.empty()) return {};
    return (table.caption.empty() ? std::string() : paragraph("Caption", run(table.caption))) + rows_and_head(table) +
           paragraph("TableSpace", "");
  }

  static std::string text(const std::string& words, bool kept) {
    return paragraph("BodyText", run(words), kept ? "<w:keepNext/>" : "");
  }
};

std::string blocks(const Setting& setting, const std::vector<Block>& list) {
  std::string out;
  for (std::size_t i = 0; i < list.size(); ++i) out += std::visit(WriteBlock{setting, i + 1 == list.size()}, list[i]);
  return out;
}

// Styles of this part keep with the next paragraph, so it moves as one.
std::string closing(const Setting& setting, const OfficialDocument& document) {
  std::string out;
  const std::vector<std::string> names = attachment_names(document);
  const std::string colon = setting.style.word("attachment_colon");
  const double in = 2 * kCell + kCell * 3;
  if (!names.empty()) out += paragraph("Blank", "");
  for (std::size_t i = 0; i < names.size(); ++i)
    out += paragraph("AttachmentName", run((i == 0 ? colon : "") + names[i]),
                     i == 0 ? fmt::format("<w:ind w:left=\"{}\" w:hanging=\"{}\"/>", twips(in), twips(3 * kCell))
                            : indent("left", in));
  if (document.signature) {
    const SignaturePlace place = signature_place(setting, document);
    out += paragraph("Blank", "");
    out += paragraph("Signature", run(document.signature->body), indent("right", place.body));
    out += paragraph("Signature", run(setting.style.date(document.date)), indent("right", place.date));
  }
  if (const std::string note = contact_note(setting.style, document); !note.empty())
    out += paragraph("Note", run(note));
  return out;
}

std::string attachments(const Setting& setting, const OfficialDocument& document) {
  std::string out;
  for (std::size_t i = 0; i < document.attachments.size(); ++i) {
    const Attachment& attachment = document.attachments[i];
    if (attachment.blocks.empty()) continue;
    out += paragraph("AttachmentMark", run(attachment_mark(setting.style, document, i)));
    out += paragraph("Blank", "") + title(setting, attachment.title, 0) + paragraph("Blank", "");
    out += blocks(setting, attachment.blocks);
  }
  return out;
}

// A table that floats at the foot of the type area (7.4): thick rules outside, a thin one inside.
std::string imprint(const Setting& setting, const OfficialDocument& document) {
  std::vector<std::string> lines;
  if (!document.copy_to.empty())
    lines.push_back(paragraph("Imprint",
                              run(setting.style.word("copy_to") + document.copy_to + setting.style.word("copy_to_end")),
                              fmt::format("<w:ind w:left=\"{}\" w:right=\"{}\" w:hanging=\"{}\"/>", twips(4 * kSize4),
                                          twips(kSize4), twips(3 * kSize4))));
  if (!document.printed_by.empty() || document.printed)
    lines.push_back(paragraph(
        "Imprint",
        run(document.printed_by) + wordml::tab() +
            run(document.printed ? setting.style.word("printed", {{"date", setting.style.date(*document.printed)}})
                                 : ""),
        fmt::format("<w:tabs><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs><w:ind w:left=\"{}\"/>",
                    twips(kTypeWidth - kSize4), twips(kSize4))));
  return wordml::floating_table(twips(kTypeWidth), lines);
}

}  // namespace

std::string docx_body(const Setting& setting, const OfficialDocument& document) {
  const double above = title_top(setting, document) - head_bottom(setting, document);
  std::string out = head(setting, document) + title(setting, document.title, above) + paragraph("Blank", "");
  if (!document.addressees.empty())
    out += paragraph("Addressees", run(setting.style.word("addressees", {{"addressees", document.addressees}})));
  out += blocks(setting, document.body) + closing(setting, document) + attachments(setting, document);
  return out + imprint(setting, document) + paragraph("End", "");
}

}  // namespace anlan::document
