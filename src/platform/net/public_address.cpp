#include "platform/net/public_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace anlan::net {
namespace {

struct Block {
  std::uint32_t first;
  int bits;
};

constexpr std::array kSpecial = {
    Block{0x00000000, 8},   // this network
    Block{0x0a000000, 8},   // private
    Block{0x64400000, 10},  // of carriers
    Block{0x7f000000, 8},   // this machine
    Block{0xa9fe0000, 16},  // this link
    Block{0xac100000, 12},  // private
    Block{0xc0000000, 24},  // protocol assignments
    Block{0xc0000200, 24},  // documentation
    Block{0xc0586300, 24},  // 6to4 relays
    Block{0xc0a80000, 16},  // private
    Block{0xc6120000, 15},  // benches
    Block{0xc6336400, 24},  // documentation
    Block{0xcb007100, 24},  // documentation
    Block{0xe0000000, 3},   // multicast and all above
};

bool is_public(std::uint32_t address) {
  for (const Block& b : kSpecial)
    if ((address ^ b.first) >> (32 - b.bits) == 0) return false;
  return true;
}

std::uint32_t number_at(const std::uint8_t* bytes) {
  std::uint32_t number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return ntohl(number);
}

// Global unicast is 2000::/3; in it lie Teredo (2001::/23), documentation (2001:db8::/32, 3fff::/20) and 6to4
// (2002::/16).
bool is_public(const std::uint8_t (&a)[16]) {
  static constexpr std::uint8_t kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static constexpr std::uint8_t kTranslated[12] = {0, 0x64, 0xff, 0x9b};
  if (std::memcmp(a, kMapped, 12) == 0 || std::memcmp(a, kTranslated, 12) == 0) return is_public(number_at(a + 12));
  const std::uint32_t head = number_at(a);
  if (head >> 16 == 0x2002) return is_public(number_at(a + 2));
  return head >> 29 == 1 && head >> 9 != 0x20010000 >> 9 && head != 0x20010db8 && head >> 12 != 0x3fff0000 >> 12;
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET)
    return is_public(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  if (address.sa_family == AF_INET6) return is_public(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
  return false;
}

bool is_public(const std::string& numeric) {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  if (inet_pton(AF_INET, numeric.c_str(), &four.sin_addr) == 1) return is_public(reinterpret_cast<sockaddr&>(four));
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  return inet_pton(AF_INET6, numeric.c_str(), &six.sin6_addr) == 1 && is_public(reinterpret_cast<sockaddr&>(six));
}

}  // namespace anlan::net
