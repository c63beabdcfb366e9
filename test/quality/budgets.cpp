#include "quality/budgets.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "quality/functions.h"
#include "quality/planes.h"

namespace anlan::quality {
namespace {

constexpr int kFileLongest = 600, kFileNinth = 400, kFileMedian = 120;
constexpr int kFunctionLongest = 70, kFunctionMedian = 8;
constexpr double kCommentLeast = 0.15, kCommentMost = 0.30;

bool has_budget(std::string_view path) {
  static constexpr std::array kFolders = {"src", "console/src", "tools", "test", "bench"};
  const bool is_source = is_cpp(path) || is_script(path) || has_suffix(path, {".sh", ".py", ".css"}) ||
                         path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
  return is_source && std::any_of(kFolders.begin(), kFolders.end(), [&](auto f) { return is_under(path, f); });
}

int lines_of(std::string_view text) {
  const auto breaks = std::count(text.begin(), text.end(), '\n');
  return static_cast<int>(breaks) + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

// The value that `percent` of the sorted values do not exceed; 0 where there are none.
int percentile(std::vector<int> values, std::size_t percent) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[(values.size() * percent + 99) / 100 - 1];
}

void require_at_most(int value, int most, const std::string& what, Findings& findings) {
  if (value > most)
    findings.push_back({"", 0, what + " is " + std::to_string(value) + " lines, more than " + std::to_string(most)});
}

int lines_with_text(const std::string& plane) {
  std::istringstream in(plane);
  int lines = 0;
  for (std::string line; std::getline(in, line);)
    lines += std::any_of(line.begin(), line.end(), [](unsigned char c) { return std::isalnum(c) || c >= 0x80; });
  return lines;
}

int lines_with_code(const std::string& plane) {
  std::istringstream in(plane);
  int lines = 0;
  for (std::string line; std::getline(in, line);) lines += line.find_first_not_of(" \t\r") != std::string::npos;
  return lines;
}

}  // namespace

Findings check_file_budgets(const Tree& tree) {
  Findings findings;
  std::vector<int> lengths;
  for (const auto& [path, source] : tree) {
    if (!has_budget(path)) continue;
    lengths.push_back(lines_of(source));
    if (lengths.back() > kFileLongest)
      findings.push_back(
          {path, 0, std::to_string(lengths.back()) + " lines, more than " + std::to_string(kFileLongest)});
  }
  require_at_most(percentile(lengths, 90), kFileNinth, "the 90th percentile of the files", findings);
  require_at_most(percentile(lengths, 50), kFileMedian, "the median of the files", findings);
  return findings;
}

Findings check_function_budgets(const Tree& tree) {
  Findings findings;
  std::vector<int> lengths;
  for (const auto& [path, source] : tree) {
    if (!has_budget(path) || !(is_cpp(path) || is_script(path))) continue;
    const std::string code = take_apart(path, source).code;
    for (const Function& f : is_cpp(path) ? functions_of_cpp(code) : functions_of_script(code)) {
      lengths.push_back(f.lines);
      if (f.lines > kFunctionLongest)
        findings.push_back(
            {path, f.line,
             "a function of " + std::to_string(f.lines) + " lines, more than " + std::to_string(kFunctionLongest)});
    }
  }
  require_at_most(percentile(lengths, 50), kFunctionMedian, "the median of the functions", findings);
  return findings;
}

Findings check_comment_budget(const Tree& tree) {
  int comments = 0, code = 0;
  for (const auto& [path, source] : tree) {
    if (!is_under(path, "src") || !is_cpp(path) || is_test(path)) continue;
    const Planes planes = take_apart(path, source);
    comments += lines_with_text(planes.comments);
    code += lines_with_code(planes.code);
  }
  const double share = code == 0 ? kCommentLeast : static_cast<double>(comments) / code;
  if (share >= kCommentLeast && share <= kCommentMost) return {};
  return {{"src", 0,
           std::to_string(comments) + " lines of comment to " + std::to_string(code) + " of code: a share of " +
               std::to_string(share).substr(0, 4) + ", not 0.15 to 0.30"}};
}

}  // namespace anlan::quality
