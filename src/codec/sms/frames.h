#pragma once
// Cuts a stream of bytes into PDUs by the length in their first four octets, which counts itself.

#include <optional>
#include <string>
#include <string_view>

#include "codec/sms/octets.h"

namespace anlan::sms {

// One connection's; not thread safe. Memory is what was fed and not yet taken, so take all before feeding more: then it
// stays below `length.most` plus one piece.
class Frames {
 public:
  // `field` is the length's name in its document, `length` what it may be.
  Frames(std::string_view field, Range length) : field_(field), length_(length) {}

  void feed(std::string_view bytes);

  // The next whole PDU; none while its end has not come. A length out of its limits is a fault (kLength) and stays one:
  // nobody knows where the next PDU begins, and the connection is to be closed.
  Coded<std::optional<std::string>> next();

 private:
  std::string field_;
  Range length_;
  std::string held_;
  std::size_t taken_ = 0;
};

}  // namespace anlan::sms
