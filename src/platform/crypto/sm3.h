#pragma once
// SM3 (GB/T 32905) and HMAC over it (RFC 2104, block of 64 bytes). Nothing here can fail but for want of memory, which
// ends the process.

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace anlan::crypto {

using Digest = std::array<std::byte, 32>;

// Hash of bytes given piece by piece. Reusable: finish() starts anew. Used by one thread at a time.
class Sm3 {
 public:
  Sm3();
  ~Sm3();
  Sm3(Sm3&&) noexcept;
  Sm3& operator=(Sm3&&) noexcept;

  Sm3& update(std::span<const std::byte>);
  Sm3& update(std::string_view);
  Digest finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Of bytes that lie in one piece. Thread safe, as all free functions here.
Digest sm3(std::span<const std::byte>);
Digest sm3(std::string_view);
// Keys of any length; those over 64 bytes are hashed first.
Digest hmac_sm3(std::span<const std::byte> key, std::span<const std::byte> data);

}  // namespace anlan::crypto
