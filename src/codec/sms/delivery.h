#pragma once
// What became of a message: the words of delivery reports, the same in CMPP (3.0 §8.4.5.1 table 1) and SMPP (3.4
// appendix B; as numbers in message_state, §5.2.28).

#include <cstdint>
#include <optional>
#include <string_view>

namespace anlan::sms {

enum class Delivery : std::uint8_t {
  kOther = 0,  // a code of a network instead of a word: "MB:0021", "ID:1241"
  kEnroute = 1,
  kDelivered = 2,
  kExpired = 3,
  kDeleted = 4,
  kUndeliverable = 5,
  kAccepted = 6,
  kUnknown = 7,
  kRejected = 8,
};

// By the word of a report, of either case.
Delivery delivery_of(std::string_view stat);
// By the value of message_state; none beyond those of the standard.
std::optional<Delivery> delivery_of(std::uint8_t message_state);
// "DELIVRD"; empty for kOther.
std::string_view stat(Delivery);
// Nothing more will be told of the message: all but kEnroute and kAccepted.
bool is_final(Delivery);

}  // namespace anlan::sms
