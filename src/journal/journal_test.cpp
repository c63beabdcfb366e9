#include "journal/journal.h"

#include "journal/fact_hash.h"
#include "journal/fixture.h"
#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

TEST_F(JournalTest, NumbersFactsInTheFileTheNodeAndTheStream) {
  open();
  add("a", 0, {note("a", "one"), note("a", "two")});
  const auto third = add("b", 0, {note("b", "three")}).front();
  EXPECT_EQ(third.position, 3);
  EXPECT_EQ(third.node_sequence, 3);
  EXPECT_EQ(third.version, 1);
  EXPECT_EQ(third.node, "city");
  EXPECT_EQ(read_at(*sql_, {2}).front().version, 2);
}

TEST_F(JournalTest, ReadsBackWhatWasAppended) {
  open();
  const auto done = add("a", 0, {note("a", "text with \"quotes\" and 䶮")});
  const auto read = read_at(*sql_, {1});
  ASSERT_EQ(read.size(), 1);
  EXPECT_EQ(read.front().body, done.front().body);
  EXPECT_EQ(read.front().hash, done.front().hash);
  EXPECT_EQ(read.front().occurred_at, kNoon);
  EXPECT_EQ(hash_of(read.front()), read.front().hash);
  EXPECT_TRUE(read_at(*sql_, {2}).empty());
}

TEST_F(JournalTest, RefusesAStreamThatIsAtAnotherVersion) {
  open();
  add("a", 0, {note("a", "one")});
  Writer writer(*sql_, "city");
  sql_->begin();
  EXPECT_FALSE(writer.append("a", 0, {note("a", "stale")}, kNoon));
  EXPECT_FALSE(writer.append("a", 2, {note("a", "ahead")}, kNoon));
  sql_->commit();
  EXPECT_EQ(head(*sql_), 1);
}

TEST_F(JournalTest, ChainsEachFactToTheOneBefore) {
  open();
  fill(5);
  const auto facts = read_after(*sql_, 0, 10);
  ASSERT_EQ(facts.size(), 5u);
  EXPECT_EQ(facts[0].previous_hash, Hash{});
  for (std::size_t i = 1; i < facts.size(); ++i) EXPECT_EQ(facts[i].previous_hash, facts[i - 1].hash);
}

TEST_F(JournalTest, FollowsWhatAnotherWriterAppended) {
  open();
  Writer writer(*sql_, "city");
  add("a", 0, {note("a", "by another"), note("a", "too")});
  sql_->begin();
  const auto others = writer.follow();
  ASSERT_EQ(others.size(), 2u);
  EXPECT_EQ(others[1].body, R"({"text":"too"})");
  EXPECT_EQ(writer.version("a"), 2);
  const auto next = writer.append("a", 2, {note("a", "next")}, kNoon);
  sql_->commit();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->front().position, 3);
  EXPECT_EQ(next->front().node_sequence, 3);
  EXPECT_EQ(next->front().previous_hash, others[1].hash);
}

TEST_F(JournalTest, AWriterThatMissedAFactCannotFork) {
  open();
  Writer writer(*sql_, "city");
  add("a", 0, {note("a", "by another")});
  sql_->begin();
  EXPECT_THROW(
      {
        writer.append("b", 0, {note("b", "at a position that is taken")}, kNoon);
        sql_->commit();
      },
      sql::UniqueViolation);
  sql_->rollback();
  EXPECT_EQ(head(*sql_), 1);
}

TEST_F(JournalTest, KeepsAnswersByActorAndKey) {
  open();
  Writer writer(*sql_, "city");
  sql_->begin();
  writer.keep_answer("desk", "k1", {201, "{}", 7, Hash{std::byte{9}}});
  sql_->commit();
  const auto found = writer.answer("desk", "k1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->status, 201);
  EXPECT_EQ(found->position, 7);
  EXPECT_EQ(found->digest[0], std::byte{9});
  EXPECT_FALSE(writer.answer("leader", "k1"));
}

// Of a batch: what is kept, what is not, and what the batch itself keeps under a key that it has recalled.
TEST_F(JournalTest, RecalledAnswersAreAsThoseAskedForOneByOne) {
  open();
  Writer writer(*sql_, "city");
  sql_->begin();
  writer.keep_answer("desk", "k1", {201, "one", 1, {}});
  writer.keep_answer("leader", "k2", {201, "of another", 2, {}});
  sql_->commit();
  sql_->begin();
  writer.follow();
  writer.recall("desk", {"k1", "k2", "k3", "k3", "k4"});
  EXPECT_EQ(writer.answer("desk", "k1")->body, "one");
  EXPECT_FALSE(writer.answer("desk", "k2"));
  EXPECT_FALSE(writer.answer("desk", "k3"));
  writer.keep_answer("desk", "k3", {200, "three", 3, {}});
  EXPECT_EQ(writer.answer("desk", "k3")->body, "three");
  sql_->commit();
  sql_->begin();
  writer.follow();
  EXPECT_EQ(writer.answer("desk", "k3")->body, "three");
  sql_->rollback();
}

TEST_F(JournalTest, ARepeatedAnswerIsAUniqueViolation) {
  open();
  Writer writer(*sql_, "city");
  sql_->begin();
  writer.keep_answer("desk", "k1", {200, "first", 0, {}});
  sql_->commit();
  sql_->begin();
  EXPECT_THROW(
      {
        writer.keep_answer("desk", "k1", {200, "second", 0, {}});
        sql_->commit();
      },
      sql::UniqueViolation);
  sql_->rollback();
  EXPECT_EQ(writer.answer("desk", "k1")->body, "first");
}

TEST_F(JournalTest, ReadersSeeACommitFromTheirNextBeginOn) {
  open();
  fill(1);
  const auto reader = sql::open(where_, sql::Access::kRead);
  reader->begin();
  EXPECT_EQ(head(*reader), 1);
  add("b", 0, {note("b", "later")});
  EXPECT_EQ(head(*reader), 1);
  reader->commit();
  EXPECT_EQ(head(*reader), 2);
  EXPECT_THROW(reader->execute("DELETE FROM fact"), sql::Error);
}

TEST_F(JournalTest, ReadsAStreamFromAVersionOn) {
  open();
  fill(21);
  const auto facts = read_stream(*sql_, "s/3", 1);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].version, 2);
  EXPECT_EQ(facts[1].body, R"({"text":"fact 18"})");
}

// Expected value: `openssl dgst -sm3` over the bytes that docs/journal-format.md prescribes.
TEST(FactHash, IsAsTheFormatDescribes) {
  Fact fact;
  fact.position = 1;
  fact.node = "n";
  fact.node_sequence = 1;
  fact.stream = "s";
  fact.version = 1;
  fact.type = "t";
  fact.actor = "a";
  fact.cause = "c";
  fact.world = "real";
  fact.body = "{}";
  EXPECT_EQ(crypto::to_hex(hash_of(fact)), "2a813d5ca7be69a12c517c9544be461bbab6b02df754483393783c0b63164736");
}

}  // namespace
}  // namespace anlan::journal
