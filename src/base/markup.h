#pragma once
// Text between the tags, and within the attributes, of HTML and XML.

#include <string>
#include <string_view>

namespace anlan {

// With & < > and " as entities, and each line end as `line_end`, which is markup already.
std::string markup(std::string_view text, std::string_view line_end);

}  // namespace anlan
