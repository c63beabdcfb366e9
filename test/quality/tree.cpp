#include "quality/tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace anlan::quality {
namespace {

bool is_left_out(const std::string& path, const std::string& name) {
  return name == ".git" || name == "node_modules" || name == ".stamps" || name == ".tools" || path == "console/dist" ||
         path == "var" || (path == name && name.starts_with("build"));
}

bool is_text(const std::string& bytes) { return bytes.substr(0, 4096).find('\0') == std::string::npos; }

}  // namespace

Tree read_tree(const std::string& top) {
  Tree tree;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk it(top), end; it != end; ++it) {
    const std::string path = std::filesystem::relative(it->path(), top).generic_string();
    if (is_left_out(path, it->path().filename())) {
      if (it->is_directory()) it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file()) continue;
    std::ifstream in(it->path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    tree.emplace(path, is_text(bytes) ? std::move(bytes) : std::string{});
  }
  return tree;
}

std::string describe(const Findings& findings) {
  std::string out;
  for (const Finding& f : findings) out += f.file + ":" + std::to_string(f.line) + ": " + f.what + "\n";
  return out;
}

bool is_under(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool has_suffix(std::string_view path, std::initializer_list<std::string_view> suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(), [&](std::string_view s) { return path.ends_with(s); });
}

bool is_test(std::string_view path) {
  return has_suffix(path, {"_test.cpp", "_test.h", "fixture.h", ".test.ts", ".spec.ts", ".test.mjs"}) ||
         is_under(path, "test");
}

int line_of(std::string_view text, std::size_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

}  // namespace anlan::quality
