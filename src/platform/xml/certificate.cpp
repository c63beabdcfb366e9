#include "platform/xml/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "platform/xml/document.h"

namespace anlan::xml {
namespace {

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Stack = std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)>;

constexpr int kStrength_bits = 112;  // RSA of 2048 bits; NIST SP 800-57 part 1
constexpr int kLevel = 2;            // the same, of all certificates on the way and their signatures
constexpr int kArchiveLevel = 0;

Memory reading(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

// Nobody is asked.
int no_password(char*, int, int, void*) { return -1; }

std::string moment_text(const ASN1_TIME* time) {
  std::tm parts{};
  if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return to_rfc3339(Instant{std::chrono::seconds(timegm(&parts))});
}

bool may_sign(X509& certificate) {
  constexpr std::uint32_t kSigning = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
  return (X509_get_key_usage(&certificate) & kSigning) != 0;  // all bits where it does not say
}

Flaw flaw_of(X509_STORE_CTX& context) {
  const int error = X509_STORE_CTX_get_error(&context);
  const X509* at = X509_STORE_CTX_get_current_cert(&context);
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return {Fault::kCertificateExpired, at ? moment_text(X509_get0_notAfter(at)) : ""};
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return {Fault::kCertificateEarly, at ? moment_text(X509_get0_notBefore(at)) : ""};
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return {Fault::kCertificateWeak, X509_verify_cert_error_string(error)};
    default:
      return {Fault::kCertificateUntrusted, X509_verify_cert_error_string(error)};
  }
}

}  // namespace

// Bytes behind a certificate make it none: what nobody has looked at must not travel with what was.
Certificate certificate_of(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = at + der.size();
  const Certificate read(d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
  return read && at == end ? read : nullptr;
}

std::string der_of(const Certificate& certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate.get(), &bytes);
  ANLAN_ASSERT(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

// All or none: where one of a file cannot be read, fewer would be trusted than its owner believes.
std::vector<Certificate> certificates_of(const std::string& pem) {
  constexpr std::string_view kBegin = "-----BEGIN CERTIFICATE-----";
  std::size_t named = 0;
  for (auto at = pem.find(kBegin); at != pem.npos; at = pem.find(kBegin, at + 1)) ++named;
  std::vector<Certificate> read;
  const Memory memory = reading(pem);
  while (X509* each = PEM_read_bio_X509(memory.get(), nullptr, no_password, nullptr))
    read.emplace_back(each, X509_free);
  return read.size() == named ? read : std::vector<Certificate>();
}

Key key_of(const std::string& pem) {
  const Key key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, no_password, nullptr), EVP_PKEY_free);
  return key;
}

std::optional<KeyKind> kind_of(const EVP_PKEY& key) {
  if (EVP_PKEY_is_a(&key, "RSA")) return KeyKind::kRsa;
  if (EVP_PKEY_is_a(&key, "EC")) return KeyKind::kEc;
  return std::nullopt;
}

bool is_strong(const EVP_PKEY& key) { return EVP_PKEY_get_security_bits(&key) >= kStrength_bits; }

// Of a chain, the one that has issued none of the others; where it stands among them says nothing.
std::size_t signer_among(const std::vector<Certificate>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool issued = false;
    for (std::size_t other = 0; other < all.size(); ++other)
      issued = issued || (other != i && X509_check_issued(all[i].get(), all[other].get()) == X509_V_OK);
    if (!issued) return i;
  }
  return 0;
}

std::string subject_of(const X509& certificate) {
  const Memory memory(BIO_new(BIO_s_mem()), BIO_free);
  X509_NAME_print_ex(memory.get(), X509_get_subject_name(&certificate), 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string fingerprint_of(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  ANLAN_ASSERT(X509_digest(&certificate, EVP_sha256(), digest.data(), &size) == 1);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) text.append({kDigits[digest[i] >> 4], kDigits[digest[i] & 15]});
  return text;
}

// At the policy's moment, not the machine's: what is judged again is judged as it was.
std::optional<Flaw> distrust(X509& signer, const std::vector<Certificate>& others, const Policy& policy) {
  if (!may_sign(signer)) return Flaw{Fault::kCertificateUse, "keyUsage"};
  const Stack between(sk_X509_new_null(), [](STACK_OF(X509) * stack) { sk_X509_free(stack); });
  for (const Certificate& each : others) sk_X509_push(between.get(), each.get());
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(X509_STORE_CTX_new(),
                                                                                X509_STORE_CTX_free);
  ANLAN_ASSERT(context && X509_STORE_CTX_init(context.get(), static_cast<X509_STORE*>(policy.roots->store().get()),
                                              &signer, between.get()) == 1);
  X509_VERIFY_PARAM* how = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(how, std::chrono::floor<std::chrono::seconds>(policy.at).time_since_epoch().count());
  X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);  // a root may be the signer itself
  X509_VERIFY_PARAM_set_auth_level(how, policy.sha1 ? kArchiveLevel : kLevel);
  if (X509_verify_cert(context.get()) == 1) return std::nullopt;
  return flaw_of(*context);
}

Result<Roots> Roots::read(const std::string& pem) {
  start_library();
  const Quiet quiet;
  const auto certificates = certificates_of(pem);
  if (certificates.empty()) return Failure{"no certificate, or one that cannot be read"};
  const std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  ANLAN_ASSERT(store);
  for (const Certificate& each : certificates) ANLAN_ASSERT(X509_STORE_add_cert(store.get(), each.get()) == 1);
  Roots roots;
  roots.store_ = store;
  return roots;
}

}  // namespace anlan::xml
