#include "base/tsv.h"

#include <gtest/gtest.h>

namespace anlan {
namespace {

TEST(Tsv, LeavesOutCommentsAndKeepsTheNumbersOfLines) {
  std::string seen;
  EXPECT_FALSE(read_tsv("# title\na\tb\n\n\tc\t\td\r\nlast", [&](const TsvRow& row) -> std::optional<Failure> {
    seen += std::to_string(row.line()) + "[" + std::string(row[0]) + "|" + std::string(row[1]) + "|" +
            std::string(row[3]) + "]";
    return std::nullopt;
  }));
  EXPECT_EQ(seen, "2[a|b|]4[|c|d]5[last||]");
}

TEST(Tsv, StopsAtTheFirstFault) {
  int rows = 0;
  const auto failure = read_tsv("a\nb\nc\n", [&](const TsvRow& row) -> std::optional<Failure> {
    ++rows;
    if (row[0] == "b") return row.fault("no b here");
    return std::nullopt;
  });
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->what, "line 2: no b here");
  EXPECT_EQ(rows, 2);
}

}  // namespace
}  // namespace anlan
