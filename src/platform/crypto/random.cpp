#include "platform/crypto/random.h"

#include <sodium.h>

#include <vector>

#include "base/result.h"
#include "platform/crypto/encoding.h"

namespace anlan::crypto {

SystemRandom::SystemRandom() { ANLAN_ASSERT(sodium_init() >= 0); }

void SystemRandom::fill(std::span<std::byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); }

SeededRandom::SeededRandom(std::uint64_t seed) : state_(seed) {}

// SplitMix64 (Steele, Lea and Flood, 2014), one step a byte.
void SeededRandom::fill(std::span<std::byte> bytes) {
  const std::lock_guard lock(mutex_);
  for (std::byte& b : bytes) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    b = static_cast<std::byte>(z ^ (z >> 31));
  }
}

std::string random_hex(Random& random, std::size_t bytes) {
  Bytes name(bytes);
  random.fill(name);
  return to_hex(name);
}

}  // namespace anlan::crypto
