#include "view/trail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "journal/start.h"
#include "platform/sql/store_fixture.h"

namespace anlan::view {
namespace {

constexpr Instant kStart = from_ms(1'700'000'000'000);

// Eleven blocks and a piece: nobody but "rare" acts in the third fact of all, and once more in the tenth block.
class TrailTest : public testing::Test {
 protected:
  TrailTest() : sql_(journal::open(store_.where(), kStart)) {
    sql_->begin();
    journal::Writer writer(*sql_, "city");
    for (int i = 1; i <= 11'300; ++i) {
      journal::NewFact fact;
      fact.stream = "s/" + std::to_string(i % 50);
      fact.type = i % 7 == 0 ? "account.signed_in" : i % 5 == 0 ? "incident.closed" : "incident.noted";
      fact.actor = i == 3 || i == 9100 ? "rare" : i % 2 == 0 ? "desk" : "leader";
      fact.cause = "k";
      fact.world = "real";
      fact.body = "{}";
      fact.occurred_at = kStart;
      const auto done = writer.append(fact.stream, writer.version(fact.stream), {fact}, kStart + Minutes{i});
      all_.push_back(done->front());
    }
    sql_->commit();
    std::array<journal::Projection*, 1> views{&trail_};
    journal::catch_up(*sql_, views);
    std::ranges::reverse(all_);
  }

  // Page by page to the end; how many pages that took.
  std::pair<std::vector<journal::Position>, int> found(TrailSearch search, std::int64_t limit) {
    std::vector<journal::Position> positions;
    for (int pages = 1;; ++pages) {
      const auto page = look_back(*sql_, search, limit);
      EXPECT_LE(std::ssize(page.facts), limit);
      for (const auto& fact : page.facts) positions.push_back(fact.position);
      if (!page.before) return {positions, pages};
      search.before = page.before;
    }
  }
  std::vector<journal::Position> expected(const TrailSearch& search) {
    std::vector<journal::Position> positions;
    for (const auto& fact : all_)
      if ((search.actor.empty() || fact.actor == search.actor) &&
          (search.type.empty() || fact.type == search.type || fact.type.starts_with(search.type + ".")) &&
          (!search.from || fact.recorded_at >= *search.from) && (!search.to || fact.recorded_at < *search.to) &&
          (!search.before || fact.position < *search.before))
        positions.push_back(fact.position);
    return positions;
  }

  sql::TestStore store_;
  std::unique_ptr<sql::Connection> sql_;
  Trail trail_;
  std::vector<journal::Fact> all_;  // the last first
};

TEST_F(TrailTest, FindsPageByPageWhatReadingEveryFactFinds) {
  std::vector<TrailSearch> searches(7);
  searches[1].actor = "desk";
  searches[2].type = "account";
  searches[3].type = "incident.closed";
  searches[3].actor = "leader";
  searches[4].from = kStart + Minutes{2'500};
  searches[4].to = kStart + Minutes{4'001};
  searches[5].before = 10'001;
  searches[6].actor = "rare";
  for (const TrailSearch& search : searches)
    for (const std::int64_t limit : {37, 500}) EXPECT_EQ(found(search, limit).first, expected(search)) << search.actor;
}

TEST_F(TrailTest, WhatIsRareIsFoundWithoutGoingThroughAll) {
  TrailSearch rare;
  rare.actor = "rare";
  EXPECT_EQ(found(rare, 100).second, 1);
  TrailSearch none;
  none.type = "report";
  EXPECT_EQ(found(none, 100), (std::pair{std::vector<journal::Position>{}, 1}));
}

// A page looks at eight blocks, however few it found in them.
TEST_F(TrailTest, ALongWayIsGoneInPieces) {
  const auto every = found({}, 20'000);
  EXPECT_EQ(every.first.size(), 11'300U);
  EXPECT_EQ(every.second, 2);
}

}  // namespace
}  // namespace anlan::view
