#include "platform/crypto/sm2.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdexcept>
#include <string_view>

#include "base/result.h"

namespace anlan::crypto {
namespace {

constexpr std::string_view kSigner = "1234567812345678";

template <class T, void (*kFree)(T*)>
struct Free {
  void operator()(T* p) const { kFree(p); }
};
using PkeyPtr = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;
using PkeyContextPtr = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX, EVP_MD_CTX_free>>;
using BioPtr = std::unique_ptr<BIO, Free<BIO, BIO_free_all>>;

EVP_PKEY* key_in(const std::shared_ptr<void>& held) { return static_cast<EVP_PKEY*>(held.get()); }

std::string text_in(BIO* bio) {
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(length)};
}

using Reader = EVP_PKEY* (*)(BIO*, EVP_PKEY**, pem_password_cb*, void*);

std::shared_ptr<void> read_key(const std::string& pem, Reader reader) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  // Without this a protected key would ask for its password on the terminal.
  const auto no_password = [](char*, int, int, void*) { return 0; };
  PkeyPtr key(reader(bio.get(), nullptr, no_password, nullptr));
  ERR_clear_error();
  if (key == nullptr || EVP_PKEY_is_a(key.get(), "SM2") != 1) throw std::invalid_argument("this is no SM2 key");
  return std::shared_ptr<void>(key.release(), [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); });
}

// The id that enters the hash of every SM2 signature. The context must outlive the work with the digest context.
PkeyContextPtr signer_context(EVP_PKEY* key, EVP_MD_CTX* digest) {
  PkeyContextPtr context(EVP_PKEY_CTX_new(key, nullptr));
  ANLAN_ASSERT(EVP_PKEY_CTX_set1_id(context.get(), kSigner.data(), kSigner.size()) == 1);
  EVP_MD_CTX_set_pkey_ctx(digest, context.get());
  return context;
}

const unsigned char* raw(std::span<const std::byte> b) { return reinterpret_cast<const unsigned char*>(b.data()); }

using Step = int (*)(EVP_PKEY_CTX*, unsigned char*, std::size_t*, const unsigned char*, std::size_t);

// Encrypts or decrypts; the first call tells how much may come out.
std::optional<Bytes> turn(EVP_PKEY* key, int (*begin)(EVP_PKEY_CTX*), Step step, std::span<const std::byte> bytes) {
  const PkeyContextPtr context(EVP_PKEY_CTX_new(key, nullptr));
  std::size_t length = 0;
  ANLAN_ASSERT(begin(context.get()) == 1);
  Bytes result;
  bool turned = step(context.get(), nullptr, &length, raw(bytes), bytes.size()) == 1;
  if (turned) {
    result.resize(length);
    turned =
        step(context.get(), reinterpret_cast<unsigned char*>(result.data()), &length, raw(bytes), bytes.size()) == 1;
    result.resize(turned ? length : 0);
  }
  ERR_clear_error();
  return turned ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace

Sm2KeyPair generate_sm2() {
  const PkeyPtr key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
  ANLAN_ASSERT(key != nullptr);
  const BioPtr secret(BIO_new(BIO_s_mem())), open(BIO_new(BIO_s_mem()));
  ANLAN_ASSERT(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  ANLAN_ASSERT(PEM_write_bio_PUBKEY(open.get(), key.get()) == 1);
  return {text_in(secret.get()), text_in(open.get())};
}

Sm2PrivateKey::Sm2PrivateKey(const std::string& pem) : key_(read_key(pem, PEM_read_bio_PrivateKey)) {}

Bytes Sm2PrivateKey::sign(std::span<const std::byte> message) const {
  const DigestContextPtr digest(EVP_MD_CTX_new());
  const PkeyContextPtr context = signer_context(key_in(key_), digest.get());
  ANLAN_ASSERT(EVP_DigestSignInit(digest.get(), nullptr, EVP_sm3(), nullptr, key_in(key_)) == 1);
  std::size_t length = 0;
  ANLAN_ASSERT(EVP_DigestSign(digest.get(), nullptr, &length, raw(message), message.size()) == 1);
  Bytes signature(length);
  ANLAN_ASSERT(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, raw(message),
                              message.size()) == 1);
  signature.resize(length);
  return signature;
}

std::optional<Bytes> Sm2PrivateKey::decrypt(std::span<const std::byte> cipher) const {
  return turn(key_in(key_), EVP_PKEY_decrypt_init, EVP_PKEY_decrypt, cipher);
}

Sm2PublicKey::Sm2PublicKey(const std::string& pem) : key_(read_key(pem, PEM_read_bio_PUBKEY)) {}

bool Sm2PublicKey::verify(std::span<const std::byte> message, std::span<const std::byte> signature) const {
  const DigestContextPtr digest(EVP_MD_CTX_new());
  const PkeyContextPtr context = signer_context(key_in(key_), digest.get());
  ANLAN_ASSERT(EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sm3(), nullptr, key_in(key_)) == 1);
  const int code = EVP_DigestVerify(digest.get(), raw(signature), signature.size(), raw(message), message.size());
  ERR_clear_error();
  return code == 1;
}

Bytes Sm2PublicKey::encrypt(std::span<const std::byte> plain) const {
  auto cipher = turn(key_in(key_), EVP_PKEY_encrypt_init, EVP_PKEY_encrypt, plain);
  ANLAN_ASSERT(cipher);
  return std::move(*cipher);
}

}  // namespace anlan::crypto
