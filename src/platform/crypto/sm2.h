#pragma once
// SM2 signatures (GB/T 32918.2) over SM3, with the signer's id that GB/T 35276 sets by default, and SM2 encryption
// (GB/T 32918.4). Keys are PEM text.

#include <memory>
#include <optional>
#include <string>

#include "platform/crypto/encoding.h"

namespace anlan::crypto {

struct Sm2KeyPair {
  std::string private_pem, public_pem;
};

// From the operating system's randomness, which the library takes itself.
Sm2KeyPair generate_sm2();

// A key read once and used often. Throws std::invalid_argument where the text is no SM2 key. Thread safe.
class Sm2PrivateKey {
 public:
  explicit Sm2PrivateKey(const std::string& pem);
  Bytes sign(std::span<const std::byte> message) const;  // DER, another one at each call
  // What was encrypted for this key; nullopt for whatever was not, also for bytes of any form.
  std::optional<Bytes> decrypt(std::span<const std::byte> cipher) const;

 private:
  std::shared_ptr<void> key_;
};

class Sm2PublicKey {
 public:
  // Throws std::invalid_argument like the private one.
  explicit Sm2PublicKey(const std::string& pem);
  // False for whatever is no signature of this message by the holder of the private key, also for bytes of any form.
  bool verify(std::span<const std::byte> message, std::span<const std::byte> signature) const;
  // DER (GB/T 35276), another one at each call. For keys: costs two multiplications on the curve however short it is.
  Bytes encrypt(std::span<const std::byte> plain) const;

 private:
  std::shared_ptr<void> key_;
};

}  // namespace anlan::crypto
