#include "codec/cmpp/authenticator.h"

#include <openssl/evp.h>

namespace anlan::cmpp {
namespace {

std::string md5(std::string_view octets) {
  std::string digest(16, '\0');
  const int made = EVP_Digest(octets.data(), octets.size(), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
                              EVP_md5(), nullptr);
  ANLAN_ASSERT(made == 1);
  return digest;
}

std::string ten_digits(std::uint32_t number) {
  const std::string digits = std::to_string(number);
  return std::string(10 - digits.size(), '0') + digits;
}

}  // namespace

std::uint32_t timestamp(Instant now) {
  const ChinaTime t = china_time(now);
  std::uint32_t out = 0;
  for (const int part : {t.month, t.day, t.hour, t.minute, t.second})
    out = out * 100 + static_cast<std::uint32_t>(part);
  return out;
}

std::string authenticator_source(std::string_view source_addr, std::string_view secret, std::uint32_t timestamp) {
  std::string in(source_addr);
  in.append(9, '\0').append(secret).append(ten_digits(timestamp));
  return md5(in);
}

std::string authenticator_ismg(std::uint32_t status, std::string_view authenticator_source, std::string_view secret,
                               std::uint8_t version) {
  std::string in;
  for (int shift = version >= kVersion30 ? 24 : 0; shift >= 0; shift -= 8)
    in += static_cast<char>(status >> shift & 0xFF);
  in.append(authenticator_source).append(secret);
  return md5(in);
}

}  // namespace anlan::cmpp
