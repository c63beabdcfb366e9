// Which formats of numbers are dates (ECMA-376 part 1, §18.8.30 and §18.8.31).
#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/text.h"
#include "sheet/parts.h"

namespace anlan::sheet {
namespace {

int number_of(std::string_view text, int otherwise) {
  int value = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

// Numbers of formats that are not written down; 27 to 36 and 50 to 58 are those of East Asian editions.
DateStyle built_in(int format) {
  const auto between = [format](int least, int most) { return format >= least && format <= most; };
  if (format == 22) return DateStyle::kDateTime;
  if (between(18, 21) || between(32, 35) || between(45, 47) || between(55, 56)) return DateStyle::kTime;
  if (between(14, 17) || between(27, 31) || format == 36 || between(50, 54) || between(57, 58)) return DateStyle::kDate;
  return DateStyle::kNone;
}

// Cells name a row of cellXfs; rows of cellStyleXfs, which stand before, are what those inherit from.
class Styles : public Listener {
 public:
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "cellXfs") in_cells_ = true;
    if (name == "numFmt" && formats_.size() < kMost)
      formats_[number_of(attributes["numFmtId"], -1)] = style_of(attributes["formatCode"]);
    if (name != "xf" || !in_cells_ || styles.size() >= kMost) return;
    const int format = number_of(attributes["numFmtId"], 0);
    const auto own = formats_.find(format);
    styles.push_back(own == formats_.end() ? built_in(format) : own->second);
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }

  std::vector<DateStyle> styles;

 private:
  static constexpr std::size_t kMost = 65'536;
  std::map<int, DateStyle> formats_;
  bool in_cells_ = false;
};

}  // namespace

// The first section, of positive numbers, says it. Letters in quotes, behind a backslash and in brackets are shown as
// they are; only [h], [m] and [s] count hours beyond a day. An m alone may be months or minutes and decides nothing.
DateStyle style_of(std::string_view format) {
  bool day = false, hour = false;
  format = format.substr(0, format.find(';'));
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = lower(format[i]);
    if (c == '"') {
      i = std::min(format.find('"', i + 1), format.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = std::min(format.find(']', i), format.size());
      const std::string inside = lower(format.substr(i + 1, end - i - 1));
      hour = hour || (!inside.empty() && inside.find_first_not_of("hms") == inside.npos);
      i = end;
    } else if (c == 'g' && lower(format.substr(i, 7)) == "general") {
      return DateStyle::kNone;
    } else {
      day = day || c == 'y' || c == 'd';
      hour = hour || c == 'h' || c == 's';
    }
  }
  if (day && hour) return DateStyle::kDateTime;
  return day ? DateStyle::kDate : hour ? DateStyle::kTime : DateStyle::kNone;
}

Outcome<std::vector<DateStyle>> styles_of(const Package& package, const std::string& part) {
  Styles styles;
  if (part.empty()) return styles.styles;
  if (auto refused = hear(package, part, styles)) return *refused;
  return styles.styles;
}

}  // namespace anlan::sheet
