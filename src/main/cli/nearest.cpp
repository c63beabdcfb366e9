#include "main/cli/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace anlan::cli {
namespace {

// Levenshtein's, row by row.
std::size_t strokes(const std::string& from, const std::string& to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t k = 0; k < to.size(); ++k) {
      const std::size_t changed = diagonal + (from[i] == to[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({changed, diagonal + 1, row[k] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(const std::string& word, const std::vector<std::string>& known) {
  const auto far = [&](const std::string& other) { return strokes(word, other); };
  const auto best = std::ranges::min_element(known, {}, far);
  const bool near = best != known.end() && far(*best) <= std::max<std::size_t>(1, word.size() / 3);
  return near ? *best : std::string();
}

}  // namespace anlan::cli
