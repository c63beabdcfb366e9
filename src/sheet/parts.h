#pragma once
// What an .xlsx says beside its sheets (ECMA-376 part 1, §18): which parts are sheets, texts that cells share, and
// which formats of numbers are dates.

#include <string>
#include <string_view>
#include <vector>

#include "sheet/cell.h"
#include "sheet/events.h"
#include "sheet/package.h"

namespace anlan::sheet {

// Feeds a part to a listener whole. Refused: sheet.xml beside what reading the part refuses.
std::optional<Refusal> hear(const Package&, std::string_view part, Listener&);

struct NamedSheet {
  std::string name, part;
  bool hidden = false;
};

struct Contents {
  std::vector<NamedSheet> sheets;
  std::string strings, styles;  // parts; empty where there is none
  bool from_1904 = false;       // days are counted from 1904-01-01
};

// Refused: sheet.macro, sheet.format, sheet.empty, sheet.sheets, and what reading parts refuses.
Outcome<Contents> contents_of(const Package&, const Limits&);

// Texts that cells name by number, one behind the other.
class SharedTexts {
 public:
  // Refused: sheet.shared beside what reading the part refuses.
  static Outcome<SharedTexts> read(const Package&, const std::string& part, const Limits&);
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }

 private:
  friend class SharedReading;
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

// What a format's code shows of a number ("yyyy-mm-dd", "[$-804]yyyy\"年\"m\"月\"").
DateStyle style_of(std::string_view format);
// By the number of a cell's style.
Outcome<std::vector<DateStyle>> styles_of(const Package&, const std::string& part);

// Text as OOXML writes it, where _x000D_ stands for a character that XML cannot hold (ST_Xstring, §22.9.2.19).
void unescape(std::string& text);

}  // namespace anlan::sheet
