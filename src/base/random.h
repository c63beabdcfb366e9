#pragma once
// The port through which randomness enters the node.

#include <cstddef>
#include <span>

namespace anlan {

// Thread safe.
class Random {
 public:
  virtual ~Random() = default;
  // Fills every byte. The system's source in a node, a seeded one in tests and in the simulator.
  virtual void fill(std::span<std::byte>) = 0;
};

}  // namespace anlan
