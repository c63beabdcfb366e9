#include "platform/http/response_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace anlan::http {
namespace {

bool may_pass(std::string_view name, std::string_view value) {
  constexpr std::string_view kBreaks{"\r\n\0", 3};
  if (name.find_first_of(kBreaks) != name.npos || value.find_first_of(kBreaks) != value.npos) return false;
  for (std::string_view own : {"Content-Length", "Connection", "Transfer-Encoding", "Date"})
    if (same_ignoring_case(name, own)) return false;
  return true;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out, const Response& response, const HeadContext& context) {
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
  out.append(context.date);
  for (std::size_t i = 0; i < response.headers.size(); ++i)
    if (const auto [name, value] = response.headers.at(i); may_pass(name, value)) append_field(out, name, value);
  for (std::size_t i = 0; i < context.defaults.size(); ++i)
    if (const auto [name, value] = context.defaults.at(i); !response.headers.get(name)) append_field(out, name, value);
  if (context.length) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", *context.length);
  if (!context.keep_alive) out.append("Connection: close\r\n");
  out.append("\r\n");
}

}  // namespace anlan::http
