#include "platform/crypto/sm3.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/result.h"

namespace anlan::crypto {
namespace {

// Fetched once: looking an algorithm up costs more than hashing a fact.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SM3", nullptr);
  ANLAN_ASSERT(fetched != nullptr);
  return fetched;
}

unsigned char* raw(std::byte* p) { return reinterpret_cast<unsigned char*>(p); }

}  // namespace

struct Sm3::Context {
  EVP_MD_CTX* state = EVP_MD_CTX_new();
  Context() = default;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(state); }

  void start() { ANLAN_ASSERT(EVP_DigestInit_ex(state, algorithm(), nullptr) == 1); }
};

Sm3::Sm3() : context_(std::make_unique<Context>()) { context_->start(); }
Sm3::~Sm3() = default;
Sm3::Sm3(Sm3&&) noexcept = default;
Sm3& Sm3::operator=(Sm3&&) noexcept = default;

Sm3& Sm3::update(std::span<const std::byte> data) {
  ANLAN_ASSERT(EVP_DigestUpdate(context_->state, data.data(), data.size()) == 1);
  return *this;
}

Sm3& Sm3::update(std::string_view text) { return update(std::as_bytes(std::span(text))); }

Digest Sm3::finish() {
  Digest digest;
  ANLAN_ASSERT(EVP_DigestFinal_ex(context_->state, raw(digest.data()), nullptr) == 1);
  context_->start();
  return digest;
}

Digest sm3(std::span<const std::byte> data) { return Sm3().update(data).finish(); }

Digest sm3(std::string_view text) { return Sm3().update(text).finish(); }

// RFC 2104 with the block of 64 bytes that SM3 has.
Digest hmac_sm3(std::span<const std::byte> key, std::span<const std::byte> data) {
  std::array<std::byte, 64> block{};
  if (key.size() > block.size()) {
    const Digest shortened = sm3(key);
    std::copy(shortened.begin(), shortened.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  std::array<std::byte, 64> inner, outer;
  for (std::size_t i = 0; i < block.size(); ++i) {
    inner[i] = block[i] ^ std::byte{0x36};
    outer[i] = block[i] ^ std::byte{0x5c};
  }
  Sm3 hash;
  const Digest inside = hash.update(inner).update(data).finish();
  return hash.update(outer).update(inside).finish();
}

}  // namespace anlan::crypto
