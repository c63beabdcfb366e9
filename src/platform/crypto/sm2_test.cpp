#include "platform/crypto/sm2.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace anlan::crypto {
namespace {

TEST(Sm2, VerifiesItsOwnSignatureAndNoOther) {
  const Sm2KeyPair pair = generate_sm2(), other = generate_sm2();
  const Bytes signature = Sm2PrivateKey(pair.private_pem).sign(bytes_of("head"));
  const Sm2PublicKey open(pair.public_pem);
  EXPECT_TRUE(open.verify(bytes_of("head"), signature));
  EXPECT_FALSE(open.verify(bytes_of("heap"), signature));
  EXPECT_FALSE(Sm2PublicKey(other.public_pem).verify(bytes_of("head"), signature));
  EXPECT_FALSE(open.verify(bytes_of("head"), bytes_of("no signature")));
}

TEST(Sm2, WhatIsEncryptedForAKeyOpensWithItAloneAndWhole) {
  const Sm2KeyPair pair = generate_sm2(), other = generate_sm2();
  const Bytes cipher = Sm2PublicKey(pair.public_pem).encrypt(bytes_of("a key of thirty-two bytes, or so."));
  EXPECT_NE(cipher, Sm2PublicKey(pair.public_pem).encrypt(bytes_of("a key of thirty-two bytes, or so.")));
  const Sm2PrivateKey own(pair.private_pem);
  const auto plain = own.decrypt(cipher);
  ASSERT_TRUE(plain);
  EXPECT_EQ(text_of(*plain), "a key of thirty-two bytes, or so.");
  EXPECT_FALSE(Sm2PrivateKey(other.private_pem).decrypt(cipher));
  for (std::size_t i = 0; i < cipher.size(); ++i) {
    Bytes changed = cipher;
    changed[i] ^= std::byte{1};
    EXPECT_FALSE(own.decrypt(changed)) << i;
    EXPECT_FALSE(own.decrypt(std::span(cipher).first(i))) << i;
  }
  EXPECT_FALSE(own.decrypt(bytes_of("no cipher")));
}

TEST(Sm2, RefusesWhatIsNoKey) {
  EXPECT_THROW(Sm2PrivateKey("text"), std::invalid_argument);
  EXPECT_THROW(Sm2PublicKey(generate_sm2().private_pem), std::invalid_argument);
}

}  // namespace
}  // namespace anlan::crypto
