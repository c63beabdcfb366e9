#pragma once
// A source file taken apart without parsing it: what is code, what is comment, what stands in literals. The three
// planes are as long as the file and hold blanks where another plane holds text, so offsets and lines stay the same.

#include <string>
#include <string_view>

namespace anlan::quality {

struct Planes {
  std::string code;      // the quotes of a literal stay here
  std::string comments;  // with their marks
  std::string literals;  // in a .vue file also its template and style
};

// By the suffix of the path: C++, TypeScript and JavaScript, Vue (its script blocks are TypeScript).
Planes take_apart(std::string_view path, std::string_view source);

}  // namespace anlan::quality
