#include "base/markup.h"

namespace anlan {

std::string markup(std::string_view text, std::string_view line_end) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += line_end;
        break;
      default:
        out += c;
    }
  return out;
}

}  // namespace anlan
