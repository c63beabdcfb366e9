#pragma once
// What a spreadsheet may be at most; beyond it the file is refused before it costs time or memory.

#include <cstddef>
#include <cstdint>

namespace anlan::sheet {

struct Limits {
  std::size_t file_bytes = 50'000'000;
  // Of one part of the package, inflated. Real sheets of 100,000 rows have some 100 MB.
  std::size_t inflated_bytes = 400'000'000;
  // Inflated to packed. Real sheets reach some 30; deflate itself 1,032. Looked at from `ratio_from` bytes on.
  std::size_t ratio = 150, ratio_from = 16'000'000;
  std::size_t parts = 5'000;               // of a package
  std::int64_t rows = 100'000;             // that hold anything
  std::int64_t columns = 256;              // up to the last that holds anything
  std::size_t cell_bytes = 4 * 32'767;     // UTF-8; spreadsheets hold 32,767 characters
  std::size_t shared_bytes = 100'000'000;  // of texts that cells share
  std::size_t shared_texts = 5'000'000;
  std::size_t sheets = 255;
  std::size_t merges = 50'000;
};

}  // namespace anlan::sheet
