#pragma once
// Blocks: how the facts of one node are carried to others, who get each another subset of them, so that every receiver
// can check what it was given and hand on a subset of that. docs/journal-format.md, "Blocks"; nothing here touches a
// store.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "journal/fact.h"
#include "platform/crypto/sm2.h"

namespace anlan::journal {

inline constexpr std::int64_t kMostInBlock = 256;
// Beyond any sequence that a node will reach; sums with it do not overflow.
inline constexpr std::int64_t kLastSequence = std::int64_t{1} << 62;

// Facts first..last of one node, by its own numbers, and the block before them. The chain of headers is the history of
// the node as its neighbours know it.
struct BlockHeader {
  std::string node;
  std::int64_t first = 0, last = 0;
  Hash root{};      // of the tree over the facts' leaves
  Hash previous{};  // hash_of() the header that ends at first - 1; zero where first is 1

  std::int64_t count() const { return last - first + 1; }
  bool operator==(const BlockHeader&) const = default;
};

struct Block {
  BlockHeader header;
  crypto::Bytes signature;  // of the node, over the 32 bytes of the header's hash; SM2, DER
};

// Neighbouring leaves under one node of the tree: `leaves` of them from sequence `first` on.
struct Run {
  std::int64_t first = 0, leaves = 0;
  bool operator==(const Run&) const = default;
  bool operator<(const Run& other) const { return first != other.first ? first < other.first : leaves < other.leaves; }
};

// What one receiver gets of a block. A fact's position and chain hashes say nothing here: they are a store's own.
struct Part {
  Block block;
  std::vector<Fact> facts;   // ascending by node_sequence
  std::vector<Hash> hashes;  // of left_out() runs, in their order
};

// Of what every store holds of a fact alike: all but position, previous_hash and hash.
Hash leaf_of(const Fact&);
Hash hash_of(const BlockHeader&);
// 1 to kMostInBlock facts from 1 to kLastSequence, a node, and a previous block exactly where there must be one.
bool well_formed(const BlockHeader&);
Block sign(BlockHeader, const crypto::Sm2PrivateKey&);

// The largest runs that hold none of these sequences, from left to right. The sequences ascend and lie in the block.
std::vector<Run> left_out(const BlockHeader&, std::span<const std::int64_t> sequences);
// Of the facts in a part, in their order.
std::vector<std::int64_t> sequences_of(std::span<const Fact>);

// What is known of one block: some of its facts, and the hashes of runs. All of it, a part that came, or what is left
// of several parts are the same to it. Leaves are hashed once, so it is worth keeping for several receivers. Used by
// one thread; block and facts must outlive it.
class Held {
 public:
  // The header is well_formed(); the facts ascend and are of the header's node and range.
  Held(const Block&, std::span<const Fact>, std::map<Run, Hash> hashes = {});

  // nullopt where too little is known.
  std::optional<Hash> root();
  // Whether a hash given for a run was found to be another one than what is known inside the run gives.
  bool contradicted() const { return contradicted_; }
  // For a receiver of these sequences, which ascend. nullopt where one of the facts is not held, or too little is known
  // beside them.
  std::optional<Part> part(std::span<const std::int64_t> wanted);

 private:
  std::optional<Hash> known(const Run&);
  std::optional<Hash> leaf(std::int64_t sequence);
  const Fact* fact(std::int64_t sequence) const;

  const Block& block_;
  const std::span<const Fact> facts_;
  const std::map<Run, Hash> hashes_;
  std::vector<std::optional<Hash>> leaves_;
  bool contradicted_ = false;
};

// The runs of a part with their hashes. nullopt where the facts do not ascend within the header's node and range, or
// where there is not one hash for each run.
std::optional<std::map<Run, Hash>> runs_of(const Part&);

// Whether facts and hashes give the root, each used exactly once. Of signatures it says nothing.
bool holds(const Part&);
// A smaller part of it, for who forwards it; of one that holds() it holds too. nullopt where a wanted fact is not in
// it.
std::optional<Part> narrowed(const Part&, std::span<const std::int64_t> wanted);

enum class PartFault {
  kNone,
  kMalformed,  // a header that no node makes
  kForeign,    // a fact of another node, or outside of the block
  kForged,     // not signed with this key
  kUnsound,    // does not give the root
};
// What is cheap first: nothing is hashed for who cannot sign.
PartFault check(const Part&, const crypto::Sm2PublicKey& of_its_node);

}  // namespace anlan::journal
