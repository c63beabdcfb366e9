#pragma once
// The port through which randomness enters the node.

#include <cstddef>
#include <span>

namespace anlan {

// Thread safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte>) = 0;
};

}  // namespace anlan
