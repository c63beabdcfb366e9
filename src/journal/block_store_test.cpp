#include "journal/block_store.h"

#include <algorithm>
#include <random>

#include "journal/block_fixture.h"

namespace anlan::journal {
namespace {

TEST_F(BlockStoreTest, OwnFactsAreSealedOnceInChainedBlocks) {
  fill(600);
  const auto blocks = seal_all();
  ASSERT_EQ(blocks.size(), 3u);
  Hash previous{};
  std::int64_t first = 1;
  for (const Block& block : blocks) {
    EXPECT_EQ(block.header.node, "city");
    EXPECT_EQ(block.header.first, first);
    EXPECT_EQ(block.header.last, std::min<std::int64_t>(first + 255, 600));
    EXPECT_EQ(block.header.previous, previous);
    EXPECT_TRUE(its_public_key().verify(hash_of(block.header), block.signature));
    previous = hash_of(block.header);
    first = block.header.last + 1;
  }
  EXPECT_EQ(blocks[2].header.root, block_of(read_of_node(*sql_, "city", 513, 600), previous).header.root);
  EXPECT_TRUE(seal_all().empty());
  add("s/0", 86, {note("s/0", "later")});
  const auto more = seal_all();
  ASSERT_EQ(more.size(), 1u);
  EXPECT_EQ(more[0].header.first, 601);
  EXPECT_EQ(more[0].header.last, 601);
  EXPECT_EQ(more[0].header.previous, previous);
}

TEST_F(BlockStoreTest, FactsOfOthersLieInNoBlockOfThisNode) {
  fill(3);
  for (const Fact& fact : facts_of("county", 1, 5)) take(fact);
  add("late", 0, {note("late", "own")});
  const auto blocks = seal_all();
  ASSERT_EQ(blocks.size(), 1u);
  EXPECT_EQ(blocks[0].header.last, 4);
}

TEST_F(BlockStoreTest, NothingIsSealedOverAMissingFact) {
  fill(10);
  sql_->execute("DELETE FROM fact WHERE node_sequence = 6");
  sql_->begin();
  try {
    seal(*sql_, "city", a_key());
    ADD_FAILURE();
  } catch (const sql::Error& error) {
    EXPECT_TRUE(error.corrupt);
    EXPECT_STREQ(error.what(), "a fact of this node before its number 7 is gone");
  }
  sql_->rollback();
}

TEST_F(BlockStoreTest, LargeFactsEndABlockEarly) {
  std::vector<NewFact> large(10, note("large", std::string(1'000'000, 'x')));
  add("large", 0, large);
  add("huge", 0, {note("huge", std::string(9'000'000, 'x')), note("huge", "small")});
  std::vector<std::int64_t> lasts;
  for (const Block& block : seal_all()) lasts.push_back(block.header.last);
  EXPECT_EQ(lasts, (std::vector<std::int64_t>{8, 10, 11, 12}));
}

TEST_F(BlockStoreTest, BlocksAreReadBehindASequence) {
  fill(600);
  const auto blocks = seal_all();
  const auto firsts = [&](std::int64_t sequence, std::int64_t limit) {
    std::vector<std::int64_t> found;
    for (const Block& block : blocks_after(*sql_, "city", sequence, limit)) found.push_back(block.header.first);
    return found;
  };
  EXPECT_EQ(firsts(0, 9), (std::vector<std::int64_t>{1, 257, 513}));
  EXPECT_EQ(firsts(255, 9), (std::vector<std::int64_t>{1, 257, 513}));
  EXPECT_EQ(firsts(256, 9), (std::vector<std::int64_t>{257, 513}));
  EXPECT_EQ(firsts(0, 1), (std::vector<std::int64_t>{1}));
  EXPECT_EQ(firsts(600, 9), (std::vector<std::int64_t>{}));
  const auto last = last_block(*sql_, "city");
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->header, blocks[2].header);
  EXPECT_EQ(last->signature, blocks[2].signature);
  EXPECT_FALSE(last_block(*sql_, "county"));
}

TEST_F(BlockStoreTest, PartsAreMadeOfOwnBlocksWhileTheirFactsAreWhole) {
  fill(300);
  seal_all();
  const std::vector<std::int64_t> wanted{257, 270, 300};
  const auto made = part(*sql_, "city", 257, wanted);
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(check(*made, its_public_key()), PartFault::kNone);
  EXPECT_EQ(sequences_of(made->facts), wanted);
  EXPECT_EQ(made->facts[1].body, R"({"text":"fact 270"})");
  EXPECT_FALSE(part(*sql_, "city", 258, wanted));
  EXPECT_FALSE(part(*sql_, "city", 257, from_to(256, 257)));
  EXPECT_FALSE(part(*sql_, "city", 257, from_to(300, 301)));
  sql_->execute("UPDATE fact SET body = '{}' WHERE node_sequence = 260");
  EXPECT_FALSE(part(*sql_, "city", 257, wanted));
}

// Three lines bring three parts of one block; what is held together can be given on, and nothing else.
TEST_F(BlockStoreTest, PartsOfAForeignBlockAddUp) {
  const auto facts = facts_of("county", 1, 100);
  const Block block = block_of(facts);
  std::mt19937 random(8);
  EXPECT_FALSE(receive(part_of(block, facts, {})));
  EXPECT_TRUE(holds(part(*sql_, "county", 1, {}).value()));
  EXPECT_FALSE(part(*sql_, "county", 1, from_to(7, 7)));
  std::vector<std::int64_t> held;
  for (const auto& came : {std::vector<std::int64_t>{7, 8, 60}, {100}, {7, 9, 61, 62}, {7, 8, 60}}) {
    EXPECT_FALSE(receive(part_of(block, facts, came)));
    held.insert(held.end(), came.begin(), came.end());
    std::ranges::sort(held);
    held.erase(std::unique(held.begin(), held.end()), held.end());
    for (int round = 0; round < 10; ++round) {
      std::vector<std::int64_t> wanted;
      for (const std::int64_t sequence : held)
        if (round == 0 || random() % 2 == 0) wanted.push_back(sequence);
      const auto made = part(*sql_, "county", 1, wanted);
      ASSERT_TRUE(made.has_value());
      EXPECT_EQ(check(*made, its_public_key()), PartFault::kNone);
      EXPECT_EQ(made->hashes, part_of(block, facts, wanted).hashes);
    }
    EXPECT_FALSE(part(*sql_, "county", 1, from_to(10, 10)));
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM block"), 1);
  EXPECT_EQ(last_block(*sql_, "county")->signature, block.signature);
  EXPECT_TRUE(sound(*sql_, block));
}

TEST_F(BlockStoreTest, APartThatCameTwiceIsKeptOnce) {
  const auto facts = facts_of("county", 1, 9);
  Block block = block_of(facts);
  EXPECT_FALSE(receive(part_of(block, facts, {2})));
  const std::int64_t hashes = count("SELECT COUNT(*) FROM block_hash");
  EXPECT_EQ(hashes, 4);
  const Block again = sign(block.header, a_key());  // every signature is another one
  ASSERT_NE(again.signature, block.signature);
  EXPECT_FALSE(receive(part_of(again, facts, {2})));
  EXPECT_EQ(count("SELECT COUNT(*) FROM block_hash"), hashes);
  EXPECT_EQ(count("SELECT COUNT(*) FROM block"), 1);
}

// Each of them well signed: what a node restored from a backup makes when it goes on.
class ForkTest : public BlockStoreTest {
 protected:
  void SetUp() override {
    BlockStoreTest::SetUp();
    EXPECT_FALSE(receive(part_of(middle_, facts_, from_to(12, 13))));
  }
  void expect_fork(const std::vector<Fact>& facts, const Hash& previous) {
    const Block came = block_of(facts, previous);
    const auto fork = receive(part_of(came, facts, sequences_of(facts)));
    ASSERT_TRUE(fork.has_value());
    EXPECT_EQ(fork->held.header, middle_.header);
    EXPECT_EQ(fork->held.signature, middle_.signature);
    EXPECT_EQ(fork->came.header, came.header);
    EXPECT_EQ(count("SELECT COUNT(*) FROM block"), 1);
    EXPECT_EQ(count("SELECT COUNT(*) FROM fact"), 2);
  }
  void expect_none(const std::vector<Fact>& facts, const Hash& previous) {
    EXPECT_FALSE(receive(part_of(block_of(facts, previous), facts, sequences_of(facts))));
  }

  const std::vector<Fact> before_ = facts_of("county", 1, 10), facts_ = facts_of("county", 11, 20);
  const Block first_ = block_of(before_), middle_ = block_of(facts_, hash_of(first_.header));
};

TEST_F(ForkTest, IsAnotherBlockAtTheSamePlace) {
  expect_fork(facts_of("county", 11, 20, "other"), hash_of(first_.header));
  expect_fork(facts_, Hash{std::byte{5}});
}

TEST_F(ForkTest, IsABlockThatOverlapsAnother) {
  expect_fork(facts_of("county", 11, 19), hash_of(first_.header));
  expect_fork(facts_of("county", 11, 21), hash_of(first_.header));
  expect_fork(facts_of("county", 20, 30), Hash{std::byte{5}});
  expect_fork(facts_of("county", 1, 11), {});
  expect_fork(facts_of("county", 14, 15), Hash{std::byte{5}});
  expect_fork(facts_of("county", 1, 256), {});
}

TEST_F(ForkTest, IsANeighbourThatNamesAnotherOneBeforeIt) {
  expect_fork(facts_of("county", 21, 22), Hash{std::byte{5}});
  expect_fork(facts_of("county", 1, 10, "other"), {});
}

TEST_F(ForkTest, IsNoneWhereTheChainGoesOnOrLeavesOut) {
  expect_none(before_, {});
  expect_none(facts_of("county", 21, 22), hash_of(middle_.header));
  expect_none(facts_of("county", 40, 41), Hash{std::byte{5}});
  expect_none(facts_of("town", 15, 30), Hash{std::byte{6}});
  EXPECT_EQ(count("SELECT COUNT(*) FROM block"), 5);
}

}  // namespace
}  // namespace anlan::journal
