#include "document/docx.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "document/docx_body.h"
#include "document/wordml.h"

namespace anlan::document {
namespace {

using typeset::Part;
using Values = std::map<std::string, std::string, std::less<>>;

// [Content_Types].xml first, as readers that stream expect it.
constexpr std::array kParts{
    "[Content_Types].xml",          "_rels/.rels",          "docProps/core.xml",   "word/document.xml",
    "word/_rels/document.xml.rels", "word/styles.xml",      "word/settings.xml",   "word/fontTable.xml",
    "word/header-odd.xml",          "word/header-even.xml", "word/footer-odd.xml", "word/footer-even.xml"};

// {{name}} without a value becomes nothing. Values are XML already and are not looked at again.
std::string filled(const std::string& text, const Values& values) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find("{{", at), close = text.find("}}", open);
    if (open == std::string::npos || close == std::string::npos) return out + text.substr(at);
    const auto value = values.find(text.substr(open + 2, close - open - 2));
    out.append(text, at, open - at);
    if (value != values.end()) out += value->second;
    at = close + 2;
  }
  return out;
}

// One line in the header: the band at the middle tab, the note at the right one.
std::string marks_of(const Marks& marks) {
  std::string content;
  if (!marks.band.empty()) content += wordml::tab() + wordml::run(" " + marks.band + " ", "MarkBand");
  if (!marks.note.empty())
    content +=
        (marks.band.empty() ? wordml::tab() : std::string()) + wordml::tab() + wordml::run(marks.note, "MarkNote");
  return wordml::paragraph("Marks", content);
}

// Everything that the template parts ask for.
Values values_of(const Setting& setting, const OfficialDocument& document) {
  Values values;
  for (const auto& [role, fonts] : setting.style.fonts) values["font." + role] = wordml::escaped(fonts.document);
  const std::string page = setting.style.word("page"), mark = "{page}";
  const std::size_t at = std::min(page.find(mark), page.size());
  values["page.before"] = wordml::escaped(page.substr(0, at));
  values["page.after"] = wordml::escaped(page.substr(std::min(at + mark.size(), page.size())));
  values["title"] = wordml::escaped(document.title);
  values["author"] = wordml::escaped(document.issuing_body);
  values["created"] = to_rfc3339(document.date).substr(0, 19) + "+08:00";
  values["marks"] = marks_of(document.marks);
  values["body"] = docx_body(setting, document);
  return values;
}

const Part* find(const std::vector<Part>& parts, std::string_view name) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.name == name; });
  return found == parts.end() ? nullptr : &*found;
}

}  // namespace

Result<Done> check_docx_templates(const std::vector<Part>& templates) {
  for (const char* name : kParts)
    if (!find(templates, name)) return Failure{fmt::format("the template part docx/{} is missing", name)};
  return Done{};
}

Result<std::string> docx_of(const Setting& setting, const OfficialDocument& document,
                            const std::vector<Part>& templates) {
  const Values values = values_of(setting, document);
  std::vector<Part> parts;
  for (const char* name : kParts) parts.push_back({name, filled(find(templates, name)->bytes, values)});
  return typeset::zip(parts, document.date);
}

}  // namespace anlan::document
