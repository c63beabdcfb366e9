#pragma once
// Tables as text: a line a row, cells parted by tabs, lines that begin with # and empty lines left out.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace anlan {

// Views into the table's text, alive only during the visit.
class TsvRow {
 public:
  TsvRow(std::span<const std::string_view> cells, int line) : cells_(cells), line_(line) {}

  // Empty where the row has no such cell: trailing empty cells need not be written.
  std::string_view operator[](std::size_t column) const { return column < cells_.size() ? cells_[column] : ""; }
  int line() const { return line_; }  // from 1
  Failure fault(std::string_view what) const { return {"line " + std::to_string(line_) + ": " + std::string(what)}; }

 private:
  std::span<const std::string_view> cells_;
  int line_;
};

// Visits the rows in order until one is at fault.
std::optional<Failure> read_tsv(std::string_view text,
                                const std::function<std::optional<Failure>(const TsvRow&)>& visit);

}  // namespace anlan
