#pragma once
// What the tests of blocks share: facts of made-up nodes, blocks over them, and a store that takes facts of others.

#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "journal/block_store.h"
#include "journal/fact_hash.h"
#include "journal/fixture.h"
#include "journal/journal.h"

namespace anlan::journal {

// One for all tests of a program.
inline const crypto::Sm2KeyPair& a_pair() {
  static const crypto::Sm2KeyPair pair = crypto::generate_sm2();
  return pair;
}
inline const crypto::Sm2PrivateKey& a_key() {
  static const crypto::Sm2PrivateKey key(a_pair().private_pem);
  return key;
}
inline const crypto::Sm2PublicKey& its_public_key() {
  static const crypto::Sm2PublicKey key(a_pair().public_pem);
  return key;
}

inline Fact fact_of(const std::string& node, std::int64_t sequence, const std::string& text = "") {
  Fact fact;
  static_cast<NewFact&>(fact) = note(node + "/" + std::to_string(sequence), text + std::to_string(sequence));
  fact.node = node;
  fact.node_sequence = sequence;
  fact.version = 1;
  fact.recorded_at = kNoon + std::chrono::milliseconds(sequence);
  return fact;
}
inline std::vector<Fact> facts_of(const std::string& node, std::int64_t first, std::int64_t last,
                                  const std::string& text = "") {
  std::vector<Fact> facts;
  for (std::int64_t i = first; i <= last; ++i) facts.push_back(fact_of(node, i, text));
  return facts;
}
inline Block block_of(std::span<const Fact> facts, const Hash& previous = {}) {
  Block block{{facts.front().node, facts.front().node_sequence, facts.back().node_sequence, {}, previous}, {}};
  block.header.root = *Held(block, facts).root();
  return sign(block.header, a_key());
}
inline Part part_of(const Block& block, std::span<const Fact> facts, const std::vector<std::int64_t>& wanted) {
  return Held(block, facts).part(wanted).value();
}
inline std::vector<std::int64_t> from_to(std::int64_t first, std::int64_t last) {
  std::vector<std::int64_t> all(static_cast<std::size_t>(last - first + 1));
  std::iota(all.begin(), all.end(), first);
  return all;
}

class BlockStoreTest : public JournalTest {
 protected:
  void SetUp() override { open(); }
  std::vector<Block> seal_all() {
    sql_->begin();
    auto blocks = seal(*sql_, "city", a_key());
    sql_->commit();
    return blocks;
  }
  // Of another node, at the end of the journal.
  void take(Fact fact) {
    const auto before = read_at(*sql_, {head(*sql_)});
    fact.position = head(*sql_) + 1;
    if (!before.empty()) fact.previous_hash = before.front().hash;
    fact.hash = hash_of(fact);
    sql_->prepare(
            "INSERT INTO fact (position, node, node_sequence, stream, version, type, occurred_at, recorded_at, actor, "
            "cause, world, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(fact.position)
        .bind(fact.node)
        .bind(fact.node_sequence)
        .bind(fact.stream)
        .bind(fact.version)
        .bind(fact.type)
        .bind(to_ms(fact.occurred_at))
        .bind(to_ms(fact.recorded_at))
        .bind(fact.actor)
        .bind(fact.cause)
        .bind(fact.world)
        .bind(fact.body)
        .bind_blob(fact.previous_hash)
        .bind_blob(fact.hash)
        .run();
  }
  // A part with those of its facts that the journal does not have yet.
  std::optional<Fork> receive(const Part& part) {
    sql_->begin();
    auto fork = keep(*sql_, part);
    for (const Fact& fact : part.facts)
      if (!fork && read_of_node(*sql_, fact.node, fact.node_sequence, fact.node_sequence).empty()) take(fact);
    sql_->commit();
    return fork;
  }
  std::int64_t count(const char* select) {
    auto& row = sql_->prepare(select);
    const std::int64_t n = row.step() ? row.integer(0) : -1;
    row.reset();
    return n;
  }
};

}  // namespace anlan::journal
