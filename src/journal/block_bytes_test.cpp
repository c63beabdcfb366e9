#include "journal/block_bytes.h"

#include <algorithm>
#include <random>

#include "journal/block_fixture.h"
#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

// The part for the second of three facts with so little in them that its bytes can be written by hand.
constexpr std::string_view kHead = "01016e0102b11a6fca95197614e4c9d363f5b7460b1b9c9b4927138d88a152fd8601bcf9f003736967";
constexpr std::string_view kFact =
    "010101730201740000016101630472"
    "65616c027b7d";
constexpr std::string_view kHashes =
    "895ded419e9077fef2e27a7d200622ee42020126cfefbbe19561cad00790308f"
    "1f2c00506e73ea57488fd5dfe5bf8efe66948f57302adc28292fbf61dab07bc8";

std::optional<Part> part_of_hex(const std::string& hex) {
  const auto bytes = crypto::from_hex(hex);
  EXPECT_TRUE(bytes.has_value()) << hex;
  return part_in(crypto::text_of(*bytes));
}
// Head, and then this in the place of facts and hashes.
std::optional<Part> behind_head(std::string_view hex) { return part_of_hex(std::string(kHead).append(hex)); }

void expect_equal(const Part& a, const Part& b) {
  EXPECT_EQ(a.block.header, b.block.header);
  EXPECT_EQ(a.block.signature, b.block.signature);
  EXPECT_EQ(a.hashes, b.hashes);
  ASSERT_EQ(a.facts.size(), b.facts.size());
  for (std::size_t i = 0; i < a.facts.size(); ++i) EXPECT_EQ(leaf_of(a.facts[i]), leaf_of(b.facts[i]));
}

TEST(BlockBytes, AreAsTheFormatDescribes) {
  const auto part = behind_head(std::string(kFact) + std::string(kHashes));
  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->block.header.node, "n");
  EXPECT_EQ(part->block.header.first, 1);
  EXPECT_EQ(part->block.header.last, 3);
  EXPECT_EQ(part->block.header.previous, Hash{});
  EXPECT_EQ(crypto::text_of(part->block.signature), "sig");
  ASSERT_EQ(part->facts.size(), 1u);
  const Fact& fact = part->facts[0];
  EXPECT_EQ(fact.node, "n");
  EXPECT_EQ(fact.node_sequence, 2);
  EXPECT_EQ(fact.version, 2);
  EXPECT_EQ(fact.stream + fact.type + fact.actor + fact.cause + fact.world + fact.body, "stacreal{}");
  EXPECT_TRUE(holds(*part));
  EXPECT_EQ(crypto::to_hex(crypto::bytes_of(to_bytes(*part))),
            std::string(kHead) + std::string(kFact) + std::string(kHashes));
}

TEST(BlockBytes, GiveBackAnyPart) {
  std::mt19937 random(2);
  const auto facts = facts_of("county", 1000, 1000 + kMostInBlock - 1, "北塬\u3000😀");
  const Block block = block_of(facts, Hash{std::byte{3}});
  for (unsigned share = 0; share <= 8; ++share) {
    std::vector<std::int64_t> wanted;
    for (const Fact& fact : facts)
      if (random() % 8 < share) wanted.push_back(fact.node_sequence);
    Part part = part_of(block, facts, wanted);
    if (!part.facts.empty()) part.facts[0].occurred_at = from_ms(-62'135'596'800'000);
    const auto again = part_in(to_bytes(part));
    ASSERT_TRUE(again.has_value());
    expect_equal(*again, part);
  }
}

TEST(BlockBytes, NoFlippedBitGoesUnnoticed) {
  const auto facts = facts_of("county", 5, 16);
  std::string bytes = to_bytes(part_of(block_of(facts, Hash{std::byte{3}}), facts, {6, 7, 12}));
  ASSERT_EQ(check(*part_in(bytes), its_public_key()), PartFault::kNone);
  int read = 0;
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const char mask = static_cast<char>(1u << bit % 8);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
    const auto part = part_in(bytes);
    if (part) {
      EXPECT_NE(check(*part, its_public_key()), PartFault::kNone) << "bit " << bit;
      ++read;
    }
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ mask);
  }
  EXPECT_GT(read, 1000);
}

TEST(BlockBytes, AreReadWholeOrNotAtAll) {
  const auto facts = facts_of("county", 1, 12);
  const std::string bytes = to_bytes(part_of(block_of(facts), facts, {6, 7}));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(part_in(std::string_view(bytes).substr(0, size)));
  EXPECT_FALSE(part_in(bytes + '\0'));
  EXPECT_FALSE(part_in(bytes + bytes));
}

TEST(BlockBytes, AreOfThisForm) {
  EXPECT_TRUE(part_of_hex(std::string(kHead) + std::string(kFact) + std::string(kHashes)));
  EXPECT_FALSE(part_of_hex("02" + std::string(kHead).substr(2) + std::string(kFact) + std::string(kHashes)));
  EXPECT_FALSE(part_of_hex("00" + std::string(kHead).substr(2) + std::string(kFact) + std::string(kHashes)));
}

TEST(BlockBytes, HaveOneFormForEachNumber) {
  const std::string hashes(kHashes);
  EXPECT_TRUE(
      behind_head("0101017302017400000161016304"
                  "7265616c027b7d" +
                  hashes));
  EXPECT_FALSE(
      behind_head("810001017302017400000161016304"
                  "7265616c027b7d" +
                  hashes));                                                            // one fact, in two bytes
  EXPECT_FALSE(behind_head("0101017382000174000001610163047265616c027b7d" + hashes));  // version 2, in two bytes
}

TEST(BlockBytes, NumbersLieInTheirRanges) {
  const std::string hashes(kHashes);
  const auto with = [&](const std::string& skipped, const std::string& version, const std::string& moment) {
    return behind_head("01" + skipped + "0173" + version + "0174" + moment +
                       "00"
                       "01610163047265616c027b7d" +
                       hashes)
        .has_value();
  };
  EXPECT_TRUE(with("01", "02", "00"));
  EXPECT_TRUE(with("01", "808080808080808040", "00"));     // 2^62
  EXPECT_TRUE(with("01", "02", "feeffea1fa9d73"));         // 9999-12-31T23:59:59.999Z
  EXPECT_FALSE(with("01", "02", "80f0fea1fa9d73"));        // a millisecond later
  EXPECT_FALSE(with("01", "00", "00"));                    // versions begin with 1
  EXPECT_FALSE(with("01", "818080808080808040", "00"));    // 2^62 + 1
  EXPECT_FALSE(with("01", "ffffffffffffffffff01", "00"));  // 2^64 - 1
  EXPECT_FALSE(with("01", "82808080808080808002", "00"));  // 2 and a bit beyond the 64th
  EXPECT_FALSE(with("01", "828080808080808080808000", "00"));
  EXPECT_FALSE(with("03", "02", "00"));                    // behind the end of the block
  EXPECT_FALSE(with("ffffffffffffffffff01", "02", "00"));  // -1
}

TEST(BlockBytes, ACountThatNothingStandsBehindTakesNoMemory) {
  EXPECT_FALSE(behind_head("ffffffffffffffffff01"));
  EXPECT_FALSE(behind_head("04" + std::string(kFact).substr(2)));
  EXPECT_FALSE(behind_head("0101ffffffffffffffffff01"));
  EXPECT_FALSE(behind_head("0101808040"));  // a stream of 1 MiB
  EXPECT_FALSE(part_of_hex("01ffffffff0f"));
}

TEST(BlockBytes, TextsAreUtf8WithoutNul) {
  const std::string hashes(kHashes);
  const auto with_body = [&](const std::string& hex) {
    return behind_head("01010173020174000001610163047265616c" + hex + hashes).has_value();
  };
  EXPECT_TRUE(with_body("03e4b8ad"));
  EXPECT_FALSE(with_body("0100"));
  EXPECT_FALSE(with_body("02e4b8"));
  EXPECT_FALSE(with_body("03eda080"));
  EXPECT_FALSE(with_body("02c080"));
  EXPECT_FALSE(
      part_of_hex("01"
                  "01"
                  "ff" +
                  std::string(kHead).substr(6) + std::string(kFact) + hashes));  // the node
}

TEST(BlockBytes, LargeOnesAreReadUpToTheLimits) {
  std::vector<Fact> facts = facts_of("county", 1, 20);
  const auto read = [&] { return part_in(to_bytes(part_of(block_of(facts), facts, from_to(1, 20)))).has_value(); };
  facts[3].body = std::string(kMostBodyBytes, 'x');
  facts[4].stream = std::string(kMostTextBytes, 'x');
  EXPECT_TRUE(read());
  facts[3].body += 'x';
  EXPECT_FALSE(read());
  facts[3].body.clear();
  facts[4].stream += 'x';
  EXPECT_FALSE(read());
  facts[4].stream.clear();
  for (Fact& fact : facts) fact.body = std::string(kMostBodyBytes - 300'000, 'x');
  EXPECT_TRUE(read());
  for (Fact& fact : facts) fact.body = std::string(kMostBodyBytes, 'x');
  EXPECT_FALSE(read());
}

}  // namespace
}  // namespace anlan::journal
