#include "edge/http/forwarded.h"

#include <algorithm>
#include <ranges>

#include "platform/http/listening.h"

namespace anlan::edge {

std::vector<std::string> addresses_in(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(", \t"), text.size());
    if (end > 0) found.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

std::string asker_of(const http::Headers& headers, const std::string& remote, const std::vector<std::string>& proxies) {
  const auto is_proxy = [&](const std::string& address) {
    return std::ranges::find(proxies, address) != proxies.end();
  };
  if (!is_proxy(remote)) return remote;
  for (std::size_t i = headers.size(); i-- > 0;) {
    const auto [name, value] = headers.at(i);
    if (!http::same_ignoring_case(name, "X-Forwarded-For")) continue;
    const auto passed = addresses_in(value);
    for (const std::string& address : passed | std::views::reverse) {
      if (!http::is_address(address)) return remote;
      if (!is_proxy(address)) return address;
    }
  }
  return remote;
}

}  // namespace anlan::edge
