#pragma once
// Who asks, where a proxy stands before the node.

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace anlan::edge {

// "10.0.0.1, 10.0.0.2": the parts between commas and blanks.
std::vector<std::string> addresses_in(std::string_view text);

// `remote` itself, unless it is one of the proxies: then the last address of X-Forwarded-For that is none of them. What
// stands before that the asker may have written.
std::string asker_of(const http::Headers&, const std::string& remote, const std::vector<std::string>& proxies);

}  // namespace anlan::edge
