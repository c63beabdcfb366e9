#pragma once
// What an official document says, part by part, in the order of GB/T 9704-2012 chapter 7. It knows no incident: whoever
// fills it decides the words. Text is UTF-8; control characters are dropped when it is set.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"

namespace anlan::document {

// 7.3.3: levels 1 一、 黑体, 2 （一） 楷体, 3 1. 仿宋. The number is part of the text.
// Numbered by its writer, because numbers run through what is left out.
struct Heading {
  int level = 1;  // … 3
  std::string text;
};

// Two characters in, as everything in the text is (7.3.3).
struct Paragraph {
  std::string text;
};

// Each item is a paragraph that begins with its number: "1.", "2." …
struct NumberedList {
  std::vector<std::string> items;
};

// Label and value side by side, two pairs a row; a value too long for half a row takes a whole one.
struct Fact {
  std::string label, value;
};
// For what is looked up rather than read.
struct FactTable {
  std::vector<Fact> facts;
};

// A table with a head that is repeated on every page (chapter 8).
enum class Align { kLeft, kCenter, kRight };
// Numbers stand at the right so that they can be compared; what is to be read stands at the left.
struct Column {
  std::string title;
  double share;  // of the width, relative to the other columns
  Align align = Align::kCenter;
};
struct Table {
  std::string caption;  // above it; may be empty
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

using Block = std::variant<Heading, Paragraph, NumberedList, FactTable, Table>;

// 7.3.4 and 7.3.7. Without blocks it is only named in the text and travels apart.
// Named below the text and set behind it.
struct Attachment {
  std::string title;
  std::vector<Block> blocks;
};

// 7.3.5: with a seal the name stands centred above the date, without one the date is set two cells to its right.
struct Signature {
  std::string body;
  bool sealed = false;
};

// What must stand on every page beside the text.
// Not of the standard; what keeps drills and demonstrations apart from the real.
struct Marks {
  std::string band;  // boxed at the head of the page, for drills: "【演练】…"
  std::string note;  // grey in the corner, for nodes that show invented data: "演示数据"
};

// A plain value. An empty part is left out, with the space it would take; `letterhead`, `number` and `title` are
// expected.
struct OfficialDocument {
  std::optional<std::int64_t> copy_number;  // 份号, six digits (7.2.1)
  std::string security;                     // 密级和保密期限, "机密★1年" (7.2.2)
  std::string urgency;                      // 紧急程度: 特急, 加急, 平急 (7.2.3)
  std::string letterhead;                   // 发文机关标志, red (7.2.4)
  std::string number;                       // "第12期" or "潍应急〔2026〕8号" (7.2.5)
  std::string signer;                       // 签发人 (7.2.6)
  std::string issuing_body;                 // with the date just above the red line; also the author of the file
  Instant date;                             // 成文日期; also the time the file says it was made at
  std::string title;                        // a '\n' forces a line break; otherwise torn between words
  std::string addressees;                   // 主送, without the colon
  std::vector<Block> body;
  std::vector<Attachment> attachments;
  std::optional<Signature> signature;
  std::string contact, phone;  // 附注 (7.3.6)
  std::string copy_to;         // 抄送, without the full stop (7.4.2)
  std::string printed_by;      // 印发机关 (7.4.3)
  std::optional<Instant> printed;
  Marks marks;
};

}  // namespace anlan::document
