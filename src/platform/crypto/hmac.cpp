#include "platform/crypto/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/result.h"

namespace anlan::crypto {

Hmac hmac_sha256(std::string_view secret, std::string_view text) {
  Hmac mac;
  unsigned int size = 0;
  ANLAN_ASSERT(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    reinterpret_cast<unsigned char*>(mac.data()), &size) != nullptr &&
               size == mac.size());
  return mac;
}

std::string to_base64(std::span<const std::byte> bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return text;
}

}  // namespace anlan::crypto
