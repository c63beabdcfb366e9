#include <openssl/evp.h>

#include "platform/xml/form.h"

namespace anlan::xml {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::size_t kLine = 64;

std::string encoded(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace

// Encoded once more it must be the same: the last character has bits that say nothing, and a decoder passes over them.
std::optional<std::string> from_base64(std::string_view text) {
  std::string solid;
  for (const char c : text)
    if (kSpace.find(c) == kSpace.npos) solid += c;
  if (solid.empty() || solid.size() % 4 != 0) return std::nullopt;
  std::string bytes(solid.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(solid.data()), static_cast<int>(solid.size()));
  if (size < 0) return std::nullopt;
  const std::size_t padding = solid.ends_with("==") ? 2 : solid.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return encoded(bytes) == solid ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string to_base64(std::string_view bytes) {
  const std::string text = encoded(bytes);
  std::string lines;
  for (std::size_t at = 0; at < text.size(); at += kLine) lines.append(at ? "\n" : "").append(text, at, kLine);
  return lines;
}

}  // namespace anlan::xml
