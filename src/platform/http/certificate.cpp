#include "platform/http/certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace anlan::http {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Pointer = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

// RFC 5280 section 4.1.2.5: a certificate without an end.
constexpr const char* kNoEnd = "99991231235959Z";

std::string text_in(BIO& memory) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(&memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace

// From the beginning of 1970 on: clocks of nodes may be wrong, and nobody is trusted for a date.
Certificate make_certificate(const std::string& name) {
  const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const X509Pointer made(X509_new(), X509_free);
  ANLAN_ASSERT(key && made);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  ASN1_TIME_set(X509_getm_notBefore(made.get()), 0);
  ASN1_TIME_set_string(X509_getm_notAfter(made.get()), kNoEnd);
  X509_NAME* subject = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.data()),
                             static_cast<int>(name.size()), -1, 0);
  X509_set_issuer_name(made.get(), subject);
  X509_set_pubkey(made.get(), key.get());
  ANLAN_ASSERT(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
  const Memory certificate(BIO_new(BIO_s_mem()), BIO_free), secret(BIO_new(BIO_s_mem()), BIO_free);
  ANLAN_ASSERT(PEM_write_bio_X509(certificate.get(), made.get()) == 1);
  ANLAN_ASSERT(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return {text_in(*certificate), text_in(*secret)};
}

std::string fingerprint_of(const x509_st& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  ANLAN_ASSERT(X509_digest(&certificate, EVP_sha256(), digest.data(), &size) == 1);
  std::string text;
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (unsigned i = 0; i < size; ++i) text.append(1, kDigits[digest[i] >> 4]).append(1, kDigits[digest[i] & 15]);
  return text;
}

std::optional<std::string> fingerprint_of(const std::string& certificate_pem) {
  const Memory bytes(BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size())), BIO_free);
  const X509Pointer read(PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr), X509_free);
  return read ? std::optional(fingerprint_of(*read)) : std::nullopt;
}

}  // namespace anlan::http
