#pragma once
// What people type.

#include <string_view>

namespace anlan {

// Nothing that could be read: empty, or blanks of any width (U+3000 among them), line ends and characters without form.
bool blank(std::string_view utf8);

}  // namespace anlan
