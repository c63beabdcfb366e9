#define OPENSSL_SUPPRESS_DEPRECATED  // the only way in that is the same for keys and signatures
#include "signatures.h"

#include <openssl/rand.h>

#include "chance.h"

namespace anlan::sim {
namespace {

Chance chance{0};

int fill(unsigned char* into, int count) {
  for (int i = 0; i < count; ++i) into[i] = static_cast<unsigned char>(chance.next());
  return 1;
}
int is_ready() { return 1; }

}  // namespace

void seed_signatures(std::uint64_t seed) {
  static const RAND_METHOD method{nullptr, fill, nullptr, nullptr, fill, is_ready};
  chance = Chance(seed);
  RAND_set_rand_method(&method);
}

}  // namespace anlan::sim
