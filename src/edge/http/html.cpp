#include "edge/http/html.h"

#include <fmt/format.h>

#include <cctype>

#include "base/markup.h"

namespace anlan::edge {

std::string escaped(std::string_view text) { return markup(text, "<br>"); }

std::string element(std::string_view name, std::string_view attributes, std::string_view inside) {
  std::string out = "<";
  out.append(name);
  if (!attributes.empty()) out.append(" ").append(attributes);
  return out.append(">").append(inside).append("</").append(name).append(">");
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        byte < 0x80 && (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos);
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

}  // namespace anlan::edge
