#include "sheet/head.h"

#include <algorithm>

#include "sheet/fold.h"

namespace anlan::sheet {
namespace {

constexpr std::size_t kDeepest = 3;
constexpr std::size_t kMerges = 1000;  // around a head; more are not looked at

// Numbers may be labels too: years over columns of figures.
std::string text_at(const Row& row, std::size_t column) {
  const Cell& cell = row[column];
  return cell.kind == CellKind::kEmpty ? "" : trimmed(shown(cell));
}

// The rows of a head as a grid of texts, merged and left out ones filled.
using Grid = std::vector<std::vector<std::string>>;

void fill_merged(Grid& grid, std::span<const Row> rows, std::span<const Range> merges) {
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < grid[r].size(); ++c) {
      if (!grid[r][c].empty()) continue;
      const Address here{static_cast<std::int64_t>(c), rows[r].number};
      const auto merge = std::ranges::find_if(merges, [&](const Range& m) { return m.contains(here); });
      if (merge == merges.end()) continue;
      const auto from = std::ranges::find(rows, merge->first.row, &Row::number);
      if (from != rows.end()) grid[r][c] = text_at(*from, static_cast<std::size_t>(merge->first.column));
    }
}

// A .csv has lost what was merged: a label reaches over the columns right of it that have one below and none beside.
void fill_right(Grid& grid) {
  for (std::size_t r = 0; r + 1 < grid.size(); ++r)
    for (std::size_t c = 1; c < grid[r].size(); ++c)
      if (grid[r][c].empty() && !grid[r + 1][c].empty() && !grid[r + 1][c - 1].empty()) grid[r][c] = grid[r][c - 1];
}

// A label that is merged downwards stands in each of its rows and counts once.
Label label_of(const Grid& grid, std::size_t column) {
  Label label;
  std::string last;
  for (const auto& row : grid) {
    std::string part = row[column];
    std::ranges::replace(part, '\n', ' ');
    if (part.empty() || part == last) continue;
    const std::string key = comparable(part);
    label.text += (label.text.empty() ? "" : "/") + part;
    if (!key.empty()) label.key += (label.key.empty() ? "" : "/") + key;
    if (std::string bracket = in_brackets(part); !bracket.empty()) label.bracket = std::move(bracket);
    last = std::move(part);
  }
  return label;
}

// A file that says what is merged says all of it; only where nothing is merged may it have been lost.
std::vector<Label> labels_of(std::span<const Row> rows, std::span<const Range> merges) {
  std::size_t columns = 0;
  for (const Row& row : rows) columns = std::max(columns, row.cells.size());
  Grid grid(rows.size(), std::vector<std::string>(columns));
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < columns; ++c) grid[r][c] = text_at(rows[r], c);
  fill_merged(grid, rows, merges);
  if (merges.empty()) fill_right(grid);
  std::vector<Label> labels;
  for (std::size_t c = 0; c < columns; ++c) labels.push_back(label_of(grid, c));
  return labels;
}

// The last part alone may be the name of a column: "基本情况/名称" is "名称".
bool known(const Label& label, const std::function<bool(std::string_view)>& is_known) {
  if (label.key.empty()) return false;
  const auto slash = label.key.rfind('/');
  return is_known(label.key) || (slash != label.key.npos && is_known(std::string_view(label.key).substr(slash + 1)));
}

Head head_at(std::span<const Row> rows, std::span<const Range> merges) {
  return {rows.front().number, rows.back().number, labels_of(rows, merges)};
}

std::size_t texts_in(const Row& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row.cells, [](const Cell& c) { return c.kind == CellKind::kText && !blank(c); }));
}

// Without a known column: titles have one cell, so the head is the first row of about as many texts as any row has.
Head guessed(std::span<const Row> first, std::span<const Range> merges) {
  std::size_t most = 0;
  for (const Row& row : first) most = std::max(most, texts_in(row));
  for (std::size_t i = 0; i < first.size(); ++i)
    if (most > 0 && 2 * texts_in(first[i]) >= most + (most > 1)) {
      const bool grouped = std::ranges::any_of(merges, [&](const Range& m) {
        return m.first.row == first[i].number && m.first.row == m.last.row && m.first.column < m.last.column;
      });
      return head_at(first.subspan(i, grouped && i + 1 < first.size() ? 2 : 1), merges);
    }
  return {};
}

}  // namespace

Head find_head(std::span<const Row> first, std::span<const Range> all_merges,
               const std::function<bool(std::string_view)>& is_known) {
  first = first.first(std::min(first.size(), kHeadRows));
  std::vector<Range> near;
  for (const Range& merge : all_merges)
    if (!first.empty() && merge.first.row <= first.back().number && near.size() < kMerges) near.push_back(merge);
  const std::span<const Range> merges = near;
  Head best;
  std::ptrdiff_t most = 0;
  // Of those that know as many, one of few rows.
  for (std::size_t deep = 1; deep <= kDeepest; ++deep)
    for (std::size_t begin = 0; begin + deep <= first.size(); ++begin) {
      Head head = head_at(first.subspan(begin, deep), merges);
      const auto count = std::ranges::count_if(head.labels, [&](const Label& l) { return known(l, is_known); });
      if (count > most) best = std::move(head), most = count;
    }
  return most > 0 ? best : guessed(first, merges);
}

// Merged to the right means one value for several columns, of which only the first can be it.
MergedDown::MergedDown(std::span<const Range> merges, std::int64_t last_head_row) {
  for (const Range& range : merges)
    if (range.first.column == range.last.column && range.last.row > range.first.row && range.first.row > last_head_row)
      ranges_.push_back(range);
  std::ranges::sort(ranges_, {}, [](const Range& range) { return range.first.row; });
}

// A cell that has its own value keeps it: programs that write merged ranges may leave values under them.
void MergedDown::fill(Row& row) {
  std::erase_if(open_, [&](const Open& open) { return open.range.last.row < row.number; });
  for (const Open& open : open_) {
    const auto column = static_cast<std::size_t>(open.range.first.column);
    if (row[column].kind != CellKind::kEmpty || open.value.kind == CellKind::kEmpty) continue;
    if (row.cells.size() <= column) row.cells.resize(column + 1);
    row.cells[column] = open.value;
  }
  for (; next_ < ranges_.size() && ranges_[next_].first.row <= row.number; ++next_)
    if (ranges_[next_].first.row == row.number) open(ranges_[next_], row);
}

// One a column, whatever a file says.
void MergedDown::open(const Range& range, const Row& row) {
  std::erase_if(open_, [&](const Open& other) { return other.range.first.column == range.first.column; });
  open_.push_back({range, row[static_cast<std::size_t>(range.first.column)]});
}

}  // namespace anlan::sheet
