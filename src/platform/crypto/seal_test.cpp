#include "platform/crypto/seal.h"

#include <gtest/gtest.h>

#include "platform/crypto/random.h"

namespace anlan::crypto {
namespace {

class Seal : public testing::Test {
 protected:
  SeededRandom random_{1};
  const Key key_ = random_key(random_);
};

TEST_F(Seal, OpensToWhatWasSealed) {
  for (const std::string text : {"", "a", R"({"name":"虚构","telephone":"000"})"}) {
    const Bytes sealed = seal(key_, "entry", bytes_of(text), random_);
    EXPECT_EQ(sealed.size(), text.size() + kSealOverhead);
    const auto opened = unseal(key_, "entry", sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(text_of(*opened), text);
  }
}

TEST_F(Seal, DoesNotShowItsTextNorRepeatItself) {
  const std::string text(64, 'x');
  const Bytes first = seal(key_, "entry", bytes_of(text), random_);
  EXPECT_EQ(text_of(first).find("xxxx"), std::string_view::npos);
  EXPECT_NE(first, seal(key_, "entry", bytes_of(text), random_));
}

TEST_F(Seal, RefusesAnotherKeyContextOrAnyChangedByte) {
  Bytes sealed = seal(key_, "entry", bytes_of("text"), random_);
  EXPECT_FALSE(unseal(random_key(random_), "entry", sealed));
  EXPECT_FALSE(unseal(key_, "other", sealed));
  for (std::byte& b : sealed) {
    b ^= std::byte{1};
    EXPECT_FALSE(unseal(key_, "entry", sealed));
    b ^= std::byte{1};
  }
  sealed.pop_back();
  EXPECT_FALSE(unseal(key_, "entry", sealed));
  EXPECT_FALSE(unseal(key_, "entry", {}));
}

// Made with `openssl enc -sm4-ctr` and `openssl dgst -mac hmac` as docs/journal-format.md prescribes.
TEST_F(Seal, OpensAnEntryMadeByOtherMeans) {
  const auto sealed = from_hex(
      "01000102030405060708090a0b0c0d0e0fb3341686236f9d69aa984619184efa5801d3c458c225d3c5e07fec1b29ea1ef51fe57c45");
  const auto opened = unseal(Key{}, "id", *sealed);
  ASSERT_TRUE(opened);
  EXPECT_EQ(text_of(*opened), "text");
}

}  // namespace
}  // namespace anlan::crypto
