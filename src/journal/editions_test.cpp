#include <gmock/gmock.h>

#include <thread>

#include "journal/fixture.h"

namespace anlan::journal {
namespace {

using testing::Contains;
using testing::Not;
using testing::SizeIs;

// Processes of two versions on one store of a server: sql_ is of the first one.
class EditionsTest : public JournalTest {
 protected:
  void SetUp() override {
    if (!sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has one process";
    later_.revision_ = 2;
    open();
  }
  std::unique_ptr<sql::Connection> start_later(const Progress& progress = {}) {
    return start(where_, later_views_, kNoon, progress);
  }
  static std::int64_t counted_in(sql::Connection& sql, const std::string& stream) {
    auto& row = sql.prepare("SELECT facts FROM counted WHERE stream = ?");
    row.bind(stream);
    const std::int64_t facts = row.step() ? row.integer(0) : 0;
    row.reset();
    return facts;
  }
  // As if nobody had been seen with any edition for so long.
  void let_pass(const std::string& interval) {
    sql_->execute("UPDATE journal.view_edition SET used_at = used_at - INTERVAL '" + interval + "'");
  }
  // A server takes a moment to notice that a session has ended.
  void end(std::unique_ptr<sql::Connection>& session) {
    session.reset();
    const auto others = sql_->once(
        "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND pid <> pg_backend_pid() "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    for (bool any = true; any; others->reset()) {
      others->step();
      any = others->integer(0) > 0;
    }
  }
  std::string schema_of(std::span<Projection* const> views) { return "view_" + edition_of(views); }

  CountingView later_;
  const std::vector<Projection*> later_views_{&later_};
};

TEST(Editions, AreOthersWhereNameOrRevisionOfAViewIsAnother) {
  CountingView one, two;
  std::vector<Projection*> first{&one}, second{&two}, both{&one, &two};
  EXPECT_EQ(edition_of(first), edition_of(second));
  two.revision_ = 2;
  EXPECT_NE(edition_of(first), edition_of(second));
  EXPECT_NE(edition_of(both), edition_of(first));
  EXPECT_EQ(edition_of({}), "");
}

TEST_F(EditionsTest, StandBesideEachOther) {
  fill(14);
  const auto later = start_later();
  EXPECT_EQ(later_.applied_, 14);
  EXPECT_EQ(counted_in(*later, "s/0"), 2);
  EXPECT_EQ(counted("s/0"), 2);
  EXPECT_THAT(sql_->view_databases(), testing::UnorderedElementsAre(schema_of(views_), schema_of(later_views_)));
  view_.applied_ = 0;
  open();
  EXPECT_EQ(view_.applied_, 0) << "nothing is built again";
}

TEST_F(EditionsTest, OthersWriteWhileOneIsBuilt) {
  fill(700);
  int steps = 0;
  const auto later = start_later([&](Position, Position) {
    if (++steps == 1) add("late/1", 0, {note("late/1", "meanwhile")});
  });
  EXPECT_EQ(steps, 3);
  EXPECT_EQ(later_.applied_, 701);
  EXPECT_EQ(counted_in(*later, "late/1"), 1);
  EXPECT_EQ(seen(*later), 701);
}

TEST_F(EditionsTest, AreBroughtUpToWhatProcessesWithAnotherOneWrote) {
  const auto later = start_later();
  fill(700);
  EXPECT_EQ(seen(*later), 0);
  EXPECT_EQ(most_seen(*later), 700);
  std::vector<Position> steps;
  for (bool done = false; !done; steps.push_back(seen(*later))) {
    later->begin();
    done = level(*later, later_views_, 700);
    later->commit();
  }
  EXPECT_THAT(steps, testing::ElementsAre(250, 500, 700)) << "others may write between them";
  EXPECT_TRUE(level(*later, later_views_, 700)) << "nothing is left to do";
  add("grown/1", 0, std::vector(1000, note("grown/1", "while others write fast")));
  later->begin();
  EXPECT_FALSE(level(*later, later_views_, 1700, 400));
  EXPECT_EQ(seen(*later), 1500) << "twice what came";
  later->commit();
  EXPECT_EQ(later_.applied_, 1500);
  EXPECT_EQ(counted_in(*later, "s/6"), 100);
}

TEST_F(EditionsTest, TwoProcessesBuildTheSameOneTogether) {
  fill(2100);
  std::array<CountingView, 2> views;
  std::array<std::unique_ptr<sql::Connection>, 2> connections;
  {
    std::vector<std::jthread> processes;
    for (std::size_t i = 0; i < views.size(); ++i)
      processes.emplace_back([&, i] {
        views[i].revision_ = 2;
        const std::vector<Projection*> mine{&views[i]};
        connections[i] = start(where_, mine, kNoon);
      });
  }
  EXPECT_EQ(views[0].applied_ + views[1].applied_, 2100);
  for (const auto& connection : connections) EXPECT_EQ(counted_in(*connection, "s/3"), 300);
}

TEST_F(EditionsTest, AnEmptyStoreIsBegunBySeveralAtOnce) {
  const sql::TestStore empty;
  std::atomic<int> begun = 0;
  {
    std::vector<std::jthread> processes;
    for (int i = 0; i < 4; ++i)
      processes.emplace_back([&] {
        CountingView view;
        const std::vector<Projection*> mine{&view};
        EXPECT_NO_THROW(start(empty.where(), mine, kNoon));
        ++begun;
      });
  }
  EXPECT_EQ(begun, 4);
  EXPECT_EQ(seen(*start(empty.where(), views_, kNoon)), 0);
}

TEST_F(EditionsTest, OneThatAnybodyWorksOnIsNeverForgotten) {
  auto later = start_later();
  let_pass("30 days");
  sql_->forget_view_databases();
  EXPECT_THAT(sql_->view_databases(), Contains(schema_of(later_views_)));
  EXPECT_THAT(sql_->view_databases(), Contains(schema_of(views_)));
  end(later);
  sql_->forget_view_databases();
  EXPECT_THAT(sql_->view_databases(), Contains(schema_of(later_views_))) << "it was in use when last looked at";
}

TEST_F(EditionsTest, OneThatNobodyHasUsedForADayIsForgotten) {
  fill(7);
  auto later = start_later();
  end(later);
  let_pass("23 hours");
  sql_->forget_view_databases();
  EXPECT_THAT(sql_->view_databases(), Contains(schema_of(later_views_)));
  let_pass("2 hours");
  sql_->forget_view_databases();
  EXPECT_THAT(sql_->view_databases(), Not(Contains(schema_of(later_views_))));
  EXPECT_THAT(sql_->view_databases(), SizeIs(1));
  later_.applied_ = 0;
  later = start_later();
  EXPECT_EQ(later_.applied_, 7) << "who comes back builds it anew";
}

TEST_F(EditionsTest, OneIsBuiltAnewBesideAnotherButNotUnderItsProcesses) {
  fill(7);
  auto later = start_later();
  EXPECT_THROW(rebuild(where_, later_views_, kNoon), sql::Error);
  EXPECT_EQ(counted_in(*later, "s/6"), 1);
  end(later);
  later_.applied_ = 0;
  later = rebuild(where_, later_views_, kNoon);
  EXPECT_EQ(later_.applied_, 7);
  EXPECT_EQ(counted("s/6"), 1);
}

}  // namespace
}  // namespace anlan::journal
