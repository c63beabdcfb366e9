#pragma once
// What the journal's tests share: a directory of their own, facts to append, and a view that counts them.

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "journal/start.h"
#include "platform/sql/store_fixture.h"

namespace anlan::journal {

inline constexpr Instant kNoon = from_ms(1'795'406'400'000);

inline NewFact note(const std::string& stream, const std::string& text) {
  return {stream, "note.taken", kNoon, "desk", "key", "real", R"({"text":")" + text + R"("})"};
}

// Counts facts by stream, in the database and (since the test began) in memory.
class CountingView : public Projection {
 public:
  std::string_view name() const override { return "counting"; }
  int revision() const override { return revision_; }
  void create(sql::Connection& sql) override {
    sql.execute("CREATE TABLE view.counted (stream TEXT PRIMARY KEY, facts INTEGER NOT NULL)");
    sql.execute("CREATE INDEX counted_facts ON view.counted(facts)");
  }
  void drop(sql::Connection& sql) override { sql.execute("DROP TABLE IF EXISTS counted"); }
  void apply(sql::Connection& sql, const Fact& fact) override {
    ++applied_;
    sql.prepare(
           "INSERT INTO counted (stream, facts) VALUES (?, 1) ON CONFLICT (stream) DO UPDATE SET facts = counted.facts "
           "+ 1")
        .bind(fact.stream)
        .run();
  }

  int revision_ = 1;
  int applied_ = 0;
};

class JournalTest : public testing::Test {
 protected:
  // Opens the store, or closes and opens it again.
  void open() {
    sql_.reset();
    sql_ = start(where_, views_, kNoon);
  }
  // One transaction with the views, as the command path does it.
  std::vector<Fact> add(const std::string& stream, std::int64_t expected, std::vector<NewFact> facts) {
    Writer writer(*sql_, "city");
    sql_->begin();
    auto done = writer.append(stream, expected, std::move(facts), kNoon);
    EXPECT_TRUE(done.has_value());
    apply(*sql_, views_, *done);
    sql_->commit();
    return *done;
  }
  // Facts in seven streams, all in one transaction.
  void fill(int facts) {
    Writer writer(*sql_, "city");
    sql_->begin();
    for (int i = 0; i < facts; ++i) {
      const std::string stream = "s/" + std::to_string(i % 7);
      const auto done = writer.append(stream, i / 7, {note(stream, "fact " + std::to_string(i + 1))}, kNoon);
      ASSERT_TRUE(done.has_value());
      apply(*sql_, views_, *done);
    }
    sql_->commit();
  }
  // What the view says of a stream.
  std::int64_t counted(const std::string& stream) {
    auto& row = sql_->prepare("SELECT facts FROM counted WHERE stream = ?");
    row.bind(stream);
    const std::int64_t facts = row.step() ? row.integer(0) : 0;
    row.reset();
    return facts;
  }

  sql::TestStore store_;
  const std::string where_ = store_.where();  // or URL
  CountingView view_;
  std::vector<Projection*> views_{&view_};
  std::unique_ptr<sql::Connection> sql_;
};

// For what is true of SQLite's files alone.
class JournalFilesTest : public JournalTest {
 protected:
  void SetUp() override {
    if (sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has no such files";
  }
};

}  // namespace anlan::journal
