#include "journal/quarantine.h"

#include "journal/fixture.h"

namespace anlan::journal {
namespace {

class QuarantineTest : public JournalTest {
 protected:
  void SetUp() override { open(); }
  bool refuse(const std::string& neighbour, const std::string& what, Instant now) {
    sql_->begin();
    const bool is_new = quarantine(*sql_, neighbour, "origin", what, std::string(100'000, 'x'), now);
    sql_->commit();
    return is_new;
  }
};

TEST_F(QuarantineTest, TheSameRefusalIsCountedAndItsBeginningKept) {
  EXPECT_TRUE(refuse("county", "forged", kNoon));
  EXPECT_FALSE(refuse("county", "forged", kNoon + Minutes{5}));
  EXPECT_TRUE(refuse("county", "out of scope", kNoon));
  const auto all = quarantined(*sql_);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].what, "forged");
  EXPECT_EQ(all[0].origin, "origin");
  EXPECT_EQ(all[0].times, 2);
  EXPECT_EQ(all[0].first_at, kNoon);
  EXPECT_EQ(all[0].last_at, kNoon + Minutes{5});
  auto& row = sql_->prepare("SELECT LENGTH(bytes) FROM quarantine");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), static_cast<std::int64_t>(kMostQuarantinedBytes));
  row.reset();
}

TEST_F(QuarantineTest, OneThatRefusesToEndTakesNoMoreRoom) {
  for (std::int64_t i = 0; i < kMostQuarantined + 50; ++i) refuse("county", std::to_string(i), kNoon);
  refuse("town", "forged", kNoon);
  const auto all = quarantined(*sql_);
  ASSERT_EQ(static_cast<std::int64_t>(all.size()), kMostQuarantined + 2);
  std::int64_t times = 0;
  for (const auto& one : all)
    if (one.neighbour == "county") times += one.times;
  EXPECT_EQ(times, kMostQuarantined + 50);
  EXPECT_EQ(all.back().neighbour, "town");
}

}  // namespace
}  // namespace anlan::journal
