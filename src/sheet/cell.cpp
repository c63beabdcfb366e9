#include "sheet/cell.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace anlan::sheet {

// Doubles have up to 17 digits, of which the last two are what rounding left: 0.30000000000000004.
std::string shown(const Cell& cell) {
  if (cell.kind != CellKind::kNumber) return cell.text;
  std::array<char, 40> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), cell.number, std::chars_format::general, 15);
  return {digits.data(), end.ptr};
}

bool blank(const Cell& cell) {
  return cell.kind == CellKind::kEmpty || (cell.kind == CellKind::kText && anlan::blank(cell.text));
}

const Cell& Row::operator[](std::size_t column) const {
  static const Cell kNone;
  return column < cells.size() ? cells[column] : kNone;
}

std::string column_name(std::int64_t column) {
  std::string name;
  for (++column; column > 0; column = (column - 1) / 26) name += static_cast<char>('A' + (column - 1) % 26);
  std::ranges::reverse(name);
  return name;
}

std::string to_string(Address a) { return column_name(a.column) + std::to_string(a.row); }

// Letters are counted before they are multiplied: XFDXFDXFD must not come around to a small number.
std::optional<Address> address_of(std::string_view reference) {
  constexpr std::int64_t kColumns = 16'384, kRows = 1'048'576;
  Address found;
  std::size_t at = 0;
  for (; at < reference.size() && at < 4 && reference[at] >= 'A' && reference[at] <= 'Z'; ++at)
    found.column = found.column * 26 + (reference[at] - 'A' + 1);
  const std::string_view digits = reference.substr(at);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), found.row);
  if (at == 0 || error != std::errc() || end != digits.data() + digits.size() || digits.front() == '0')
    return std::nullopt;
  if (found.column > kColumns || found.row < 1 || found.row > kRows) return std::nullopt;
  --found.column;
  return found;
}

std::optional<Range> range_of(std::string_view reference) {
  const auto colon = reference.find(':');
  const auto first = address_of(reference.substr(0, colon));
  const auto last = colon == reference.npos ? first : address_of(reference.substr(colon + 1));
  if (!first || !last || last->column < first->column || last->row < first->row) return std::nullopt;
  return Range{*first, *last};
}

}  // namespace anlan::sheet
