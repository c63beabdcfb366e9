#include "codec/cap/xml_write.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace anlan::cap {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '\r')
      out += "&#13;";
    else
      out += c;
  }
  return out;
}

}  // namespace

void XmlWriter::text(std::string_view name, std::string_view value) {
  indent();
  if (value.empty())
    out_ += fmt::format("<{}/>\n", name);
  else
    out_ += fmt::format("<{0}>{1}</{0}>\n", name, escaped(value));
}

void XmlWriter::begin(std::string_view name, std::string_view attributes) {
  indent();
  out_ += fmt::format("<{}{}>\n", name, attributes);
  ++depth_;
}

void XmlWriter::end(std::string_view name) {
  --depth_;
  indent();
  out_ += fmt::format("</{}>\n", name);
}

std::string decimal_text(double number) {
  std::array<char, 512> room;
  const auto [end, error] = std::to_chars(room.data(), room.data() + room.size(), number, std::chars_format::fixed);
  return error == std::errc() ? std::string(room.data(), end) : std::string();
}

}  // namespace anlan::cap
