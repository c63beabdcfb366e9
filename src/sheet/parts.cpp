#include "sheet/parts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/text.h"

namespace anlan::sheet {
namespace {

struct Relationship {
  std::string target, type;
};

// Where a target leads from a part in `folder`; empty where it leads out.
std::string resolve(std::string_view folder, std::string_view target) {
  std::string path =
      target.starts_with("/") ? std::string(target.substr(1)) : std::string(folder) + std::string(target);
  std::vector<std::string> steps;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string step = path.substr(at, end - at);
    if (step == ".." && steps.empty()) return {};
    if (step == "..")
      steps.pop_back();
    else if (!step.empty() && step != ".")
      steps.push_back(step);
    at = end + 1;
  }
  std::string plain;
  for (const std::string& step : steps) plain += (plain.empty() ? "" : "/") + step;
  return plain;
}

// Those inside of the package.
class Relationships : public Listener {
 public:
  explicit Relationships(std::string folder) : folder_(std::move(folder)) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "Relationship" && attributes["TargetMode"] != "External" && by_id.size() < kMost)
      by_id[std::string(attributes["Id"])] = {resolve(folder_, attributes["Target"]), std::string(attributes["Type"])};
  }
  void end(std::string_view) override {}
  std::string of_type(std::string_view end) const {
    for (const auto& [_, one] : by_id)
      if (one.type.ends_with(end)) return one.target;
    return {};
  }

  std::map<std::string, Relationship, std::less<>> by_id;

 private:
  static constexpr std::size_t kMost = 10'000;
  std::string folder_;
};

// Which type the workbook is declared as. Macros are found by the type of any part: a renamed .xlsm keeps it.
class ContentTypes : public Listener {
 public:
  explicit ContentTypes(std::string part) : part_(lower(part)) {}
  void start(std::string_view name, const Attributes& attributes) override {
    const std::string_view type = attributes["ContentType"];
    if (type.find("macroEnabled") != type.npos || type.ends_with("vbaProject")) macro = true;
    if (name == "Override" && lower(attributes["PartName"]) == "/" + part_) workbook = std::string(type);
  }
  void end(std::string_view) override {}

  std::string workbook;
  bool macro = false;

 private:
  std::string part_;
};

// In the order of their tabs. A name may be anything, and is shown to people only.
class Workbook : public Listener {
 public:
  Workbook(const Relationships& relationships, Contents& contents)
      : relationships_(relationships), contents_(contents) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") contents_.from_1904 = attributes["date1904"] == "1" || attributes["date1904"] == "true";
    if (name != "sheet" || contents_.sheets.size() > kMost) return;
    const auto found = relationships_.by_id.find(attributes.relationship());
    // What is no sheet of cells (a chart, a dialogue) holds no rows.
    if (found == relationships_.by_id.end() || !found->second.type.ends_with("/worksheet")) return;
    const std::string_view state = attributes["state"];
    contents_.sheets.push_back(
        {std::string(attributes["name"]), found->second.target, !state.empty() && state != "visible"});
  }
  void end(std::string_view) override {}

 private:
  static constexpr std::size_t kMost = 10'000;
  const Relationships& relationships_;
  Contents& contents_;
};

std::string folder_of(const std::string& part) {
  const auto slash = part.rfind('/');
  return slash == part.npos ? "" : part.substr(0, slash + 1);
}

// xl/workbook.xml has its relationships in xl/_rels/workbook.xml.rels (ECMA-376 part 2, §9.3.3).
std::string relationships_part(const std::string& part) {
  const std::string folder = folder_of(part);
  return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

// By what the package declares, not by the name of the file: that can be anything.
std::optional<Refusal> check_type(const Package& package, const std::string& workbook) {
  ContentTypes types(workbook);
  if (auto refused = hear(package, "[content_types].xml", types)) return refused;
  if (types.macro || package.any_ends_with("vbaproject.bin")) return refuse(RefusalKind::kRule, "sheet.macro");
  const std::string_view type = types.workbook;
  if (!type.ends_with("spreadsheetml.sheet.main+xml") && !type.ends_with("spreadsheetml.template.main+xml"))
    return refuse(RefusalKind::kMalformed, "sheet.format");
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> hear(const Package& package, std::string_view part, Listener& listener) {
  auto bytes = package.part(part);
  if (!bytes.ok()) return bytes.error();
  Events events(listener);
  std::vector<char> chunk(1 << 16);
  for (;;) {
    const auto got = bytes->read(chunk.data(), chunk.size());
    if (!got.ok()) return got.error();
    const bool sound = *got == 0 ? events.finish() : events.feed({chunk.data(), *got});
    if (!sound) return refuse(RefusalKind::kMalformed, "sheet.xml", std::string(part), {{"part", std::string(part)}});
    if (*got == 0) return std::nullopt;
  }
}

// Without these two it is a zip file of something else.
Outcome<Contents> contents_of(const Package& package, const Limits& limits) {
  if (!package.has("[content_types].xml") || !package.has("_rels/.rels"))
    return refuse(RefusalKind::kMalformed, "sheet.format");
  Relationships top("");
  if (auto refused = hear(package, "_rels/.rels", top)) return *refused;
  const std::string workbook = top.of_type("/officeDocument");
  if (auto refused = check_type(package, workbook)) return *refused;
  Relationships relationships(folder_of(workbook));
  if (auto refused = hear(package, relationships_part(workbook), relationships)) return *refused;
  Contents contents;
  Workbook reading(relationships, contents);
  if (auto refused = hear(package, workbook, reading)) return *refused;
  if (contents.sheets.empty()) return refuse(RefusalKind::kMalformed, "sheet.empty");
  if (contents.sheets.size() > limits.sheets)
    return refuse(RefusalKind::kTooLarge, "sheet.sheets", {}, {{"limit", std::to_string(limits.sheets)}});
  contents.strings = relationships.of_type("/sharedStrings");
  contents.styles = relationships.of_type("/styles");
  return contents;
}

// Of <si>: the text of its <t>, or of those of its runs; how it is read aloud (<rPh>) is left out.
class SharedReading : public Listener {
 public:
  SharedReading(SharedTexts& texts, const Limits& limits) : texts_(texts), limits_(limits) {}
  void start(std::string_view name, const Attributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") ++aloud_;
    in_text_ = name == "t" && aloud_ == 0;
  }
  void end(std::string_view name) override {
    in_text_ = false;
    if (name == "rPh") --aloud_;
    if (name != "si" || too_much) return;
    unescape(text_);
    texts_.bytes_ += text_;
    texts_.ends_.push_back(texts_.bytes_.size());
    too_much = texts_.bytes_.size() > limits_.shared_bytes || texts_.ends_.size() > limits_.shared_texts;
  }
  void text(std::string_view text) override {
    if (!in_text_ || too_much) return;
    text_ += text;
    too_much = text_.size() > limits_.shared_bytes;
  }

  bool too_much = false;

 private:
  SharedTexts& texts_;
  const Limits& limits_;
  std::string text_;
  int aloud_ = 0;
  bool in_text_ = false;
};

// Beyond the limit the rest is still parsed, since it was inflated within its own; nothing of it is kept.
Outcome<SharedTexts> SharedTexts::read(const Package& package, const std::string& part, const Limits& limits) {
  SharedTexts texts;
  if (part.empty()) return texts;
  SharedReading reading(texts, limits);
  auto refused = hear(package, part, reading);
  if (reading.too_much)
    return refuse(RefusalKind::kTooLarge, "sheet.shared", part,
                  {{"limit", std::to_string(limits.shared_bytes / 1'000'000)}});
  if (refused) return *refused;
  return texts;
}

namespace {

// -1 for what is no digit.
int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = lower(c);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// The number in "_x000D_" at the front; -1 where there is none.
int escaped(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return -1;
  int value = 0;
  for (std::size_t i = 2; i < 6; ++i) {
    const int digit = hexadecimal(text[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

}  // namespace

void unescape(std::string& text) {
  if (text.find("_x") == text.npos) return;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const int value = escaped(std::string_view(text).substr(at));
    if (value < 0 || value > 0x7F) {  // beyond ASCII nobody needs it, and half of a surrogate pair is no text
      plain += text[at++];
      continue;
    }
    plain += static_cast<char>(value);
    at += 7;
  }
  text = std::move(plain);
}

}  // namespace anlan::sheet
