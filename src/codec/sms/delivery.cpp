#include "codec/sms/delivery.h"

#include <algorithm>
#include <array>

namespace anlan::sms {
namespace {

constexpr std::array<std::string_view, 9> kWords = {"",        "ENROUTE", "DELIVRD", "EXPIRED", "DELETED",
                                                    "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

Delivery delivery_of(std::string_view word) {
  const auto* found = std::ranges::find_if(
      kWords, [&](std::string_view each) { return std::ranges::equal(each, word, {}, {}, upper); });
  return found == kWords.end() ? Delivery::kOther : static_cast<Delivery>(found - kWords.begin());
}

std::optional<Delivery> delivery_of(std::uint8_t message_state) {
  if (message_state == 0 || message_state >= kWords.size()) return std::nullopt;
  return static_cast<Delivery>(message_state);
}

std::string_view stat(Delivery delivery) { return kWords[static_cast<std::size_t>(delivery)]; }

bool is_final(Delivery delivery) { return delivery != Delivery::kEnroute && delivery != Delivery::kAccepted; }

}  // namespace anlan::sms
