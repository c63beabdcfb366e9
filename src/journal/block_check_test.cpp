#include "journal/block_check.h"

#include <limits>

#include "base/fields.h"
#include "journal/block_fixture.h"
#include "journal/chain_check.h"
#include "journal/verify.h"
#include "journal/witness.h"

namespace anlan::journal {
namespace {

class BlockCheckTest : public BlockStoreTest {
 protected:
  // Own blocks 1-256, 257-300 and 301-302; of the county's history two blocks that follow each other, and a later one.
  void SetUp() override {
    BlockStoreTest::SetUp();
    fill(300);
    seal_all();
    for (const Block* block : {&early_, &next_, &late_})
      EXPECT_FALSE(receive(part_of(*block, facts_of("county", block->header.first, block->header.last),
                                   {block->header.first + 3, block->header.first + 4})));
    add("own", 0, {note("own", "between"), note("own", "and again")});
    seal_all();
    sql_->begin();
    EXPECT_FALSE(keep(*sql_, countersign(last_block(*sql_, "city")->header, "county", a_key(), kNoon)));
    sql_->commit();
  }
  // A fact of the last block, with a hash that fits.
  void change_and_hash_anew() {
    Fact fact = read_at(*sql_, {308}).front();
    fact.body = "{}";
    sql_->prepare("UPDATE fact SET body = ?, hash = ? WHERE position = 308")
        .bind(fact.body)
        .bind_blob(hash_of(fact))
        .run();
  }
  std::string told() {
    std::string text;
    for (const Problem& p : verify(where_).problems)
      text += std::string(name_of(p.kind)) + " " + std::to_string(p.position) + " " + p.detail + "\n";
    return text;
  }
  // Another hash into a column of a block.
  void overwrite(const char* text, const std::string& node, std::int64_t first) {
    sql_->prepare(text).bind_blob(Hash{std::byte{4}}).bind(node).bind(first).run();
  }
  // What somebody does who can sign for the node: its blocks are made anew over changed facts.
  void seal_anew() {
    sql_->execute("DELETE FROM block WHERE node = 'city'");
    seal_all();
  }

  const Block early_ = block_of(facts_of("county", 11, 20), Hash{std::byte{1}}),
              next_ = block_of(facts_of("county", 21, 30), hash_of(early_.header)),
              late_ = block_of(facts_of("county", 91, 99), Hash{std::byte{2}});
};

TEST_F(BlockCheckTest, OwnAndForeignBlocksAreSound) {
  const Report report = verify(where_);
  EXPECT_EQ(told(), "");
  EXPECT_EQ(report.facts, 308);
}

TEST_F(BlockCheckTest, FactsOfOthersComeInAnyOrderAndOnce) {
  take(fact_of("town", 900));
  take(fact_of("town", 3));
  take(fact_of("town", 899));
  EXPECT_EQ(told(), "");
  if (!sql::TestStore::on_postgres()) return;  // the other engine cannot be made to take one twice
  sql_->execute("ALTER TABLE fact DROP CONSTRAINT fact_node_node_sequence_key");
  Fact again = fact_of("town", 3);
  again.stream = "another";
  take(again);
  EXPECT_EQ(told(), "node_sequence 312 node_sequence\n");
}

TEST(NumbersSeen, ComeOnceInAnyOrder) {
  NumbersSeen seen;
  for (const std::int64_t number : {4095, 1, 4096, 4097, 1'000'000'000, 2}) EXPECT_TRUE(seen.add(number)) << number;
  for (const std::int64_t number : {2, 4096, 4095, 1, 4097, 1'000'000'000}) EXPECT_FALSE(seen.add(number)) << number;
  EXPECT_TRUE(seen.add(std::numeric_limits<std::int64_t>::max()));
  EXPECT_TRUE(seen.add(3));
  for (const std::int64_t none : {0, -1, -4096}) EXPECT_FALSE(seen.add(none)) << none;
}

TEST_F(BlockCheckTest, OwnFactsAreNumberedWithoutAGap) {
  take(fact_of("city", 304));
  EXPECT_EQ(told(), "node_sequence 309 node_sequence\n");
}

TEST_F(BlockCheckTest, AFactHashedAnewShowsInItsBlock) {
  change_and_hash_anew();
  EXPECT_EQ(told(), "block_root 0 city 301-302\n");
}

TEST_F(BlockCheckTest, AForeignFactOrHashThatWasChangedShowsInItsBlock) {
  Fact fact = read_of_node(*sql_, "county", 95, 95).front();
  fact.actor = "x";
  sql_->prepare("UPDATE fact SET actor = ? WHERE node = 'county' AND node_sequence = 95").bind(fact.actor).run();
  overwrite("UPDATE block_hash SET hash = ? WHERE node = ? AND first = ? AND begins = 13", "county", 11);
  EXPECT_EQ(told(), "hash 306 content\nblock_root 0 county 11-20\nblock_root 0 county 91-99\n");
}

TEST_F(BlockCheckTest, AHashBesideTheFactsUnderItIsLookedAtToo) {
  const auto facts = facts_of("county", 91, 99);
  EXPECT_FALSE(receive(part_of(late_, facts, {99})));
  EXPECT_EQ(told(), "");
  overwrite("UPDATE block_hash SET hash = ? WHERE node = ? AND first = ? AND begins = 91 AND leaves = 8", "county", 91);
  EXPECT_EQ(told(), "block_root 0 county 91-99\n");
}

TEST_F(BlockCheckTest, AChangedHeaderIsNamedOnce) {
  overwrite("UPDATE block SET root = ? WHERE node = ? AND first = ?", "city", 1);
  overwrite("UPDATE block SET hash = ? WHERE node = ? AND first = ?", "county", 11);
  sql_->execute("UPDATE block SET last = 2000 WHERE node = 'county' AND first = 91");
  EXPECT_EQ(told(), "block_changed 0 city 1-256\nblock_changed 0 county 11-20\nblock_changed 0 county 91-2000\n");
}

TEST_F(BlockCheckTest, AMissingOwnBlockIsNamed) {
  sql_->execute("DELETE FROM block WHERE node = 'city' AND first = 257");
  EXPECT_EQ(told(), "block_chain 0 city 301-302\n");
}

TEST_F(BlockCheckTest, AForeignBlockMayBeMissingWhereNoneFollowsIt) {
  sql_->execute("DELETE FROM block WHERE node = 'county' AND first = 11");
  EXPECT_EQ(told(), "");
}

TEST_F(BlockCheckTest, ABlockThatDoesNotNameTheOneBeforeIsNamed) {
  for (const std::string node : {"city", "county"}) {
    Block block = blocks_after(*sql_, node, node == "city" ? 256 : 20, 1).front();
    block.header.previous = Hash{std::byte{9}};
    sql_->prepare("UPDATE block SET previous = ?, hash = ? WHERE node = ? AND first = ?")
        .bind_blob(block.header.previous)
        .bind_blob(hash_of(block.header))
        .bind(node)
        .bind(block.header.first)
        .run();
  }
  EXPECT_EQ(told(), "block_chain 0 city 257-300\nblock_chain 0 city 301-302\nblock_chain 0 county 21-30\n");
}

// With the node's own key all can be made anew but for what a neighbour has signed.
TEST_F(BlockCheckTest, AHistoryThatWasWrittenAnewIsNotTheOneItsNeighbourSaw) {
  change_and_hash_anew();
  seal_anew();
  EXPECT_EQ(told(), "block_witness 0 city 302 county\n");
}

}  // namespace
}  // namespace anlan::journal
