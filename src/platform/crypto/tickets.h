#pragma once
// Numbers in a form that nobody can guess: for links that stand for a password.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/crypto/seal.h"

namespace anlan::crypto {

// "7kq-5h0T…": the number, and 96 bits of an HMAC of it. The same key and purpose make the same ticket, so none need be
// kept. Immutable, thread safe.
class Tickets {
 public:
  // `purpose` tells apart what one master key serves.
  Tickets(const Key& master, std::string_view purpose);

  // `number`: not negative.
  std::string of(std::int64_t number) const;
  // Nothing for what is no ticket of this key and purpose.
  std::optional<std::int64_t> read(std::string_view ticket) const;

 private:
  std::string proof_of(std::string_view number) const;

  Key key_{};
};

}  // namespace anlan::crypto
