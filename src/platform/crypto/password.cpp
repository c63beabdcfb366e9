#include "platform/crypto/password.h"

#include <sodium.h>

#include <array>

#include "base/result.h"

namespace anlan::crypto {

std::string hash_password(std::string_view password, PasswordCost cost) {
  ANLAN_ASSERT(sodium_init() >= 0);
  std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
  ANLAN_ASSERT(
      crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost.passes, cost.memory_bytes) == 0);
  return text.data();
}

bool verify_password(const std::string& hash, std::string_view password) {
  return crypto_pwhash_argon2id_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool is_outdated(const std::string& hash, PasswordCost cost) {
  return crypto_pwhash_argon2id_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace anlan::crypto
