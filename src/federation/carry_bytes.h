#pragma once
// The outer form of a file that is carried to a neighbour: fields, of which the content is sealed. The format is in
// docs/carry-format.md.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "federation/batch.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/sm3.h"

namespace anlan::federation {

// A record: one letter and a batch, sealed.
inline constexpr std::size_t kMostRecord = kMostPacked + crypto::kSealOverhead + 1;

// The only part of a file that is read before its receiver's key opens the rest: it says for whom it is, and from whom
// it claims to be, which the batches prove.
struct CarryHead {
  std::string sender, receiver;
  Instant made_at;
  crypto::Bytes key;  // of the records, encrypted for the receiver
};
std::string to_bytes(const CarryHead&);
// Any field behind the head; of no bytes where the records end.
std::string to_field(std::string_view bytes);

enum class CarryFault {
  kNone,
  kNoCarry,    // something else than such a file
  kNewer,      // of a form that this release does not know
  kCut,        // it ends too early
  kMalformed,  // fields that nobody writes
};

// The next bytes of a file: so many, fewer only at its end.
using Source = std::function<std::string(std::size_t most)>;

// Reads bytes from anywhere, in order; proves nothing. Holds one field at a time. What could not be read is empty, with
// its fault, and nothing more is read then.
class CarryFields {
 public:
  explicit CarryFields(Source source) : source_(std::move(source)) {}

  std::optional<CarryHead> head();      // the first
  std::optional<std::string> record();  // then these, the last of them empty
  // Then this, behind which nothing may follow.
  std::optional<std::string> signature();
  CarryFault fault() const { return fault_; }
  // Of what was read before the signature, once that was read: what is signed.
  const crypto::Digest& digest() const { return digest_; }

 private:
  std::optional<std::string> take(std::size_t size);
  std::optional<std::string> field(std::size_t most);
  std::nullopt_t fail(CarryFault);

  Source source_;
  CarryFault fault_ = CarryFault::kNone;
  crypto::Sm3 sm3_;
  crypto::Digest digest_{};
};

}  // namespace anlan::federation
