#pragma once
// Certificates that nobody has signed but their holder: the other end knows them by their fingerprint.

#include <optional>
#include <string>

#include "base/result.h"

struct x509_st;

namespace anlan::http {

struct Certificate {
  std::string certificate_pem, key_pem;
};

// ECDSA on P-256, good for as long as X.509 can say: what ends it is that the other end no longer takes it.
Certificate make_certificate(const std::string& name);

// SHA-256 of a certificate's DER form, in hexadecimal; nullopt for what is none.
std::optional<std::string> fingerprint_of(const std::string& certificate_pem);
std::string fingerprint_of(const x509_st&);

}  // namespace anlan::http
