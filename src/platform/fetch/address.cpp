#include "platform/fetch/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace anlan::fetch {
namespace {

struct Block {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0, std::uint32_t d = 0) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array kSpecial{
    Block{v4(0, 0), 8},         Block{v4(10, 0), 8},         Block{v4(100, 64), 10},     Block{v4(127, 0), 8},
    Block{v4(169, 254), 16},    Block{v4(172, 16), 12},      Block{v4(192, 0, 0), 24},   Block{v4(192, 0, 2), 24},
    Block{v4(192, 31, 196), 24}, Block{v4(192, 52, 193), 24}, Block{v4(192, 88, 99), 24}, Block{v4(192, 168), 16},
    Block{v4(192, 175, 48), 24}, Block{v4(198, 18), 15},      Block{v4(198, 51, 100), 24}, Block{v4(203, 0, 113), 24},
    Block{v4(224, 0), 4},       Block{v4(240, 0), 4}};

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(kSpecial,
                              [&](const Block& b) { return (address ^ b.first) >> (32 - b.bits) == 0; });
}

// Of 2000::/3, without 2001::/23 (Teredo and others), the documents' 2001:db8::/32 and 3fff::/20, and 6to4.
bool is_public6(const in6_addr& address) {
  const auto* b = address.s6_addr;
  if ((b[0] & 0xE0) != 0x20) return false;
  if (b[0] == 0x20 && b[1] == 0x01 && (b[2] & 0xFE) == 0) return false;
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) return false;
  if (b[0] == 0x3F && b[1] == 0xFF && (b[2] & 0xF0) == 0) return false;
  return !(b[0] == 0x20 && b[1] == 0x02);
}

}  // namespace

bool is_public(const std::string& address) {
  in_addr four{};
  if (inet_pton(AF_INET, address.c_str(), &four) == 1) return is_public4(ntohl(four.s_addr));
  in6_addr six{};
  return inet_pton(AF_INET6, address.c_str(), &six) == 1 && is_public6(six);
}

Result<std::vector<std::string>> resolve(const std::string& host) {
  addrinfo wish{};
  wish.ai_family = AF_UNSPEC;
  wish.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  const int error = getaddrinfo(host.c_str(), nullptr, &wish, &list);
  if (error != 0) return Failure{host + ": " + gai_strerror(error)};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> held(list, freeaddrinfo);
  std::vector<std::string> found;
  for (const addrinfo* one = list; one; one = one->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0)
      found.emplace_back(text.data());
  }
  return found;
}

}  // namespace anlan::fetch
