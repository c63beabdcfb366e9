#include "platform/sql/sql.h"

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "platform/sql/new_store.h"
#include "platform/sql/store_fixture.h"

namespace anlan::sql {
namespace {

// What both engines promise.
class SqlTest : public testing::Test {
 protected:
  SqlTest() : sql_(open(store_.where(), Access::kWrite)) {
    sql_->execute(
        "CREATE TABLE journal.j (x INTEGER PRIMARY KEY, t TEXT); CREATE TABLE vault.v (x INTEGER);"
        "CREATE TABLE view.w (x INTEGER)");
  }

  std::int64_t ask(Connection& connection, std::string_view text) {
    const auto statement = connection.once(text);
    EXPECT_TRUE(statement->step());
    return statement->integer(0);
  }

  TestStore store_;
  std::unique_ptr<Connection> sql_;
};

TEST_F(SqlTest, GivesBackWhatWasBound) {
  sql_->execute("CREATE TABLE view.all_kinds (i INTEGER, r REAL, t TEXT, u TEXT, b BLOB, n TEXT, e BLOB)");
  const std::array bytes{std::byte{0}, std::byte{255}};
  sql_->prepare("INSERT INTO all_kinds VALUES (?, ?, ?, ?, ?, ?, ?)")
      .bind(std::int64_t{1} << 60)
      .bind(0.1)
      .bind("a")
      .bind("䶮c")
      .bind_blob(bytes)
      .bind_null()
      .bind_blob({})
      .run();
  auto& row = sql_->prepare("SELECT i, r, t, u, b, n, e, ? FROM all_kinds WHERE i = ? AND r = ?");
  row.bind(std::string("given back")).bind(std::int64_t{1} << 60).bind(0.1);
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), std::int64_t{1} << 60);
  EXPECT_EQ(row.real(1), 0.1);
  EXPECT_EQ(row.text(2), "a");
  EXPECT_EQ(row.text(3), "䶮c");
  EXPECT_TRUE(std::ranges::equal(row.blob(4), bytes));
  EXPECT_TRUE(row.is_null(5));
  EXPECT_FALSE(row.is_null(6));
  EXPECT_TRUE(row.blob(6).empty());
  EXPECT_EQ(row.text(7), "given back");
  EXPECT_FALSE(row.step());
}

// Writes are told in pieces; a question that falls on the end of one has an answer as any other.
TEST_F(SqlTest, AQuestionAfterAnyNumberOfWritesIsAnswered) {
  for (int writes = 4088; writes < 4100; ++writes) {
    sql_->begin();
    for (int i = 0; i < writes; ++i) sql_->prepare("INSERT INTO w (x) VALUES (?)").bind(i).run();
    auto& row = sql_->prepare("SELECT COUNT(*) FROM w");
    ASSERT_TRUE(row.step()) << writes;
    EXPECT_EQ(row.integer(0), writes);
    sql_->rollback();
  }
}

// COUNT, SUM and AVG have types of their own in PostgreSQL.
TEST_F(SqlTest, ReadsNumbersOfEveryType) {
  sql_->execute("INSERT INTO j (x) VALUES (1), (2), (4000000000)");
  EXPECT_EQ(ask(*sql_, "SELECT COUNT(*) FROM j"), 3);
  EXPECT_EQ(ask(*sql_, "SELECT SUM(x) FROM j"), 4'000'000'003);
  EXPECT_EQ(ask(*sql_, "SELECT 0 - SUM(x) FROM j"), -4'000'000'003);
  EXPECT_EQ(ask(*sql_, "SELECT MAX(x) FROM j"), 4'000'000'000);
  EXPECT_EQ(ask(*sql_, "SELECT 7"), 7);
  const auto average = sql_->once("SELECT AVG(x) FROM j WHERE x < 3");
  ASSERT_TRUE(average->step());
  EXPECT_EQ(average->real(0), 1.5);
}

TEST_F(SqlTest, APreparedStatementComesBackResetAndUnbound) {
  sql_->execute("INSERT INTO j (x, t) VALUES (1, 'a'), (2, 'b')");
  auto& first = sql_->prepare("SELECT t FROM j WHERE x >= ? ORDER BY x");
  first.bind(1).step();
  auto& second = sql_->prepare("SELECT t FROM j WHERE x >= ? ORDER BY x");
  EXPECT_EQ(&first, &second);
  second.bind(2);
  ASSERT_TRUE(second.step());
  EXPECT_EQ(second.text(0), "b");
}

TEST_F(SqlTest, AParameterMayBeNothingInOneRunAndSomethingInTheNext) {
  auto& insert = sql_->prepare("INSERT INTO j (x, t) VALUES (?, ?)");
  insert.bind(1).bind_null().run();
  insert.bind(2).bind("two").run();
  auto& update = sql_->prepare("UPDATE j SET t = COALESCE(?, t) WHERE x = ?");
  update.bind("one").bind(1).run();
  update.bind_null().bind(2).run();
  auto& row = sql_->prepare("SELECT t FROM j ORDER BY x");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "one");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "two");
}

TEST_F(SqlTest, AnyNumberOfTextsMayBePreparedOnce) {
  sql_->begin();
  for (int i = 0; i < 1000; ++i) {
    const auto insert = sql_->once("INSERT INTO w (x) VALUES (? + " + std::to_string(i % 500) + ")");
    insert->bind(1).run();
  }
  sql_->commit();
  EXPECT_EQ(ask(*sql_, "SELECT SUM(x) FROM w"), 2 * 500 * 501 / 2);
  if (is_shared(store_.where())) {
    EXPECT_LE(ask(*sql_, "SELECT COUNT(*) FROM pg_prepared_statements"), 300) << "a server keeps them for us";
  }
}

TEST_F(SqlTest, TextIsOrderedByItsBytes) {
  sql_->execute("INSERT INTO j (x, t) VALUES (1, 'b'), (2, 'B'), (3, 'ä'), (4, '中'), (5, 'a/')");
  auto& rows = sql_->prepare("SELECT x FROM j ORDER BY t");
  std::string order;
  while (rows.step()) order += std::to_string(rows.integer(0));
  EXPECT_EQ(order, "25134");
  EXPECT_EQ(ask(*sql_, "SELECT COUNT(*) FROM j WHERE t >= 'a/' AND t < 'a0'"), 1);
}

TEST_F(SqlTest, AnIndexIsNamedTheWayPostgresNamesIt) {
  sql_->execute("CREATE UNIQUE INDEX w_x ON view.w(x); CREATE INDEX IF NOT EXISTS j_t ON journal.j (t)");
  sql_->execute("INSERT INTO w (x) VALUES (1)");
  EXPECT_THROW(sql_->execute("INSERT INTO w (x) VALUES (1)"), UniqueViolation);
}

TEST_F(SqlTest, TellsHowManyRowsChanged) {
  sql_->begin();
  sql_->execute("INSERT INTO j (x) VALUES (1), (2), (3)");
  sql_->prepare("UPDATE j SET t = ? WHERE x > ?").bind("a").bind(1).run();
  EXPECT_EQ(sql_->changes(), 2);
  sql_->prepare("UPDATE j SET t = ? WHERE x > ?").bind("a").bind(9).run();
  EXPECT_EQ(sql_->changes(), 0);
  sql_->commit();
}

TEST_F(SqlTest, ARollbackUndoesAllThree) {
  sql_->begin();
  sql_->execute("INSERT INTO v VALUES (1); INSERT INTO j (x) VALUES (1); INSERT INTO w VALUES (1)");
  sql_->rollback();
  sql_->rollback();
  EXPECT_EQ(ask(*sql_, "SELECT (SELECT COUNT(*) FROM v) + (SELECT COUNT(*) FROM j) + (SELECT COUNT(*) FROM w)"), 0);
}

TEST_F(SqlTest, ARefusedStatementUndoesItsTransactionAlone) {
  sql_->begin();
  sql_->prepare("INSERT INTO j (x) VALUES (?)").bind(1).run();
  sql_->commit();
  sql_->begin();
  EXPECT_THROW(
      {
        sql_->prepare("INSERT INTO j (x) VALUES (?)").bind(2).run();
        sql_->prepare("INSERT INTO j (x) VALUES (?)").bind(1).run();
        sql_->commit();
      },
      UniqueViolation);
  sql_->rollback();
  sql_->begin();
  sql_->prepare("INSERT INTO j (x) VALUES (?)").bind(3).run();
  sql_->commit();
  EXPECT_EQ(ask(*sql_, "SELECT SUM(x) FROM j"), 4);
}

TEST_F(SqlTest, AMistakeInAStatementLeavesTheConnectionUsable) {
  EXPECT_THROW(sql_->execute("NONSENSE"), Error);
  EXPECT_THROW(sql_->prepare("SELECT nothing FROM nowhere").step(), Error);
  EXPECT_EQ(ask(*sql_, "SELECT 1"), 1);
}

TEST_F(SqlTest, AReadingConnectionKeepsItsSnapshotAndWritesNothing) {
  const auto reader = open(store_.where(), Access::kRead);
  reader->begin();
  EXPECT_EQ(ask(*reader, "SELECT COUNT(*) FROM j"), 0);
  sql_->execute("INSERT INTO j (x) VALUES (1)");
  EXPECT_EQ(ask(*reader, "SELECT COUNT(*) FROM j"), 0);
  reader->commit();
  EXPECT_EQ(ask(*reader, "SELECT COUNT(*) FROM j"), 1);
  EXPECT_THROW(reader->execute("DELETE FROM j"), Error);
}

TEST_F(SqlTest, TransactionsOfTwoWritersStandOneBehindTheOther) {
  sql_->begin();
  sql_->prepare("INSERT INTO j (x) SELECT COALESCE(MAX(x), 0) + 1 FROM j").run();
  std::thread other([&] {
    const auto second = open(store_.where(), Access::kWrite);
    second->begin();
    second->prepare("INSERT INTO j (x) SELECT COALESCE(MAX(x), 0) + 1 FROM j").run();
    second->commit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  sql_->commit();
  other.join();
  EXPECT_EQ(ask(*sql_, "SELECT MAX(x) FROM j"), 2);
}

TEST_F(SqlTest, ManyRowsGoInAtOnce) {
  const std::array<std::string_view, 2> columns{"x", "t"};
  sql_->begin();
  const auto bulk = sql_->bulk("j", columns);
  for (std::int64_t i = 1; i <= 3000; ++i) {
    const std::string text = "文" + std::to_string(i);
    bulk->add(std::array<Value, 2>{i, std::string_view(text)});
  }
  bulk->finish();
  sql_->commit();
  EXPECT_EQ(ask(*sql_, "SELECT COUNT(*) FROM j"), 3000);
  EXPECT_EQ(ask(*sql_, "SELECT x FROM j WHERE t = '文2999'"), 2999);
  sql_->prepare("INSERT INTO j (t) VALUES (?)").bind("numbered behind them").run();
  EXPECT_EQ(ask(*sql_, "SELECT x FROM j WHERE t = 'numbered behind them'"), 3001);
}

TEST_F(SqlTest, AStoreIsNewWhereNothingIs) {
  const TestStore other;
  EXPECT_TRUE(is_new(other.where()));
  EXPECT_TRUE(is_new(other.directory() + "/missing"));
  EXPECT_FALSE(is_new(store_.where()));
  sql_->execute("DROP TABLE w; DROP TABLE v");
  EXPECT_FALSE(is_new(store_.where()));
}

TEST_F(SqlTest, AViewDatabaseThatWasDeletedComesBackEmpty) {
  sql_.reset();
  remove_view(store_.where());
  sql_ = open(store_.where(), Access::kWrite);
  sql_->execute("CREATE TABLE view.w (x INTEGER)");
  EXPECT_EQ(ask(*sql_, "SELECT COUNT(*) FROM w"), 0);
}

TEST_F(SqlTest, ACommitIsDurableWhateverTheServersUsersHaveSet) {
  if (!is_shared(store_.where())) GTEST_SKIP() << "the other engine has one user";
  const auto durable = [this] {
    const auto writing = open(store_.where(), Access::kWrite);
    const auto row = writing->once("SELECT current_setting('synchronous_commit')");
    row->step();
    return std::string(row->text(0));
  };
  const auto set = [this](const std::string& value) {
    const auto name = sql_->once("SELECT CAST(current_database() AS TEXT)");
    name->step();
    sql_->execute("ALTER DATABASE " + std::string(name->text(0)) + " SET synchronous_commit = " + value);
  };
  for (const char* value : {"off", "local", "remote_write"}) {
    set(value);
    EXPECT_EQ(durable(), "on") << value;
  }
  set("remote_apply");
  EXPECT_EQ(durable(), "remote_apply");
}

TEST_F(SqlTest, AWatchHearsOfACommitOfAnother) {
  const auto ears = watch(store_.where());
  if (!is_shared(store_.where())) {
    EXPECT_EQ(ears, nullptr);
    return;
  }
  ears->wait(std::chrono::milliseconds(0));
  EXPECT_FALSE(ears->wait(std::chrono::milliseconds(20)));
  sql_->begin();
  sql_->prepare("INSERT INTO j (x) VALUES (?)").bind(1).run();
  sql_->commit();
  EXPECT_TRUE(ears->wait(std::chrono::milliseconds(5000)));
}

TEST(Beside, HoldsWhatTheStoreDoesNotSee) {
  const TestStore store;
  const auto main = open(store.where(), Access::kWrite);
  auto beside = open_beside(store.where(), "contacts", Access::kWrite);
  beside->execute("CREATE TABLE contacts.person (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  main->begin();  // does not hold it up
  beside->begin();
  beside->prepare("INSERT INTO person (id, name) VALUES (?, ?)").bind(1).bind("张三").run();
  beside->commit();
  main->rollback();
  EXPECT_THROW(main->once("SELECT name FROM person")->step(), Error);

  beside = open_beside(store.where(), "contacts", Access::kRead);
  auto& row = beside->prepare("SELECT name FROM person WHERE id = ?");
  row.bind(1);
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "张三");
  row.reset();
  EXPECT_TRUE(beside->integrity().empty());
}

}  // namespace
}  // namespace anlan::sql
