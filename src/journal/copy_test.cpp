#include "journal/copy.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "base/fields.h"
#include "journal/block_fixture.h"
#include "journal/credentials.h"
#include "journal/inbox.h"
#include "journal/lease.h"
#include "journal/history.h"
#include "journal/node_health.h"
#include "journal/quarantine.h"
#include "journal/schema.h"
#include "journal/vault.h"
#include "journal/witness.h"
#include "platform/crypto/random.h"

namespace anlan::journal {
namespace {

// A row for comparing, whichever engine it comes from.
using Rows = std::vector<std::vector<std::string>>;

class CopyTest : public testing::Test {
 protected:
  // Facts in seven streams with all that belongs to a node; two entries are sealed and one of them erased, one fact is
  // another node's.
  void build(int count) {
    sql_ = start(from_, views_, kNoon);
    Writer writer(*sql_, "city");
    Vault vault(*sql_, master_, random_);
    sql_->begin();
    kept_ = vault.seal("虚构");
    erased_ = vault.seal("erased");
    for (const Sealed& entry : {kept_, erased_}) {
      vault.keep(entry, kNoon);
      append(writer, "person/" + entry.reference.id, 0, R"({"person":)" + to_json(entry.reference) + "}");
    }
    take_foreign();
    writer.follow();
    for (int i = 0; i < count - 3; ++i)
      append(writer, "s/" + std::to_string(i % 7), i / 7, R"({"text":"第 )" + std::to_string(i) + R"( 条"})");
    for (int i = 0; i < 1500; ++i)
      writer.keep_answer("desk" + std::to_string(i % 3), "k" + std::to_string(i), {201, "{}", i % count, {}});
    writer.keep_answer("cap/own/real", "urn:alert:1", {201, "01J", 1, {}});
    keep_credential(*sql_, "password/desk", "$argon2id$");
    note_received(*sql_, "county", {7, 5});
    quarantine(*sql_, "county", "town", "forged", "bytes", kNoon);
    note_ahead(*sql_, "county", kNoon);
    keep_returned(*sql_, "county", 9, "bytes");
    note_lost(*sql_, {"city", 1'000'001, 1'000'002});
    keep_node_health(*sql_, {"county", "county", "10.0.0.7", kNoon, {7, 5}, "{}"});
    EXPECT_TRUE(vault.destroy(erased_.reference.id));
    for (const Block& block : seal(*sql_, "city", a_key()))
      EXPECT_FALSE(keep(*sql_, countersign(block.header, "county", a_key(), kNoon)));
    sql_->commit();
    ASSERT_TRUE(sql_->scrub());
  }
  // Of a block of two the first.
  void take_foreign() {
    auto facts = Writer(*sql_, "county").append("county/1", 0, {note("county/1", "theirs")}, kNoon).value();
    apply(*sql_, views_, facts);
    facts.push_back(fact_of("county", 2));
    EXPECT_FALSE(keep(*sql_, part_of(block_of(facts), facts, {1})));
  }
  void append(Writer& writer, const std::string& stream, std::int64_t expected, const std::string& body) {
    NewFact fact = note(stream, "");
    fact.body = body;
    const auto done = writer.append(stream, expected, {fact}, kNoon);
    ASSERT_TRUE(done.has_value());
    apply(*sql_, views_, *done);
  }
  // Where the node may be moved to, one after the other.
  std::vector<std::string> places() const {
    if (!sql::TestStore::on_postgres()) return {second_.directory()};
    return {second_.where(), third_.directory()};
  }
  static std::string all(const Report& report) {
    std::string text;
    for (const Problem& p : report.problems)
      text += std::string(name_of(p.kind)) + " " + std::to_string(p.position) + " " + p.detail + "\n";
    return text;
  }
  static void expect_sound(const CopyReport& report) {
    EXPECT_TRUE(report.sound()) << all(report.source) << all(report.target);
  }
  // Every table of vault and journal as the engine itself lists them, with the names of its columns in front.
  // What processes tell each other is no history, what has still to leave the files is not in a copy.
  static inline const std::set<std::string> kOfTheStore{"writer",   "lease",        "presence", "spent",
                                                        "stranger", "view_edition", "scrub_due"};
  static std::map<std::string, Rows> content(const std::string& where) {
    const auto sql = sql::open(where, sql::Access::kInspect);
    std::map<std::string, Rows> tables;
    for (const auto& database : {"vault", "journal"})
      for (const std::string& table : column(*sql, list_of_tables(where, database)))
        if (!kOfTheStore.contains(table)) tables[table] = rows_of(*sql, where, database, table);
    return tables;
  }

  const sql::TestStore first_, second_, third_;
  const std::string from_ = first_.directory();
  CountingView view_;
  std::vector<Projection*> views_{&view_};
  crypto::SeededRandom random_{11};
  const crypto::Key master_ = crypto::random_key(random_);
  Sealed kept_, erased_;
  std::unique_ptr<sql::Connection> sql_;

 private:
  static std::string list_of_tables(const std::string& where, const std::string& database) {
    return sql::is_shared(where)
               ? "SELECT table_name::TEXT FROM information_schema.tables WHERE table_schema = '" + database + "'"
               : "SELECT name FROM " + database + ".sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  }
  static std::vector<std::string> column(sql::Connection& sql, const std::string& query) {
    const auto rows = sql.once(query);
    std::vector<std::string> found;
    while (rows->step()) found.emplace_back(rows->text(0));
    return found;
  }
  static Rows rows_of(sql::Connection& sql, const std::string& where, const std::string& database,
                      const std::string& table) {
    const std::string from = sql::is_shared(where)
                                 ? " FROM information_schema.columns WHERE table_schema = '" + database +
                                       "' AND table_name = '" + table + "' ORDER BY ordinal_position"
                                 : " FROM pragma_table_info('" + table + "', '" + database + "') ORDER BY cid";
    const bool shared = sql::is_shared(where);
    Rows all{column(sql, std::string(shared ? "SELECT column_name::TEXT" : "SELECT name") + from)};
    const auto types = column(sql, std::string(shared ? "SELECT data_type::TEXT" : "SELECT type") + from);
    std::string names;
    for (const std::string& name : all.front()) names += (names.empty() ? "" : ", ") + name;
    const auto rows = sql.once("SELECT " + names + " FROM " + database + "." + table);
    while (rows->step()) {
      auto& row = all.emplace_back();
      for (int i = 0; i < static_cast<int>(types.size()); ++i) {
        const bool number =
            types[static_cast<std::size_t>(i)] == "bigint" || types[static_cast<std::size_t>(i)] == "INTEGER";
        row.push_back(number ? std::to_string(rows->integer(i)) : std::string(rows->text(i)));
      }
    }
    std::ranges::sort(all.begin() + 1, all.end());
    return all;
  }
};

TEST_F(CopyTest, EveryTableIsEqualRowForRow) {
  build(2500);
  const auto before = content(from_);
  EXPECT_EQ(before.size(), 15u);
  sql_->begin();
  keep_lease(*sql_, "timers", {"a process", 1, 0});
  sql_->commit();
  for (const auto& [name, rows] : before) EXPECT_GT(rows.size(), 1u) << name << " shows nothing";
  const Hash last = read_at(*sql_, {2500}).front().hash;
  std::string from = from_;
  for (const std::string& to : places()) {
    const CopyReport report = copy(from, to, kNoon + std::chrono::hours(1));
    expect_sound(report);
    EXPECT_EQ(report.target.facts, 2500);
    EXPECT_EQ(report.target.head, last);
    EXPECT_TRUE(content(to) == before) << to;
    EXPECT_EQ(lease_of(*sql::open(to, sql::Access::kInspect), "timers"), Lease{});
    EXPECT_TRUE(verify(to).sound()) << all(verify(to));
    from = to;
  }
}

TEST_F(CopyTest, TheCopyGoesOnAsTheNode) {
  build(20);
  std::string from = from_;
  for (const std::string& to : places()) {
    expect_sound(copy(from, to, kNoon));
    from = to;
  }
  sql_ = start(from, views_, kNoon);
  auto& counted = sql_->prepare("SELECT facts FROM counted WHERE stream = 's/0'");
  EXPECT_TRUE(counted.step() && counted.integer(0) == 3);
  counted.reset();
  Vault vault(*sql_, master_, random_);
  EXPECT_EQ(vault.open(kept_.reference.id), "虚构");
  EXPECT_EQ(vault.open(erased_.reference.id), std::nullopt);
  Writer writer(*sql_, "city");
  EXPECT_EQ(writer.answer("cap/own/real", "urn:alert:1")->body, "01J");
  EXPECT_EQ(credential(*sql_, "password/desk"), "$argon2id$");
  EXPECT_EQ(writer.version("s/0"), 3);
  sql_->begin();
  const Sealed entry = vault.seal("later");
  vault.keep(entry, kNoon);
  append(writer, "s/0", 3, R"({"person":)" + to_json(entry.reference) + "}");
  sql_->commit();
  EXPECT_EQ(vault.open(entry.reference.id), "later");
  EXPECT_TRUE(verify(from).sound()) << all(verify(from));
}

// PostgreSQL counts the numbers of keys itself, and must go on behind those that came.
TEST_F(CopyTest, AnEntryCanBeSealedInEveryPlace) {
  build(20);
  std::string from = from_;
  for (const std::string& to : places()) {
    expect_sound(copy(from, to, kNoon));
    const auto sql = open(to, kNoon);
    Vault vault(*sql, master_, random_);
    sql->begin();
    const Sealed entry = vault.seal("here");
    vault.keep(entry, kNoon);
    sql->commit();
    EXPECT_EQ(vault.open(entry.reference.id), "here");
    from = to;
  }
}

TEST_F(CopyTest, AChangedFactIsNamedAndNothingOfTheCopyStarts) {
  build(2500);
  sql_->execute("UPDATE fact SET body = '{}' WHERE position = 1057");
  const std::string to = places().front();
  const CopyReport report = copy(from_, to, kNoon);
  EXPECT_FALSE(report.sound());
  ASSERT_NE(report.source.first_bad_fact(), nullptr);
  EXPECT_EQ(report.source.first_bad_fact()->position, 1057);
  EXPECT_EQ(report.source.first_bad_fact()->kind, ProblemKind::kHash);
  EXPECT_EQ(report.target.facts, 0);
  EXPECT_THROW(start(to, views_, kNoon), sql::Error);
  EXPECT_EQ(all(verify(to)), "unfinished 0 a copy into this store was broken off\n");
}

// The chain of what is left is whole; the views tell.
TEST_F(CopyTest, AJournalThatLostItsEndIsNotCopied) {
  build(20);
  sql_->execute("DELETE FROM fact WHERE position > 18");
  const CopyReport report = copy(from_, places().front(), kNoon);
  EXPECT_FALSE(report.sound());
  EXPECT_EQ(all(report.source), "shortened 0 a view knows position 20\n");
  EXPECT_THROW(open(places().front(), kNoon), sql::Error);
}

TEST_F(CopyTest, ADamagedAnswerIsFoundInTheTargetWhichDoesNotStart) {
  build(20);
  sql_->execute("UPDATE answer SET body = '[]' WHERE idempotency_key = 'k7'");
  const CopyReport report = copy(from_, places().front(), kNoon);
  EXPECT_TRUE(report.source.sound());
  EXPECT_FALSE(report.sound());
  EXPECT_EQ(all(report.target), "answer_changed 0 desk1 k7\n");
  EXPECT_THROW(open(places().front(), kNoon), sql::Error);
}

TEST_F(CopyTest, HalfACopyIsNoNodeAndNoSource) {
  struct BrokenOff {};
  build(10'400);
  const std::string to = places().front();
  EXPECT_THROW(copy(from_, to, kNoon, [](Position, Position) { throw BrokenOff(); }), BrokenOff);
  EXPECT_EQ(head(*sql::open(to, sql::Access::kInspect)), 10'000);
  EXPECT_FALSE(verify(to).sound());
  EXPECT_THROW(start(to, views_, kNoon), sql::Error);
  EXPECT_THROW(copy(to, third_.directory(), kNoon), sql::Error);
  EXPECT_THROW(copy(from_, to, kNoon), TargetNotNew);
}

// What is recorded while the copy is made is no part of it, and does it no harm.
TEST_F(CopyTest, ANodeAtWorkIsCopiedAsItStoodAtOneMoment) {
  std::string from = from_;
  build(10'400);
  for (const std::string& to : places()) {
    const auto writing = sql::open(from, sql::Access::kWrite);
    const CopyReport report = copy(from, to, kNoon, [&](Position, Position) {
      Writer writer(*writing, "city");
      Vault vault(*writing, master_, random_);
      writing->begin();
      const Sealed entry = vault.seal("meanwhile");
      vault.keep(entry, kNoon);
      ASSERT_TRUE(writer.append("late/1", 0, {note("late/1", to_json(entry.reference))}, kNoon));
      writer.keep_answer("desk", "late", {201, "{}", writer.head(), {}});
      writing->commit();
    });
    expect_sound(report);
    EXPECT_EQ(report.target.facts, 10'400);
    EXPECT_EQ(head(*writing), 10'401);
    EXPECT_EQ(Writer(*sql::open(to, sql::Access::kRead), "city").answer("desk", "late"), std::nullopt);
    from = to;
  }
}

TEST_F(CopyTest, NothingIsWrittenOverSomething) {
  build(20);
  const auto before = content(from_);
  std::string from = from_;
  for (const std::string& to : places()) {
    expect_sound(copy(from, to, kNoon));
    EXPECT_THROW(copy(from, to, kNoon), TargetNotNew);
    EXPECT_THROW(copy(from, from, kNoon), TargetNotNew);
    EXPECT_TRUE(content(to) == before);
    from = to;
  }
}

TEST_F(CopyTest, WhatIsSomebodyElsesIsLeftAlone) {
  build(20);
  std::ofstream(third_.directory() + "/note.txt") << "mine";
  EXPECT_THROW(copy(from_, third_.directory(), kNoon), TargetNotNew);
  EXPECT_FALSE(std::filesystem::exists(third_.directory() + "/journal.db"));
  if (!sql::TestStore::on_postgres()) return;
  sql::postgres::Session session(second_.where(), true);
  session.execute("CREATE TABLE public.other (x INTEGER)");
  EXPECT_THROW(copy(from_, second_.where(), kNoon), TargetNotNew);
  EXPECT_NO_THROW(session.execute("CREATE SCHEMA journal"));
}

TEST_F(CopyTest, AStoreOfAnotherFormIsLeftToItsOwnProgram) {
  build(20);
  const int next = migrations().back().number + 1;
  sql_->prepare("INSERT INTO migration (number, name, applied_at) VALUES (?, 'later', 0)").bind(next).run();
  EXPECT_THROW(copy(from_, places().front(), kNoon), sql::Error);
  EXPECT_THROW(copy(second_.directory(), third_.directory(), kNoon), sql::Error);
}

}  // namespace
}  // namespace anlan::journal
