#include "command/id.h"

#include <array>

namespace anlan::command {
namespace {

// Five bits a character; it leaves out I, L, O, U, which are misread on the telephone.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

std::string time_in_id(Instant at) {
  std::string characters(10, '0');
  auto time = static_cast<std::uint64_t>(to_ms(at));
  for (std::size_t i = 10; i-- > 0; time >>= 5) characters[i] = kAlphabet[time & 31];
  return characters;
}

std::string new_id(Instant at, Random& random) {
  std::array<std::byte, 16> chance{};
  random.fill(chance);
  std::string id = time_in_id(at);
  for (const std::byte one : chance) id += kAlphabet[static_cast<std::size_t>(one) & 31];
  return id;
}

}  // namespace anlan::command
