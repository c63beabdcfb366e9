#include "sheet/csv_write.h"

#include "base/text.h"
#include "sheet/csv.h"

namespace anlan::sheet {
namespace {

// Quoted also where another delimiter than the comma stands in it, since programs guess which it is.
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
