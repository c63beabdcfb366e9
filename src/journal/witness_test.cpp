#include "journal/witness.h"

#include "journal/block_fixture.h"
#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

// Expected value: `openssl dgst -sm3` over the bytes that docs/journal-format.md prescribes.
TEST(Witness, SignsWhatTheFormatDescribes) {
  const auto seen = crypto::from_hex("90b9aa438edc71c393a91cc22fbe252e1717a548a9f3c99534984f8623f7aefe");
  const Witness witness{"n", 3, hash_in(*seen), "m", {}, kNoon};
  EXPECT_EQ(crypto::to_hex(hash_of(witness)), "e9ef8a0123d33d90f8c62401b8a85b427513efe4a8795a2ef10682d1c5b929e9");
}

TEST(Witness, IsSignedByTheNeighbourOverAllThatItSays) {
  const BlockHeader header = block_of(facts_of("county", 1, 5)).header;
  const Witness witness = countersign(header, "city", a_key(), kNoon);
  EXPECT_EQ(witness.node, "county");
  EXPECT_EQ(witness.last, 5);
  EXPECT_EQ(witness.hash, hash_of(header));
  EXPECT_TRUE(check(witness, its_public_key()));
  Witness changed = witness;
  changed.by = "town";
  EXPECT_FALSE(check(changed, its_public_key()));
  changed = witness;
  changed.node = "town";
  EXPECT_FALSE(check(changed, its_public_key()));
  changed = witness;
  ++changed.last;
  EXPECT_FALSE(check(changed, its_public_key()));
  changed = witness;
  changed.hash[7] ^= std::byte{1};
  EXPECT_FALSE(check(changed, its_public_key()));
  EXPECT_FALSE(check(witness, crypto::Sm2PublicKey(crypto::generate_sm2().public_pem)));
}

TEST_F(BlockStoreTest, NeighboursAreKeptAsWitnessesOfWhatTheySawFirst) {
  const BlockHeader header = block_of(facts_of("city", 1, 5)).header,
                    other = block_of(facts_of("city", 1, 5, "other")).header;
  const Witness county = countersign(header, "county", a_key(), kNoon);
  const Witness again = countersign(header, "county", a_key(), kNoon + Minutes(1));
  const Witness another = countersign(other, "county", a_key(), kNoon + Minutes(2));
  sql_->begin();
  EXPECT_FALSE(keep(*sql_, county));
  EXPECT_FALSE(keep(*sql_, countersign(header, "a town", a_key(), kNoon)));
  EXPECT_FALSE(keep(*sql_, again));
  const auto seen = keep(*sql_, another);
  sql_->commit();
  ASSERT_TRUE(seen.has_value());
  EXPECT_EQ(seen->hash, county.hash);
  const auto kept = witnesses_of(*sql_, "city", 5);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].by, "a town");
  EXPECT_EQ(kept[1].by, "county");
  EXPECT_EQ(kept[1].seen_at, kNoon);
  EXPECT_TRUE(check(kept[1], its_public_key()));
  EXPECT_TRUE(witnesses_of(*sql_, "city", 4).empty());
}

}  // namespace
}  // namespace anlan::journal
