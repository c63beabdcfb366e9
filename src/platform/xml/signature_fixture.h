#pragma once
// Keys and certificates for tests of signatures, made when they are asked for.

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace anlan::xml {

struct Wish {
  std::string name;
  bool is_authority = false;
  int rsa_bits = 0;  // 0: EC on P-256
  Instant from = from_china_time(2026, 1, 1), to = from_china_time(2028, 1, 1);
  std::string key_usage = {};  // as openssl.cnf writes it; empty: the certificate does not say
};

struct Made {
  std::string certificate_pem, key_pem;
};

namespace fixture {

template <class Write>
std::string written(const Write& write) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  write(memory.get());
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

template <class T, class Read>
std::shared_ptr<T> read_pem(const std::string& pem, Read read, void (*release)(T*)) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                         BIO_free);
  return {read(memory.get(), nullptr, nullptr, nullptr), release};
}

inline void extend(X509* certificate, int kind, const std::string& value) {
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> made(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()), X509_EXTENSION_free);
  ANLAN_ASSERT(made && X509_add_ext(certificate, made.get(), -1) == 1);
}

}  // namespace fixture

// Signed by the issuer, or by itself.
inline Made make(const Wish& wish, const Made* issuer = nullptr) {
  const std::shared_ptr<EVP_PKEY> key(
      wish.rsa_bits ? EVP_RSA_gen(static_cast<unsigned>(wish.rsa_bits)) : EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::shared_ptr<X509> made(X509_new(), X509_free);
  ANLAN_ASSERT(key && made);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 7);
  ASN1_TIME_set(X509_getm_notBefore(made.get()), to_ms(wish.from) / 1000);
  ASN1_TIME_set(X509_getm_notAfter(made.get()), to_ms(wish.to) / 1000);
  X509_NAME* name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(wish.name.data()),
                             static_cast<int>(wish.name.size()), -1, 0);
  X509_set_pubkey(made.get(), key.get());
  fixture::extend(made.get(), NID_basic_constraints, wish.is_authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (!wish.key_usage.empty()) fixture::extend(made.get(), NID_key_usage, wish.key_usage);
  std::shared_ptr<EVP_PKEY> by = key;
  std::shared_ptr<X509> of = made;
  if (issuer) {
    by = fixture::read_pem<EVP_PKEY>(issuer->key_pem, PEM_read_bio_PrivateKey, EVP_PKEY_free);
    of = fixture::read_pem<X509>(issuer->certificate_pem, PEM_read_bio_X509, X509_free);
  }
  X509_set_issuer_name(made.get(), X509_get_subject_name(of.get()));
  ANLAN_ASSERT(X509_sign(made.get(), by.get(), EVP_sha256()) > 0);
  return {fixture::written([&](BIO* out) { PEM_write_bio_X509(out, made.get()); }), fixture::written([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

inline const Made& authority() {
  static const Made made = make({.name = "Demo Authority", .is_authority = true});
  return made;
}

// A signer whom the authority vouches for.
inline const Made& desk() {
  static const Made made = make({.name = "演示应急管理局"}, &authority());
  return made;
}

inline const Instant kToday = from_china_time(2026, 11, 27);

}  // namespace anlan::xml
