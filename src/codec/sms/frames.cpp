#include "codec/sms/frames.h"

namespace anlan::sms {

void Frames::feed(std::string_view bytes) {
  held_.erase(0, taken_);
  taken_ = 0;
  held_ += bytes;
}

Coded<std::optional<std::string>> Frames::next() {
  const std::string_view rest = std::string_view(held_).substr(taken_);
  if (rest.size() < 4) return std::optional<std::string>();
  std::uint32_t length = 0;
  Reader(rest).u32(field_, length);
  if (length < length_.least || length > length_.most)
    return Fault{FaultKind::kLength, field_, std::to_string(length),
                 std::to_string(length_.least) + " to " + std::to_string(length_.most)};
  if (rest.size() < length) return std::optional<std::string>();
  taken_ += length;
  return std::optional(std::string(rest.substr(0, length)));
}

}  // namespace anlan::sms
