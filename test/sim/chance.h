#pragma once
// Seeded chance: the same on every machine, since no distribution of the library is asked.

#include <cstdint>
#include <random>

#include "base/random.h"

namespace anlan::sim {

class Chance final : public Random {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t next() { return engine_(); }
  // From 0 to n - 1; 0 where n is 0.
  std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : engine_() % n; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& b : bytes) b = static_cast<std::byte>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace anlan::sim
