#include "journal/verify.h"

#include <fstream>
#include <random>
#include <regex>

#include "base/fields.h"
#include "journal/fact_hash.h"
#include "journal/fixture.h"
#include "journal/vault.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/random.h"

namespace anlan::journal {
namespace {

class VerifyTest : public JournalTest {
 protected:
  // 200 facts, one of them with a sealed entry, and an answer; the logs emptied.
  void build() {
    open();
    fill(199);
    crypto::SeededRandom random(3);
    Vault vault(*sql_, crypto::Key{}, random);
    Writer writer(*sql_, "city");
    sql_->begin();
    NewFact person = note("person/1", "");
    const Sealed entry = vault.seal("虚构");
    vault.keep(entry, kNoon);
    person.body = R"({"person":)" + to_json(entry.reference) + "}";
    const auto done = writer.append("person/1", 0, {person}, kNoon);
    apply(*sql_, views_, *done);
    writer.keep_answer("desk", "k1", {201, "{}", 200, {}});
    sql_->commit();
  }
  void close() {
    ASSERT_TRUE(sql_->checkpoint());
    sql_.reset();
  }
  // As somebody with the engine's own tool would; statements of one line.
  void tamper(const std::string& text) {
    close();
    if (sql::TestStore::on_postgres()) {
      const std::string zeros =
          std::regex_replace(text, std::regex(R"(zeroblob\(32\))"), "x'" + std::string(64, '0') + "'");
      sql::open(where_, sql::Access::kWrite)
          ->execute(std::regex_replace(zeros, std::regex("x'([0-9a-f]*)'"), "decode('$1', 'hex')"));
      return;
    }
    const std::string command = "sqlite3 '" + where_ + "/journal.db' \"" + text + "\"";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  std::string contents(const std::string& name) {
    std::ifstream file(where_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // Changes one bit or more of one byte; a second time undoes it.
  void flip(const std::string& name, std::size_t at, unsigned bits) {
    std::fstream file(where_ + "/" + name, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const int before = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(static_cast<unsigned>(before) ^ bits));
  }
  // Flips bytes all over a file, one at a time, the first ones without a gap; each must be found.
  void expect_each_flip_found(const std::string& name, std::size_t gap) {
    const std::size_t size = std::filesystem::file_size(where_ + "/" + name);
    std::mt19937 random(1);
    for (std::size_t at = 0; at < size; at += at < 100 ? 1 : 1 + random() % gap) {
      const unsigned bits = 1u << random() % 8;
      flip(name, at, bits);
      EXPECT_FALSE(verify(where_).sound()) << "byte " << at;
      flip(name, at, bits);
    }
    EXPECT_TRUE(verify(where_).sound());
  }
  static std::string first_bad(const Report& report) {
    const Problem* bad = report.first_bad_fact();
    return bad == nullptr ? "none"
                          : std::to_string(bad->position) + " " + bad->stream + " " + std::string(name_of(bad->kind)) +
                                " " + bad->detail;
  }
  static std::string all(const Report& report) {
    std::string text;
    for (const Problem& p : report.problems)
      text += std::string(name_of(p.kind)) + " " + std::to_string(p.position) + " " + p.detail + "\n";
    return text;
  }
};

class VerifyFilesTest : public VerifyTest {
 protected:
  void SetUp() override {
    if (sql::TestStore::on_postgres()) GTEST_SKIP() << "the other engine has no such files";
  }
};

TEST_F(VerifyTest, ASoundNodeHasNoProblem) {
  build();
  const Hash last = read_at(*sql_, {200}).front().hash;
  for (const bool at_work : {true, false}) {
    if (!at_work) close();
    const Report report = verify(where_);
    EXPECT_TRUE(report.sound()) << all(report);
    EXPECT_EQ(report.facts, 200);
    EXPECT_EQ(report.head, last);
  }
}

TEST_F(VerifyTest, NamesAFactChangedWithAnotherTool) {
  build();
  tamper("UPDATE fact SET body = '{}' WHERE position = 57");
  const Report report = verify(where_);
  EXPECT_EQ(first_bad(report), "57 s/0 hash content");
  EXPECT_EQ(report.facts, 200);
}

TEST_F(VerifyTest, NamesAnyColumnOfAFactThatWasChanged) {
  build();
  tamper(
      "UPDATE fact SET occurred_at = occurred_at + 1 WHERE position = 3;"
      "UPDATE fact SET actor = 'x' WHERE position = 5; UPDATE fact SET world = 'drill' WHERE position = 7;"
      "UPDATE fact SET hash = zeroblob(32) WHERE position = 9;"
      "UPDATE fact SET previous_hash = zeroblob(32) WHERE position = 11;"
      "UPDATE fact SET version = 900 WHERE position = 13; UPDATE fact SET node = 'y' WHERE position = 15");
  std::map<Position, std::string> told;
  for (const Problem& p : verify(where_).problems)
    if (p.position != 0) told[p.position] += std::string(name_of(p.kind)) + ":" + p.detail + " ";
  EXPECT_EQ(told[3], "hash:content ");
  EXPECT_EQ(told[5], "hash:content ");
  EXPECT_EQ(told[7], "hash:content ");
  EXPECT_EQ(told[9], "hash:hash ");
  EXPECT_EQ(told[11], "previous_hash:previous_hash ");
  EXPECT_EQ(told[13], "hash:content stream_version:version ");
  EXPECT_EQ(told[15], "hash:content ");
  EXPECT_EQ(told.count(4) + told.count(10) + told.count(12), 0u);
}

TEST_F(VerifyTest, NamesTheFirstFactThatIsMissing) {
  build();
  tamper("DELETE FROM fact WHERE position IN (50, 51)");
  EXPECT_EQ(first_bad(verify(where_)), "50  gap up to position 51");
}

TEST_F(VerifyTest, NamesAFactThatWasReplacedAndHashedAnew) {
  build();
  Fact fact = read_at(*sql_, {50}).front();
  fact.body = R"({"text":"forged"})";
  sql_->prepare("UPDATE fact SET body = ?, hash = ? WHERE position = 50")
      .bind(fact.body)
      .bind_blob(hash_of(fact))
      .run();
  close();
  EXPECT_EQ(first_bad(verify(where_)), "51 s/1 previous_hash previous_hash");
}

TEST_F(VerifyTest, NoticesThatTheLastFactsAreMissing) {
  build();
  tamper("DELETE FROM fact WHERE position > 198");
  EXPECT_NE(all(verify(where_)).find("shortened 0 a view knows position 200"), std::string::npos);
}

TEST_F(VerifyTest, NoticesChangedAnswersAndSealedEntries) {
  build();
  tamper("UPDATE answer SET body = '[]'; UPDATE sealed SET cipher = x'00'");
  const std::string told = all(verify(where_));
  EXPECT_NE(told.find("answer_changed 0 desk k1"), std::string::npos);
  EXPECT_NE(told.find("sealed_changed 0"), std::string::npos);
}

TEST_F(VerifyTest, NamesTheFactWhoseSealedEntryIsMissingOrAnotherOne) {
  build();
  tamper("UPDATE sealed SET sm3 = zeroblob(32)");
  EXPECT_TRUE(first_bad(verify(where_)).starts_with("200 person/1 sealed_changed"));
  open();
  tamper("DELETE FROM sealed");
  EXPECT_TRUE(first_bad(verify(where_)).starts_with("200 person/1 sealed_missing"));
}

TEST_F(VerifyFilesTest, FindsEveryFlippedByteOfTheJournal) {
  build();
  close();
  expect_each_flip_found("journal.db", 399);
}

TEST_F(VerifyFilesTest, NamesTheFactWhoseTextHasAFlippedByte) {
  build();
  close();
  const std::string sound = contents("journal.db");
  for (const int fact : {1, 2, 64, 100, 199}) {
    const std::size_t at = sound.find("\"fact " + std::to_string(fact) + "\"") + 3;
    flip("journal.db", at, 1);
    const Report report = verify(where_);
    EXPECT_TRUE(first_bad(report).starts_with(std::to_string(fact) + " s/")) << all(report);
    EXPECT_NE(all(report).find("journal.db: page "), std::string::npos);
    flip("journal.db", at, 1);
  }
}

TEST_F(VerifyFilesTest, FindsEveryFlippedByteOfTheVault) {
  build();
  close();
  expect_each_flip_found("vault.db", 199);
}

// A node that was killed: its log holds frames that are in no file yet.
TEST_F(VerifyFilesTest, FindsEveryFlippedByteOfTheLog) {
  build();
  for (int i = 0; i < 8; ++i) add("w/" + std::to_string(i), 0, {note("w/" + std::to_string(i), "in the log")});
  sql_.reset();
  expect_each_flip_found("journal.db-wal", 399);
}

TEST_F(VerifyFilesTest, ANodeIsNotStartedOnADamagedLog) {
  build();
  for (int i = 0; i < 8; ++i) add("w/" + std::to_string(i), 0, {note("w/" + std::to_string(i), "in the log")});
  sql_.reset();
  const std::size_t size = std::filesystem::file_size(where_ + "/journal.db-wal");
  for (std::size_t at = 0; at < size; at += at < 100 ? 5 : 997) {
    flip("journal.db-wal", at, 4);
    try {
      open();
      ADD_FAILURE() << "byte " << at;
    } catch (const sql::Error& error) {
      EXPECT_TRUE(error.corrupt) << error.what();
    }
    flip("journal.db-wal", at, 4);
  }
  open();
  EXPECT_EQ(head(*sql_), 208);
}

// It is not synced at each commit: a power cut may leave it so, and views are made of the journal.
TEST_F(VerifyFilesTest, ALogOfViewsMayBeTornAndIsMadeGood) {
  build();
  for (int i = 0; i < 8; ++i) add("w/" + std::to_string(i), 0, {note("w/" + std::to_string(i), "in the log")});
  sql_.reset();
  for (const int part : {2, 4, 8}) {
    const std::size_t at = std::filesystem::file_size(where_ + "/view.db-wal") / static_cast<std::size_t>(part);
    flip("view.db-wal", at, 4);
    EXPECT_TRUE(verify(where_).sound()) << all(verify(where_));
    flip("view.db-wal", at, 4);
  }
  flip("view.db-wal", std::filesystem::file_size(where_ + "/view.db-wal") / 2, 4);
  open();
  EXPECT_EQ(seen(*sql_), 208);
}

}  // namespace
}  // namespace anlan::journal
