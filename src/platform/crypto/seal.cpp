#include "platform/crypto/seal.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "base/result.h"
#include "platform/crypto/sm3.h"

namespace anlan::crypto {
namespace {

constexpr std::byte kForm{1};
constexpr std::size_t kIv = 16, kCheck = 32, kHead = 1 + kIv;
static_assert(kSealOverhead == kHead + kCheck);

const unsigned char* raw(std::span<const std::byte> b) { return reinterpret_cast<const unsigned char*>(b.data()); }

// Fetched once and never freed: looking it up costs more than a short text.
const EVP_CIPHER* algorithm() {
  static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "SM4-CTR", nullptr);
  ANLAN_ASSERT(fetched != nullptr);
  return fetched;
}

// Encrypts, and, CTR being its own reverse, decrypts.
Bytes sm4_ctr(const Key& key, std::span<const std::byte> iv, std::span<const std::byte> data) {
  const Digest working = hmac_sm3(key, bytes_of("anlan.seal.cipher"));
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                EVP_CIPHER_CTX_free);
  ANLAN_ASSERT(EVP_EncryptInit_ex2(context.get(), algorithm(), raw(working), raw(iv), nullptr) == 1);
  Bytes result(data.size());
  int length = 0;
  ANLAN_ASSERT(EVP_EncryptUpdate(context.get(), reinterpret_cast<unsigned char*>(result.data()), &length, raw(data),
                                 static_cast<int>(data.size())) == 1);
  return result;
}

// Over the length of the context too, so that no byte can move between context and body.
Digest check_value(const Key& key, std::string_view context, std::span<const std::byte> body) {
  const Digest working = hmac_sm3(key, bytes_of("anlan.seal.mac"));
  Bytes covered(8);
  for (int i = 0; i < 8; ++i) covered[i] = static_cast<std::byte>(std::uint64_t{context.size()} >> (8 * (7 - i)));
  std::ranges::copy(bytes_of(context), std::back_inserter(covered));
  std::ranges::copy(body, std::back_inserter(covered));
  return hmac_sm3(working, covered);
}

}  // namespace

Key random_key(Random& random) {
  Key key;
  random.fill(key);
  return key;
}

Bytes seal(const Key& key, std::string_view context, std::span<const std::byte> plain, Random& random) {
  Bytes sealed(kHead);
  sealed[0] = kForm;
  random.fill(std::span(sealed).subspan(1, kIv));
  std::ranges::copy(sm4_ctr(key, std::span(sealed).subspan(1, kIv), plain), std::back_inserter(sealed));
  std::ranges::copy(check_value(key, context, sealed), std::back_inserter(sealed));
  return sealed;
}

std::optional<Bytes> unseal(const Key& key, std::string_view context, std::span<const std::byte> sealed) {
  if (sealed.size() < kSealOverhead || sealed[0] != kForm) return std::nullopt;
  const auto body = sealed.first(sealed.size() - kCheck);
  if (!equal_in_constant_time(check_value(key, context, body), sealed.last(kCheck))) return std::nullopt;
  return sm4_ctr(key, body.subspan(1, kIv), body.subspan(kHead));
}

}  // namespace anlan::crypto
