#pragma once
// Keys and signatures by chance that is the same each time: a signature has another length now and then, which moves
// all that is written behind it.

#include <cstdint>

namespace anlan::sim {

// From now on, in this process, the library of cryptography draws from the seed. For nothing but the simulator.
void seed_signatures(std::uint64_t seed);

}  // namespace anlan::sim
