#include "base/tsv.h"

#include <vector>

namespace anlan {
namespace {

std::string_view take_until(std::string_view& text, char end) {
  const auto at = text.find(end);
  const auto taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

}  // namespace

std::optional<Failure> read_tsv(std::string_view text,
                                const std::function<std::optional<Failure>(const TsvRow&)>& visit) {
  std::vector<std::string_view> cells;
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = take_until(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    cells.clear();
    while (!line.empty()) cells.push_back(take_until(line, '\t'));
    if (auto failure = visit({cells, number})) return failure;
  }
  return std::nullopt;
}

}  // namespace anlan
