#include "journal/block.h"

#include <algorithm>
#include <random>

#include "journal/block_fixture.h"
#include "journal/encoder.h"
#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

Hash joined(const Hash& left, const Hash& right) { return Encoder("anlan.node.1").add(left).add(right).finish(); }

// Three facts with so little in them that their bytes can be written by hand.
std::vector<Fact> plain_facts() {
  std::vector<Fact> facts(3);
  for (std::int64_t i = 1; i <= 3; ++i) {
    Fact& fact = facts[static_cast<std::size_t>(i - 1)];
    static_cast<NewFact&>(fact) = {"s", "t", {}, "a", "c", "real", "{}"};
    fact.node = "n";
    fact.node_sequence = fact.version = i;
  }
  return facts;
}

std::string shown(const std::vector<Run>& runs) {
  std::string text;
  for (const Run& run : runs) text += std::to_string(run.first) + "+" + std::to_string(run.leaves) + " ";
  return text;
}

std::vector<std::int64_t> some_of(const std::vector<std::int64_t>& all, std::mt19937& random) {
  std::vector<std::int64_t> some;
  const auto share = random() % 10 + 1;
  for (const std::int64_t sequence : all)
    if (random() % 10 < share) some.push_back(sequence);
  return some;
}

// Expected values: `openssl dgst -sm3` over the bytes that docs/journal-format.md prescribes.
TEST(Block, HashesAreAsTheFormatDescribes) {
  const auto facts = plain_facts();
  EXPECT_EQ(crypto::to_hex(leaf_of(facts[0])), "895ded419e9077fef2e27a7d200622ee42020126cfefbbe19561cad00790308f");
  const Block block = block_of(facts);
  EXPECT_EQ(crypto::to_hex(block.header.root), "b11a6fca95197614e4c9d363f5b7460b1b9c9b4927138d88a152fd8601bcf9f0");
  EXPECT_EQ(crypto::to_hex(hash_of(block.header)), "90b9aa438edc71c393a91cc22fbe252e1717a548a9f3c99534984f8623f7aefe");
  EXPECT_TRUE(its_public_key().verify(hash_of(block.header), block.signature));
}

TEST(Block, TheTreeSplitsAtTheLargestPowerOfTwoBelowTheCount) {
  const auto facts = facts_of("county", 11, 17);
  std::vector<Hash> l;
  for (const Fact& fact : facts) l.push_back(leaf_of(fact));
  const Hash left = joined(joined(l[0], l[1]), joined(l[2], l[3]));
  EXPECT_EQ(block_of(facts, Hash{std::byte{1}}).header.root, joined(left, joined(joined(l[4], l[5]), l[6])));
  EXPECT_EQ(block_of(std::span(facts).first(1), Hash{std::byte{1}}).header.root, l[0]);
}

TEST(Block, ALeafIsWhatEveryStoreHoldsOfAFactAlike) {
  Fact fact = fact_of("county", 5), here = fact;
  here.position = 900;
  here.previous_hash.fill(std::byte{7});
  here.hash.fill(std::byte{8});
  EXPECT_EQ(leaf_of(here), leaf_of(fact));
}

TEST(Block, LeavesOutTheLargestRunsWithoutAWantedFact) {
  const BlockHeader eight{"n", 1, 8, {}, {}}, seven{"n", 11, 17, {}, {}};
  EXPECT_EQ(shown(left_out(eight, from_to(3, 3))), "1+2 4+1 5+4 ");
  EXPECT_EQ(shown(left_out(eight, from_to(4, 5))), "1+2 3+1 6+1 7+2 ");
  EXPECT_EQ(shown(left_out(eight, {})), "1+8 ");
  EXPECT_EQ(shown(left_out(eight, from_to(1, 8))), "");
  EXPECT_EQ(shown(left_out(seven, from_to(17, 17))), "11+4 15+2 ");
}

TEST(Block, AnyPartHoldsAndAnyPartOfAPart) {
  std::mt19937 random(4);
  const auto all = facts_of("county", 1, kMostInBlock);
  for (int round = 0; round < 40; ++round) {
    const auto count = static_cast<std::int64_t>(round < 4 ? round + 1 : random() % kMostInBlock + 1);
    const std::span<const Fact> facts(all.data(), static_cast<std::size_t>(count));
    const Block block = block_of(facts);
    const auto wide = some_of(from_to(1, count), random), narrow = some_of(wide, random);
    const Part first = part_of(block, facts, wide);
    EXPECT_EQ(sequences_of(first.facts), wide);
    EXPECT_EQ(check(first, its_public_key()), PartFault::kNone);
    const auto second = narrowed(first, narrow);
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(sequences_of(second->facts), narrow);
    EXPECT_EQ(check(*second, its_public_key()), PartFault::kNone);
    EXPECT_EQ(second->hashes, part_of(block, facts, narrow).hashes);
  }
}

TEST(Block, NothingIsMadeOfAPartThatIsNotInIt) {
  const auto facts = facts_of("county", 1, 20);
  const Block block = block_of(facts);
  const Part part = part_of(block, facts, {3, 4, 9});
  EXPECT_FALSE(narrowed(part, std::vector<std::int64_t>{3, 5}));
  EXPECT_FALSE(narrowed(part, std::vector<std::int64_t>{4, 3}));
  EXPECT_FALSE(narrowed(part, std::vector<std::int64_t>{4, 4}));
  EXPECT_FALSE(narrowed(part, std::vector<std::int64_t>{0}));
  EXPECT_FALSE(narrowed(part, std::vector<std::int64_t>{21}));
  EXPECT_TRUE(narrowed(part, {})->facts.empty());
}

// Of several parts a store may have both the facts of a run and its hash: neither hides that the other was changed.
TEST(Block, WhatIsInsideARunGoesBeforeAHashGivenForIt) {
  auto facts = facts_of("county", 1, 8);
  const Block block = block_of(facts);
  const Hash left = part_of(block, facts, from_to(5, 8)).hashes.front();
  Held whole(block, facts, {{{1, 4}, left}});
  EXPECT_EQ(whole.root(), block.header.root);
  EXPECT_FALSE(whole.contradicted());
  Held changed_hash(block, facts, {{{1, 4}, Hash{std::byte{1}}}});
  EXPECT_EQ(changed_hash.root(), block.header.root);
  EXPECT_TRUE(changed_hash.contradicted());
  facts[1].body = "{}";
  Held changed_fact(block, facts, {{{1, 4}, left}});
  EXPECT_NE(changed_fact.root(), block.header.root);
  EXPECT_TRUE(changed_fact.contradicted());
}

class HostilePartTest : public testing::Test {
 protected:
  PartFault fault() const { return check(part_, its_public_key()); }

  const std::vector<Fact> facts_ = facts_of("county", 1, 21);
  const Block block_ = block_of(facts_);
  Part part_ = part_of(block_, facts_, {2, 3, 9, 10, 21});
};

TEST_F(HostilePartTest, AnyFlippedBitOfAHashOrTheRootIsFound) {
  ASSERT_EQ(part_.hashes.size(), 6u);
  for (Hash& hash : part_.hashes)
    for (int bit = 0; bit < 256; bit += 3) {
      const std::byte mask{static_cast<unsigned char>(1u << bit % 8)};
      hash[static_cast<std::size_t>(bit / 8)] ^= mask;
      EXPECT_EQ(fault(), PartFault::kUnsound);
      hash[static_cast<std::size_t>(bit / 8)] ^= mask;
    }
  part_.block.header.root[31] ^= std::byte{1};
  EXPECT_EQ(fault(), PartFault::kForged);
  EXPECT_FALSE(holds(part_));
}

TEST_F(HostilePartTest, AnyChangedFieldOfAFactIsFound) {
  Fact& fact = part_.facts[2];
  const Fact before = fact;
  const auto expect_found = [&](auto change) {
    change(fact);
    EXPECT_EQ(fault(), PartFault::kUnsound);
    fact = before;
  };
  expect_found([](Fact& f) { f.stream += " "; });
  expect_found([](Fact& f) { ++f.version; });
  expect_found([](Fact& f) { f.type = "note.gone"; });
  expect_found([](Fact& f) { f.occurred_at += Milliseconds(1); });
  expect_found([](Fact& f) { f.recorded_at -= Milliseconds(1); });
  expect_found([](Fact& f) { f.actor = "leader"; });
  expect_found([](Fact& f) { f.cause.clear(); });
  expect_found([](Fact& f) { f.world = "drill"; });
  expect_found([](Fact& f) { f.body.back() = ' '; });
  expect_found([](Fact& f) { std::swap(f.actor, f.cause); });
  expect_found([](Fact& f) { --f.node_sequence; });
  expect_found([](Fact& f) { f.node_sequence += 2; });
  EXPECT_EQ(fault(), PartFault::kNone);
}

TEST_F(HostilePartTest, FactsAreOfTheBlock) {
  part_.facts[2].node = "city";
  EXPECT_EQ(fault(), PartFault::kForeign);
  part_.facts[2] = facts_[8];
  part_.facts.back().node_sequence = 22;
  EXPECT_EQ(fault(), PartFault::kForeign);
  part_.facts.back() = facts_[20];
  part_.facts.front().node_sequence = 0;
  EXPECT_EQ(fault(), PartFault::kForeign);
}

TEST_F(HostilePartTest, FactsComeInOrderAndOnce) {
  std::swap(part_.facts[0], part_.facts[1]);
  EXPECT_EQ(fault(), PartFault::kUnsound);
  std::swap(part_.facts[0], part_.facts[1]);
  part_.facts.insert(part_.facts.begin(), part_.facts.front());
  EXPECT_EQ(fault(), PartFault::kUnsound);
}

TEST_F(HostilePartTest, NoFactAndNoHashIsLeftOverOrMissing) {
  const Part before = part_;
  part_.hashes.push_back(part_.hashes.back());
  EXPECT_EQ(fault(), PartFault::kUnsound);
  part_ = before;
  part_.hashes.pop_back();
  EXPECT_EQ(fault(), PartFault::kUnsound);
  part_ = before;
  part_.facts.pop_back();
  EXPECT_EQ(fault(), PartFault::kUnsound);
  part_ = before;
  part_.facts.push_back(facts_[20]);
  EXPECT_EQ(fault(), PartFault::kUnsound);
  part_ = before;
  std::swap(part_.hashes[0], part_.hashes[1]);
  EXPECT_EQ(fault(), PartFault::kUnsound);
  part_ = before;
  part_.hashes.clear();
  part_.facts.clear();
  EXPECT_EQ(fault(), PartFault::kUnsound);
}

// The hash of an inner node in the place of a leaf, its two children in its own place, and it in the place of both.
TEST_F(HostilePartTest, AHashStandsForItsOwnRunAlone) {
  const auto four = facts_of("county", 1, 4);
  const Block block = block_of(four);
  const Hash left = joined(leaf_of(four[0]), leaf_of(four[1]));
  Part part = part_of(block, four, {3, 4});
  ASSERT_EQ(part.hashes, std::vector<Hash>{left});
  part.hashes = {leaf_of(four[0]), leaf_of(four[1])};
  EXPECT_FALSE(holds(part));
  Part two{{{"county", 1, 2, block.header.root, {}}, {}}, {}, {left, joined(leaf_of(four[2]), leaf_of(four[3]))}};
  EXPECT_FALSE(holds(two));
  two.block.header.last = 3;
  two.facts = {fact_of("county", 3)};
  EXPECT_FALSE(holds(two));
  Part whole = part_of(block, four, {});
  EXPECT_TRUE(holds(whole));
  whole.block.header.last = 3;  // the same root said to be of fewer facts
  EXPECT_EQ(check(whole, its_public_key()), PartFault::kForged);
}

TEST_F(HostilePartTest, NoWordOfTheHeaderCanBeChanged) {
  const BlockHeader before = part_.block.header;
  BlockHeader& header = part_.block.header;
  for (Fact& fact : part_.facts) fact.node = "city";
  header.node = "city";
  EXPECT_EQ(fault(), PartFault::kForged);
  part_ = part_of(block_, facts_, {2});
  ++part_.block.header.last;
  EXPECT_EQ(fault(), PartFault::kForged);
  header = before;
  header.previous[0] = std::byte{1};
  EXPECT_EQ(fault(), PartFault::kMalformed);
  header = before;
  header.last = kMostInBlock + 1;
  EXPECT_EQ(fault(), PartFault::kMalformed);
  header = before;
  header.first = 0;
  EXPECT_EQ(fault(), PartFault::kMalformed);
  header = before;
  header.first = header.last = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(fault(), PartFault::kMalformed);
}

TEST_F(HostilePartTest, TheSignatureIsOfThisNodeOverThisHeader) {
  const crypto::Sm2KeyPair other = crypto::generate_sm2();
  EXPECT_EQ(check(part_, crypto::Sm2PublicKey(other.public_pem)), PartFault::kForged);
  part_.block.signature = sign(block_of(facts_of("county", 1, 20)).header, a_key()).signature;
  EXPECT_EQ(fault(), PartFault::kForged);
  part_.block.signature = block_.signature;
  for (std::byte& byte : part_.block.signature) {
    byte ^= std::byte{0x10};
    EXPECT_EQ(fault(), PartFault::kForged);
    byte ^= std::byte{0x10};
  }
  part_.block.signature.clear();
  EXPECT_EQ(fault(), PartFault::kForged);
}

}  // namespace
}  // namespace anlan::journal
