#pragma once
// The files of the project as the checks see them: path from the top, content. Checks are functions from a Tree to
// findings, so a test plants a violation without touching the disk.

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace anlan::quality {

using Tree = std::map<std::string, std::string>;  // "src/base/time.h" → its bytes

struct Finding {
  std::string file;
  int line = 0;  // 1-based; 0 where the finding is of the whole file
  std::string what;
  bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

// One finding a line, as compilers print them.
std::string describe(const Findings&);

// Files below `top`, of binary ones only the path; leaves out what is built, fetched or belongs to git (see
// .gitignore).
Tree read_tree(const std::string& top);

bool is_under(std::string_view path, std::string_view folder);
bool has_suffix(std::string_view path, std::initializer_list<std::string_view> suffixes);
inline bool is_cpp(std::string_view path) { return has_suffix(path, {".h", ".cpp"}); }
inline bool is_script(std::string_view path) { return has_suffix(path, {".ts", ".mts", ".js", ".mjs", ".vue"}); }
// Tests (*_test.cpp, *.test.ts, test/) and the headers that only they include (*_test.h, *fixture.h). They may hold
// words, files and clocks that the program must not.
bool is_test(std::string_view path);

int line_of(std::string_view text, std::size_t offset);

}  // namespace anlan::quality
