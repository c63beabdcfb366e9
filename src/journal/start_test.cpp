#include "journal/start.h"

#include <fstream>
#include <utility>

#include "journal/block_check.h"
#include "journal/fixture.h"
#include "journal/schema.h"

namespace anlan::journal {
namespace {

TEST_F(JournalTest, ViewsAreCreatedAndFollow) {
  open();
  fill(14);
  EXPECT_EQ(counted("s/0"), 2);
  EXPECT_EQ(view_.applied_, 14);
}

TEST_F(JournalTest, StartAppliesOnlyWhatAViewHasNotSeen) {
  open();
  fill(7);
  views_.clear();
  Writer writer(*sql_, "city");
  sql_->begin();
  ASSERT_TRUE(writer.append("s/0", 1, {note("s/0", "unseen")}, kNoon));
  sql_->commit();
  views_ = {&view_};
  view_.applied_ = 0;
  open();
  EXPECT_EQ(view_.applied_, 1);
  EXPECT_EQ(counted("s/0"), 2);
}

TEST_F(JournalTest, AnotherRevisionRebuildsTheView) {
  open();
  fill(7);
  view_.revision_ = 2;
  view_.applied_ = 0;
  open();
  EXPECT_EQ(view_.applied_, 7);
  EXPECT_EQ(counted("s/6"), 1);
}

TEST_F(JournalTest, RebuildTellsItsProgress) {
  open();
  fill(7);
  std::vector<Position> told;
  sql_.reset();
  sql_ = rebuild(where_, views_, kNoon, [&](Position done, Position total) { told = {done, total}; });
  EXPECT_EQ(told, (std::vector<Position>{7, 7}));
  EXPECT_EQ(counted("s/6"), 1);
}

// Between two batches of the one the other begins and ends.
TEST_F(JournalTest, TwoThatCatchUpAtOnceApplyEachFactOnce) {
  open();
  fill(4200);
  sql_.reset();
  sql::remove_view(where_, {}, edition_of(views_));
  bool other_started = false;
  sql_ = start(where_, views_, kNoon, [&](Position, Position) {
    if (!std::exchange(other_started, true)) start(where_, views_, kNoon);
  });
  EXPECT_TRUE(other_started);
  EXPECT_EQ(counted("s/0"), 600);
}

TEST_F(JournalTest, AMissingViewDatabaseIsBuiltAnew) {
  open();
  fill(7);
  sql_.reset();
  sql::remove_view(where_, {}, edition_of(views_));
  open();
  EXPECT_EQ(counted("s/6"), 1);
}

TEST_F(JournalFilesTest, ADamagedViewDatabaseIsBuiltAnew) {
  for (const int at : {0, 20, 100, 4096, 5000, 8192 + 4000, 12288 + 10}) {
    open();
    if (head(*sql_) == 0) fill(7);
    sql_->checkpoint();
    std::fstream file(where_ + "/view.db", std::ios::in | std::ios::out | std::ios::binary);
    sql_.reset();
    file.seekp(at);
    file.write("\x5a\xa5garbage", 9);
    file.close();
    if (at == 0) {
      EXPECT_TRUE(holds_facts(where_, kNoon)) << "who asks first needs no views";
    }
    sql_ = rebuild(where_, views_, kNoon);
    EXPECT_EQ(counted("s/6"), 1) << at;
  }
}

TEST_F(JournalTest, AJournalShorterThanItsViewsIsNotOpened) {
  open();
  fill(7);
  sql_->execute("DELETE FROM fact WHERE position = 7");
  sql_.reset();
  EXPECT_THROW(open(), FactsLost);
  EXPECT_THROW(open(), FactsLost);
  view_.revision_ = 2;
  EXPECT_THROW(open(), FactsLost) << "views of another revision know it too";
  EXPECT_THROW(rebuild(where_, views_, kNoon), FactsLost);
}

TEST_F(JournalTest, AJournalOfANewerVersionIsNotOpened) {
  open();
  sql_->execute("INSERT INTO migration VALUES (1000, 'later', 0)");
  EXPECT_THROW(open(), sql::Error);
}

TEST_F(JournalTest, MigrationsAreAppliedOnceInOrderAfterABackupOfWhatWasThere) {
  sql_ = sql::open(where_, sql::Access::kWrite);
  const std::vector<Migration> all{{1, "first", "CREATE TABLE journal.a (x INTEGER)"},
                                   {2, "second", "ALTER TABLE a ADD COLUMN y INTEGER"},
                                   {3, "third", "ALTER TABLE a ADD COLUMN z INTEGER"}};
  std::vector<int> backups;
  const auto before = [&](int number) { backups.push_back(number); };
  migrate(*sql_, std::span(all).first(1), kNoon, before);
  EXPECT_TRUE(backups.empty());
  migrate(*sql_, all, kNoon, before);
  EXPECT_EQ(backups, std::vector{2});
  sql_->execute("INSERT INTO a (x, y, z) VALUES (1, 2, 3)");
  migrate(*sql_, all, kNoon, before);
  EXPECT_EQ(backups, std::vector{2});
}

TEST_F(JournalTest, AStoreOfTheFirstFormIsBroughtToThePresentOne) {
  sql_ = sql::open(where_, sql::Access::kWrite);
  migrate(*sql_, migrations().first(1), kNoon, [](int) {});
  sql_->execute(
      "INSERT INTO fact (position, node, node_sequence, stream, version, type, occurred_at, recorded_at, actor, cause, "
      "world, body, previous_hash, hash) VALUES (1, 'city', 1, 's/1', 1, 'note.taken', 0, 0, 'a', 'k', 'real', '{}', "
      "'', "
      "'')");
  open();
  EXPECT_EQ(form_of(*sql_), migrations().back().number);
  EXPECT_EQ(own_nodes(*sql_), std::set<std::string>{"city"});
  EXPECT_EQ(counted("s/1"), 1);
  EXPECT_EQ(std::filesystem::exists(store_.directory() + "/before-migration-2/journal.db"),
            !sql::TestStore::on_postgres());
}

TEST_F(JournalTest, AMigrationThatFailsLeavesTheFormBefore) {
  sql_ = sql::open(where_, sql::Access::kWrite);
  const std::vector<Migration> all{{1, "first", "CREATE TABLE journal.a (x INTEGER)"},
                                   {2, "broken", "DROP TABLE a; CREATE TABLE journal.b (x INTEGER); NONSENSE"}};
  EXPECT_THROW(migrate(*sql_, all, kNoon, [](int) {}), sql::Error);
  sql_ = sql::open(where_, sql::Access::kWrite);
  sql_->execute("INSERT INTO a (x) VALUES (1)");
  EXPECT_THROW(sql_->execute("INSERT INTO b (x) VALUES (1)"), sql::Error);
}

}  // namespace
}  // namespace anlan::journal
