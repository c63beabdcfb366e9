#include "journal/fact_hash.h"

#include <algorithm>

#include "journal/encoder.h"

namespace anlan::journal {

Hash hash_of(const Fact& fact) {
  return Encoder("anlan.fact.1")
      .add(fact.previous_hash)
      .add(fact.position)
      .add(fact.node)
      .add(fact.node_sequence)
      .add(fact.stream)
      .add(fact.version)
      .add(fact.type)
      .add(to_ms(fact.occurred_at))
      .add(to_ms(fact.recorded_at))
      .add(fact.actor)
      .add(fact.cause)
      .add(fact.world)
      .add(fact.body)
      .finish();
}

Hash hash_of(std::string_view actor, std::string_view key, const Answer& answer) {
  return Encoder("anlan.answer.1")
      .add(actor)
      .add(key)
      .add(answer.status)
      .add(answer.body)
      .add(answer.position)
      .add(answer.digest)
      .finish();
}

// A column of another length becomes a hash that no fact has, so verifying names it instead of stopping.
Hash hash_in(std::span<const std::byte> column) {
  Hash hash;
  hash.fill(std::byte{0xff});
  if (column.size() == hash.size()) std::ranges::copy(column, hash.begin());
  return hash;
}

}  // namespace anlan::journal
