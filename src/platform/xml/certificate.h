#pragma once
// Certificates and keys of signatures (RFC 5280), by OpenSSL.

#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/xml/form.h"
#include "platform/xml/signature.h"

namespace anlan::xml {

using Certificate = std::shared_ptr<X509>;
using Key = std::shared_ptr<EVP_PKEY>;

// One certificate from its DER form, nothing behind it; null for everything else.
Certificate certificate_of(std::string_view der);
std::string der_of(const Certificate&);
// All of a PEM text; empty where there is none or one cannot be read.
std::vector<Certificate> certificates_of(const std::string& pem);
// Null where it is none, or a password would be needed.
Key key_of(const std::string& pem);

// What kind of key it is; nullopt for kinds that sign nothing here.
std::optional<KeyKind> kind_of(const EVP_PKEY&);
bool is_strong(const EVP_PKEY&);

// The first certificate that signed none of the others; nothing says in which order they stand.
std::size_t signer_among(const std::vector<Certificate>&);
// Subject as RFC 2253 writes it, not escaped beyond ASCII's controls.
std::string subject_of(const X509&);
// SHA-256 of its DER form, hexadecimal.
std::string fingerprint_of(const X509&);

// What keeps the signer from being trusted; the others may stand between it and a root.
std::optional<Flaw> distrust(X509& signer, const std::vector<Certificate>& others, const Policy&);

}  // namespace anlan::xml
