#include "platform/crypto/tickets.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/result.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::crypto {
namespace {

constexpr std::size_t kProof = 12;  // bytes
constexpr int kBase = 36;

}  // namespace

Tickets::Tickets(const Key& master, std::string_view purpose) {
  const auto digest = hmac_sm3(master, bytes_of(purpose));
  static_assert(sizeof(digest) >= sizeof(Key));
  std::copy_n(digest.begin(), key_.size(), key_.begin());
}

std::string Tickets::proof_of(std::string_view number) const {
  const auto digest = hmac_sm3(key_, bytes_of(number));
  return to_base64url(std::span(digest).first(kProof));
}

// It stands in a short message, so it is kept short: base 36, and no more of the digest than nobody can guess.
std::string Tickets::of(std::int64_t number) const {
  ANLAN_ASSERT(number >= 0);
  std::array<char, 16> room;
  const auto [end, error] = std::to_chars(room.data(), room.data() + room.size(), number, kBase);
  const std::string_view digits(room.data(), static_cast<std::size_t>(end - room.data()));
  return std::string(digits) + "-" + proof_of(digits);
}

// Only the form that of() gives is one: no zeros ahead, no capitals.
std::optional<std::int64_t> Tickets::read(std::string_view ticket) const {
  const std::string_view digits = ticket.substr(0, ticket.find('-'));
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, kBase);
  if (error != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  const std::string expected = of(number);
  if (!equal_in_constant_time(bytes_of(ticket), bytes_of(expected))) return std::nullopt;
  return number;
}

}  // namespace anlan::crypto
