#pragma once
// Sources of randomness.

#include <cstdint>
#include <mutex>
#include <string>

#include "base/random.h"

namespace anlan::crypto {

// The operating system's.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  void fill(std::span<std::byte>) override;
};

// The same bytes for the same seed, in the order of the calls. For tests and the simulator; not for secrets.
class SeededRandom final : public Random {
 public:
  // Seeds next to each other give streams that have nothing in common.
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<std::byte>) override;

 private:
  std::mutex mutex_;
  std::uint64_t state_;
};

// An unguessable name of `bytes` random bytes, in hexadecimal.
std::string random_hex(Random&, std::size_t bytes);

}  // namespace anlan::crypto
