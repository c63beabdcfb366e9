#include "federation/carry_bytes.h"

#include <algorithm>
#include <cstdint>

namespace anlan::federation {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kBegins = "anlan-carry"sv;
constexpr char kCarryForm = 1;
constexpr std::size_t kMostName = 40, kMostKey = 512, kMostSignature = 128, kMoment = 8, kLength = 4;
constexpr std::uint64_t kLastMoment_ms = 253'402'300'799'999;  // of the year 9999

std::string big_endian(std::uint64_t value, std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) text[i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
  return text;
}

std::uint64_t number_in(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// As nodes are named; it may be shown on a terminal before anybody has signed for it.
bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::string to_field(std::string_view bytes) { return big_endian(bytes.size(), kLength).append(bytes); }

std::string to_bytes(const CarryHead& head) {
  std::string bytes(kBegins);
  bytes += kCarryForm;
  bytes += to_field(head.sender) + to_field(head.receiver);
  bytes += to_field(big_endian(static_cast<std::uint64_t>(to_ms(head.made_at)), kMoment));
  return bytes + to_field(crypto::text_of(head.key));
}

std::nullopt_t CarryFields::fail(CarryFault fault) {
  if (fault_ == CarryFault::kNone) fault_ = fault;
  return std::nullopt;
}

std::optional<std::string> CarryFields::take(std::size_t size) {
  if (fault_ != CarryFault::kNone) return std::nullopt;
  std::string bytes = source_(size);
  if (bytes.size() < size) return fail(CarryFault::kCut);
  sm3_.update(bytes);
  return bytes;
}

std::optional<std::string> CarryFields::field(std::size_t most) {
  const auto length = take(kLength);
  if (!length) return std::nullopt;
  const std::uint64_t size = number_in(*length);
  if (size > most) return fail(CarryFault::kMalformed);
  return take(size);
}

std::optional<CarryHead> CarryFields::head() {
  const auto begins = take(kBegins.size() + 1);
  if (!begins || !begins->starts_with(kBegins)) {
    fault_ = CarryFault::kNoCarry;
    return std::nullopt;
  }
  if (begins->back() != kCarryForm) return fail(CarryFault::kNewer);
  CarryHead head;
  const auto sender = field(kMostName), receiver = field(kMostName), moment = field(kMoment), key = field(kMostKey);
  if (!key) return std::nullopt;
  const bool whole = is_name(*sender) && is_name(*receiver) && moment->size() == kMoment && !key->empty();
  if (!whole || number_in(*moment) > kLastMoment_ms) return fail(CarryFault::kMalformed);
  head.sender = *sender;
  head.receiver = *receiver;
  head.made_at = from_ms(static_cast<std::int64_t>(number_in(*moment)));
  head.key.assign(crypto::bytes_of(*key).begin(), crypto::bytes_of(*key).end());
  return head;
}

std::optional<std::string> CarryFields::record() { return field(kMostRecord); }

std::optional<std::string> CarryFields::signature() {
  if (fault_ != CarryFault::kNone) return std::nullopt;
  digest_ = sm3_.finish();
  auto signature = field(kMostSignature);
  if (signature && !source_(1).empty()) return fail(CarryFault::kMalformed);
  return signature;
}

}  // namespace anlan::federation
