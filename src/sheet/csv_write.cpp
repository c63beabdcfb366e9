#include "sheet/csv_write.h"

#include <array>
#include <cstdio>

#include "base/text.h"
#include "sheet/csv.h"

namespace anlan::sheet {
namespace {

void append_quoted(std::string& file, std::string_view text) {
  if (text.find_first_of(",;\t|\"\r\n'") == text.npos && !text.starts_with(' ') && !text.ends_with(' ')) {
    file += text;
    return;
  }
  file += '"';
  for (const char c : text) {
    if (c == '"') file += '"';
    file += c;
  }
  file += '"';
}

void append_text(std::string& file, std::string_view text) {
  const std::string guard = "'" + without_controls(text);
  append_quoted(file, is_guarded(guard) ? std::string_view(guard) : std::string_view(guard).substr(1));
}

std::string written(const Moment& m) {
  std::array<char, 40> text;
  const int size = m.has_time ? std::snprintf(text.data(), text.size(), "%04d-%02d-%02d %02d:%02d:%02d", m.year,
                                              m.month, m.day, m.hour, m.minute, m.second)
                              : std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", m.year, m.month, m.day);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

void append_csv_line(std::string& file, std::span<const Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) file += ',';
    if (const auto* text = std::get_if<std::string>(&values[i]))
      append_text(file, *text);
    else if (const auto* number = std::get_if<double>(&values[i]))
      file += shown({CellKind::kNumber, {}, *number, DateStyle::kNone});
    else if (const auto* moment = std::get_if<Moment>(&values[i]))
      file += written(*moment);
  }
  file += "\r\n";
}

}  // namespace anlan::sheet
