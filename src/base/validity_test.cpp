#include "base/validity.h"

#include <gtest/gtest.h>

namespace anlan {
namespace {

TEST(Validity, HoldsOnItsFirstAndLastDayInChina) {
  const Validity year = *parse_validity("2026-01-01", "2026-12-31");
  EXPECT_TRUE(year.covers(from_china_time(2026, 1, 1)));
  EXPECT_FALSE(year.covers(from_china_time(2026, 1, 1) - Milliseconds{1}));
  EXPECT_TRUE(year.covers(from_china_time(2026, 12, 31, 23, 59, 59)));
  EXPECT_FALSE(year.covers(from_china_time(2027, 1, 1)));
}

TEST(Validity, IsOpenWhereNothingIsSaid) {
  EXPECT_TRUE(parse_validity("", "")->covers(from_china_time(1900, 1, 1)));
  EXPECT_TRUE(parse_validity("2026-01-01", "")->covers(from_china_time(2999, 1, 1)));
}

TEST(Validity, RefusesWhatIsNoDay) {
  for (const auto* text : {"2026-02-30", "2026-2-3", "2026/02/03", "26-02-03", "2026-02-03 ", "abcd-ef-gh", ""})
    EXPECT_FALSE(parse_day(text)) << text;
  EXPECT_FALSE(parse_validity("2026-01-02", "2026-01-01"));
}

}  // namespace
}  // namespace anlan
