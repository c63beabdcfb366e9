#pragma once
// Countersigned heads: a neighbour signs that it has seen a node's history up to a block. Whoever rewrites that
// history, and can sign for the node, cannot sign for its neighbours.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/block.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

struct Witness {
  std::string node;       // whose history
  std::int64_t last = 0;  // sequence with which the block ends
  Hash hash{};            // of the block's header
  std::string by;         // the neighbour
  crypto::Bytes signature;
  Instant seen_at;  // by the clock of who made it; not under the signature
};

// Of all but signature and seen_at; its 32 bytes are what is signed.
Hash hash_of(const Witness&);
Witness countersign(const BlockHeader&, std::string by, const crypto::Sm2PrivateKey& of_by, Instant now);
bool check(const Witness&, const crypto::Sm2PublicKey& of_by);

// Inside a transaction, of one that check() found signed. What the same neighbour has signed of the same place before
// stays; where that was another block it is returned: two histories were seen.
std::optional<Witness> keep(sql::Connection&, const Witness&);
// Of a node's block that ends there, in order of the neighbours' names.
std::vector<Witness> witnesses_of(sql::Connection&, std::string_view node, std::int64_t last);

// The places of the node's history where the store holds no block, or another one, than a neighbour has seen; without
// those of a history that was given up (journal/history.h).
std::vector<Witness> disputed(sql::Connection&, std::string_view node);

}  // namespace anlan::journal
