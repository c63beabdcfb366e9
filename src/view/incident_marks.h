#pragma once
// The marks by which an incident is found beside those of its texts (base/contained.h), which have no letter from g on.

#include <string>
#include <string_view>

namespace anlan::view {

// Of a code or of what it begins with.
inline std::string division_mark(std::string_view begins) { return "p" + std::string(begins); }
inline std::string type_mark(std::string_view begins) {
  std::string mark = "k";
  for (const char c : begins) mark += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return mark;
}

}  // namespace anlan::view
