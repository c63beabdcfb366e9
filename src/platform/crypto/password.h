#pragma once
// Passwords, kept as argon2id (RFC 9106) in libsodium's text form, which carries its own salt and cost.

#include <cstddef>
#include <string>
#include <string_view>

namespace anlan::crypto {

// RFC 9106 section 4 asks for as much memory as the node can spare; 64 MiB twice takes about a tenth of a second.
struct PasswordCost {
  unsigned passes = 2;
  std::size_t memory_bytes = 64 << 20;
};

// The cheapest that the algorithm allows. For tests.
inline constexpr PasswordCost kCheapPassword{1, 8 << 10};

std::string hash_password(std::string_view password, PasswordCost = {});
// False also for what is no hash.
bool verify_password(const std::string& hash, std::string_view password);
// Whether the hash was made at another cost, so that it should be made anew at the next login.
bool is_outdated(const std::string& hash, PasswordCost = {});

}  // namespace anlan::crypto
