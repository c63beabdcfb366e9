// What is true of SQLite's files alone.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "platform/sql/sqlite_connection.h"
#include "platform/sql/sqlite_page_check.h"

namespace anlan::sql {
namespace {

namespace fs = std::filesystem;

class SqliteTest : public testing::Test {
 protected:
  SqliteTest() {
    std::string pattern = (fs::temp_directory_path() / "anlan-sql-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    sql_ = open(directory_, Access::kWrite);
    sql_->execute(
        "CREATE TABLE journal.j (x INTEGER PRIMARY KEY, t TEXT); CREATE TABLE vault.v (x INTEGER);"
        "CREATE TABLE view.w (x INTEGER)");
  }
  ~SqliteTest() override {
    sql_.reset();
    fs::remove_all(directory_);
  }

  std::int64_t ask(Connection& connection, std::string_view text) {
    const auto statement = connection.once(text);
    EXPECT_TRUE(statement->step());
    return statement->integer(0);
  }

  std::string directory_;
  std::unique_ptr<Connection> sql_;
};
TEST_F(SqliteTest, CommitsInTheOrderVaultJournalView) {
  EXPECT_EQ(ask(*sql_, "SELECT seq FROM pragma_database_list WHERE name = 'vault'"), 0);
  EXPECT_EQ(ask(*sql_, "SELECT seq FROM pragma_database_list WHERE name = 'journal'"), 2);
  EXPECT_EQ(ask(*sql_, "SELECT seq FROM pragma_database_list WHERE name = 'view'"), 3);
  EXPECT_EQ(ask(*sql_, "PRAGMA vault.synchronous"), 2);
  EXPECT_EQ(ask(*sql_, "PRAGMA journal.synchronous"), 2);
  EXPECT_EQ(ask(*sql_, "PRAGMA view.synchronous"), 1);
}

TEST_F(SqliteTest, AReaderDoesNotCreateWhatIsMissing) {
  sql_.reset();
  remove_view(directory_);
  EXPECT_THROW(open(directory_, Access::kRead), Error);
  EXPECT_FALSE(fs::exists(directory_ + "/view.db"));
  EXPECT_EQ(ask(*open(directory_, Access::kInspect), "SELECT COUNT(*) FROM j"), 0);
}

TEST_F(SqliteTest, ALongRunOfCommitsKeepsTheLogBounded) {
  for (int round = 0; round < 4; ++round) {
    sql_->begin();
    for (int i = 0; i < 2000; ++i) sql_->prepare("INSERT INTO w (x) VALUES (zeroblob(4000))").run();
    sql_->commit();
  }
  EXPECT_LT(fs::file_size(directory_ + "/view.db-wal"), 6500u * 4120);
  EXPECT_GT(fs::file_size(directory_ + "/view.db"), 4000u * 4096);
}

TEST_F(SqliteTest, CheckpointEmptiesTheLogs) {
  sql_->execute("INSERT INTO j (x) VALUES (1)");
  EXPECT_GT(fs::file_size(directory_ + "/journal.db-wal"), 0u);
  EXPECT_TRUE(sql_->checkpoint());
  EXPECT_EQ(fs::file_size(directory_ + "/journal.db-wal"), 0u);
}

TEST_F(SqliteTest, ABackupOfANodeAtWorkIsWholeAndSound) {
  sql_->execute("INSERT INTO j (x, t) VALUES (1, 'a'); INSERT INTO v VALUES (7)");
  sql_->checkpoint();
  sql_->execute("INSERT INTO j (x, t) VALUES (2, 'only in the log')");
  sql_->begin();
  sql_->execute("INSERT INTO j (x, t) VALUES (3, 'not committed')");
  backup(directory_, directory_ + "/copy");
  sql_->rollback();
  const auto copy = open(directory_ + "/copy", Access::kWrite);
  EXPECT_EQ(ask(*copy, "SELECT COUNT(*) FROM j"), 2);
  EXPECT_EQ(ask(*copy, "SELECT x FROM v"), 7);
  EXPECT_TRUE(copy->integrity().empty());
  EXPECT_THROW(backup(directory_, directory_ + "/copy"), Error);
}

TEST_F(SqliteTest, ReadingADamagedPageIsAnErrorThatNamesIt) {
  sql_->execute("INSERT INTO j (x, t) VALUES (1, 'a')");
  sql_->checkpoint();
  sql_.reset();
  std::fstream file(directory_ + "/journal.db", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096 + 2000);
  file.put('x');
  file.close();
  sql_ = open(directory_, Access::kWrite);
  try {
    ask(*sql_, "SELECT COUNT(*) FROM j WHERE t = 'a'");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_TRUE(error.corrupt);
    EXPECT_EQ(error.database, "journal");
    EXPECT_STREQ(error.what(), "journal.db: page 2 is damaged (checksum)");
  }
  EXPECT_THROW(sql_->begin(), Error) << "a connection that failed is not used again";
  const auto inspector = open(directory_, Access::kInspect);
  EXPECT_EQ(ask(*inspector, "SELECT x FROM j WHERE t = 'a'"), 1);
  EXPECT_EQ(inspector->integrity(), std::vector<std::string>{"journal.db: page 2 is damaged (checksum)"});
}

TEST_F(SqliteTest, EveryPageOfTheFilesCarriesItsChecksum) {
  for (int i = 0; i < 50; ++i) sql_->prepare("INSERT INTO j (t) VALUES (hex(randomblob(3000)))").run();
  sql_->execute("DELETE FROM j WHERE x % 3 = 0");
  sql_->checkpoint();
  for (const char* name : {"vault", "journal", "view"}) {
    std::ifstream file(sqlite::file_of(directory_, name), std::ios::binary);
    std::array<std::byte, sqlite::kPageSize> page;
    std::uint32_t number = 0;
    while (file.read(reinterpret_cast<char*>(page.data()), page.size())) {
      ++number;
      EXPECT_TRUE(sqlite::page_sound(page, number));
      EXPECT_FALSE(sqlite::page_sound(page, number + 1)) << "a page at another place is not sound";
    }
    EXPECT_GE(number, 2u);
  }
}

}  // namespace
}  // namespace anlan::sql
