#include "platform/sql/postgres_value.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <type_traits>

namespace anlan::sql::postgres {
namespace {

// Big endian, as on the wire.
std::string written(std::uint64_t value) {
  std::string bytes(sizeof value, '\0');
  for (std::size_t i = sizeof value; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xff);
  return bytes;
}

template <class Integer>
Integer read(std::string_view bytes) {
  std::make_unsigned_t<Integer> value = 0;
  if (bytes.size() < sizeof value) return 0;
  for (std::size_t i = 0; i < sizeof value; ++i)
    value = static_cast<decltype(value)>(static_cast<std::uint64_t>(value) << 8 | static_cast<unsigned char>(bytes[i]));
  return static_cast<Integer>(value);
}

// Groups of four decimal digits: their number, the weight of the first (a power of 10,000), sign, digits behind the
// point, then the groups.
double numeric(std::string_view bytes) {
  constexpr std::size_t kHead = 8;
  constexpr std::int16_t kNegative = 0x4000;
  if (bytes.size() < kHead) return 0;
  const auto groups = static_cast<std::size_t>(read<std::int16_t>(bytes));
  const int weight = read<std::int16_t>(bytes.substr(2));
  double value = 0;
  for (std::size_t i = 0; i < groups; ++i)
    value = value * 10'000 + read<std::int16_t>(bytes.substr(std::min(bytes.size(), kHead + 2 * i)));
  value *= std::pow(10'000.0, weight - static_cast<int>(groups) + 1);
  return read<std::int16_t>(bytes.substr(4)) == kNegative ? -value : value;
}

}  // namespace

Parameter parameter(std::int64_t value) { return {kInt8, written(static_cast<std::uint64_t>(value))}; }

Parameter parameter(double value) { return {kFloat8, written(std::bit_cast<std::uint64_t>(value))}; }

Parameter parameter(std::string_view value) { return {kText, std::string(value)}; }

Parameter parameter(std::span<const std::byte> value) {
  return {kBytea, std::string(reinterpret_cast<const char*>(value.data()), value.size())};
}

std::int64_t integer_in(Oid type, std::string_view bytes) {
  switch (type) {
    case kInt8:
      return read<std::int64_t>(bytes);
    case kInt4:
      return read<std::int32_t>(bytes);
    case kInt2:
      return read<std::int16_t>(bytes);
    case kBool:
      return !bytes.empty() && bytes.front() != '\0';
    default:
      return std::llround(real_in(type, bytes));
  }
}

double real_in(Oid type, std::string_view bytes) {
  switch (type) {
    case kFloat8:
      return std::bit_cast<double>(read<std::int64_t>(bytes));
    case kFloat4:
      return static_cast<double>(std::bit_cast<float>(read<std::int32_t>(bytes)));
    case kNumeric:
      return numeric(bytes);
    case kInt8:
    case kInt4:
    case kInt2:
    case kBool:
      return static_cast<double>(integer_in(type, bytes));
    default:
      return 0;
  }
}

}  // namespace anlan::sql::postgres
