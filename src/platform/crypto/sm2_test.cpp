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

TEST(Sm2, RefusesWhatIsNoKey) {
  EXPECT_THROW(Sm2PrivateKey("text"), std::invalid_argument);
  EXPECT_THROW(Sm2PublicKey(generate_sm2().private_pem), std::invalid_argument);
}

}  // namespace
}  // namespace anlan::crypto
