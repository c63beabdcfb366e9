#pragma once
// XML signatures (W3C XML Signature Syntax and Processing 1.1) that lie in the document which they sign, by libxmlsec1.
//
// Pure: bytes and a moment in, verdict or bytes out; no disk, no network, no clock. Thread safe. A signature counts
// only where it covers the whole document and nothing else may be meant by it, so that what a reader of the same bytes
// finds outside of the Signature element is what was signed:
//
// * one Signature in the document, a child of the root, of SignedInfo, SignatureValue and KeyInfo alone;
// * one Reference, whose URI is "", with the enveloped-signature transform and at most one canonicalization (inclusive
//   1.0 or 1.1, or exclusive);
// * RSA or ECDSA with SHA-256, SHA-384 or SHA-512, the key of at least 112 bits of strength. SHA-1 is for archives: a
//   forger who may choose the text can make two texts of one digest, so it counts only where the caller says so;
// * the key is that of a certificate in KeyInfo; nothing else there is read, and nothing is fetched;
// * base64 in its one canonical form (RFC 4648 section 3.5), so that a value changed in any bit is another value.

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"

namespace anlan::xml {

// Documents beyond these are unreadable here, unless a policy says so; as of codec/cap/reading.h.
inline constexpr std::size_t kBytesLimit = 1 << 20;
inline constexpr int kDepthLimit = 64;

// Certificates that are trusted by themselves: of authorities, or of signers.
class Roots {
 public:
  // PEM text of one or more; fails where there is none or one cannot be read.
  static Result<Roots> read(const std::string& pem);
  const std::shared_ptr<void>& store() const { return store_; }

 private:
  std::shared_ptr<void> store_;
};

struct Policy {
  const Roots* roots = nullptr;  // null: anybody's signature counts, and the certificate's time is not looked at
  Instant at{};                  // the moment at which certificates must be valid
  bool sha1 = false;
  // Whether white space between elements, and comments and processing instructions around the root, may be other than
  // they were when it was signed. Some programs lay an alert out after they signed it, and verify it laid flat. For
  // documents in which such white space says nothing, as in CAP.
  bool other_layout = false;
  std::size_t limit = kBytesLimit;  // bytes of the document
};

// What is wrong; of several things the first of this list, but for the certificate's text, which is looked at before
// the values are.
enum class Fault {
  kUnreadable,  // not well-formed, a DOCTYPE, beyond the limits
  kSeveral,     // more than one signature
  kPlace,       // not a child of the root
  kStructure,   // an element or attribute missing or not expected
  kReference,   // not of the whole document
  kTransform,
  kAlgorithm,
  kDigest,     // the document was changed
  kSignature,  // what is said of the document was changed, or another key signed it
  kCertificateMissing,
  kCertificateUnreadable,
  kCertificateWeak,
  kCertificateUse,  // not for signing
  kCertificateEarly,
  kCertificateExpired,
  kCertificateUntrusted,
};

constexpr auto names_of(Fault) {
  return std::array{std::pair{Fault::kUnreadable, std::string_view{"unreadable"}},
                    std::pair{Fault::kSeveral, std::string_view{"several"}},
                    std::pair{Fault::kPlace, std::string_view{"place"}},
                    std::pair{Fault::kStructure, std::string_view{"structure"}},
                    std::pair{Fault::kReference, std::string_view{"reference"}},
                    std::pair{Fault::kTransform, std::string_view{"transform"}},
                    std::pair{Fault::kAlgorithm, std::string_view{"algorithm"}},
                    std::pair{Fault::kDigest, std::string_view{"digest"}},
                    std::pair{Fault::kSignature, std::string_view{"signature"}},
                    std::pair{Fault::kCertificateMissing, std::string_view{"certificate_missing"}},
                    std::pair{Fault::kCertificateUnreadable, std::string_view{"certificate_unreadable"}},
                    std::pair{Fault::kCertificateWeak, std::string_view{"certificate_weak"}},
                    std::pair{Fault::kCertificateUse, std::string_view{"certificate_use"}},
                    std::pair{Fault::kCertificateEarly, std::string_view{"certificate_early"}},
                    std::pair{Fault::kCertificateExpired, std::string_view{"certificate_expired"}},
                    std::pair{Fault::kCertificateUntrusted, std::string_view{"certificate_untrusted"}}};
}

// "form", "digest", "signature" or "certificate": which part is at fault.
std::string_view part_of(Fault);

struct Flaw {
  Fault fault;
  std::string detail;  // in the standard's words: an element, an algorithm, a URI, a time; may be empty
};

enum class State { kNone, kValid, kInvalid };

constexpr auto names_of(State) {
  return std::array{std::pair{State::kNone, std::string_view{"none"}},
                    std::pair{State::kValid, std::string_view{"valid"}},
                    std::pair{State::kInvalid, std::string_view{"invalid"}}};
}

struct Verdict {
  State state = State::kNone;
  std::optional<Flaw> flaw;   // of kInvalid
  std::string signer;         // subject of the certificate as RFC 2253 writes it, as soon as one could be read
  std::string certificate;    // SHA-256 of the same in its DER form, hexadecimal; subjects may be written by anybody
  bool is_trusted = false;    // the certificate leads to one of the roots
  bool other_layout = false;  // valid when laid flat only
};

// The root must not itself be a Signature. Work and memory are bounded by the limits.
Verdict verify(std::string_view document, const Policy&);

enum class Canonical { kExclusive, kInclusive };

// A key read once and used often.
class Signer {
 public:
  // PEM text without a password: an RSA or EC key; its certificate first, then those that lead to a root. Fails where
  // one cannot be read, is too weak, or the certificate is of another key.
  static Result<Signer> read(const std::string& key_pem, const std::string& certificates_pem);

  // The document with its signature as last child of the root, in UTF-8; verify() finds it valid. Fails for what is
  // unreadable, signed already, or would become longer than kBytesLimit.
  Result<std::string> sign(std::string_view document, Canonical = Canonical::kExclusive) const;

 private:
  struct Held;
  explicit Signer(std::shared_ptr<const Held> held) : held_(std::move(held)) {}
  std::shared_ptr<const Held> held_;
};

}  // namespace anlan::xml
