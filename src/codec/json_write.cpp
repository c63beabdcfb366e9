#include "codec/json_write.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/result.h"

namespace anlan::json {

void write_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        else
          out += c;
    }
  }
  out += '"';
}

void write_number(std::string& out, double value) {
  ANLAN_ASSERT(std::isfinite(value));
  std::array<char, 400> digits{};  // the smallest double has 324 places and 17 digits
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  ANLAN_ASSERT(written.ec == std::errc{});
  out.append(digits.data(), written.ptr);
}

}  // namespace anlan::json
