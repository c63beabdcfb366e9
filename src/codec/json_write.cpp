#include "codec/json_write.h"

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
  if (value == std::floor(value) && std::fabs(value) < 1e15)
    fmt::format_to(std::back_inserter(out), "{}", static_cast<std::int64_t>(value));
  else if (std::fabs(value) < 1e-4 || std::fabs(value) >= 1e15)
    fmt::format_to(std::back_inserter(out), "{:.12f}", value);
  else
    fmt::format_to(std::back_inserter(out), "{}", value);
}

}  // namespace anlan::json
