// Spreadsheets from anywhere: see sheet/book.h for what is promised of them.

#include "hostile.h"
#include "sheet/head.h"

namespace {

using namespace anlan;

void require_row(const sheet::Row& row, std::int64_t before, const sheet::Limits& limits) {
  require(row.number > before && !row.cells.empty(), "rows come in order, and hold something");
  require(static_cast<std::int64_t>(row.cells.size()) <= limits.columns, "no row is wider than the limit");
  require(!sheet::blank(row.cells.back()), "a row ends with what it holds");
  for (const sheet::Cell& cell : row.cells) require(cell.text.size() <= limits.cell_bytes, "no cell is longer");
}

void read_sheet(sheet::Rows& rows, const sheet::Limits& limits) {
  std::vector<sheet::Row> first;
  std::int64_t before = 0, count = 0;
  for (sheet::Row row;;) {
    const auto more = rows.next(row);
    if (!more.ok()) require(!more.error().code.empty(), "a refusal says why");
    if (!more.ok() || !*more) break;
    require_row(row, before, limits);
    require(++count <= limits.rows, "there are no more rows than the limit");
    before = row.number;
    if (first.size() < sheet::kHeadRows) first.push_back(row);
  }
  sheet::find_head(first, rows.merges(), [](std::string_view key) { return key.size() == 6; });
  sheet::MergedDown merged(rows.merges(), 1);
  for (sheet::Row& row : first) merged.fill(row);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sheet::Limits limits;
  limits.rows = 500;
  limits.inflated_bytes = 1 << 20;
  limits.ratio_from = 1 << 16;
  const auto book = sheet::Book::open(text_of(data, size), limits);
  if (!book.ok()) {
    require(book.error().code.starts_with("sheet."), "a refusal says why");
    return 0;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>((*book)->sheets().size(), 3); ++i) {
    const auto rows = (*book)->rows(i);
    if (rows.ok()) read_sheet(**rows, limits);
  }
  return 0;
}
