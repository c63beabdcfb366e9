#pragma once
// The blocks in a store: those of its own node, and those of other nodes that came with their facts.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "journal/block.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// Bytes of facts (their texts, and some for the rest) behind which a block ends early, so that the whole of it always
// fits into what a receiver takes (block_bytes.h). A fact alone may be larger.
inline constexpr std::size_t kMostSealedBytes = 8 << 20;

// Puts the facts of `node`, which is the store's own, that lie in no block yet into blocks, and returns these. Inside a
// transaction of the writer. Throws sql::Error, corrupt, where one of the facts is missing.
std::vector<Block> seal(sql::Connection&, const std::string& node, const crypto::Sm2PrivateKey&);

// nullopt where there is none.
std::optional<Block> last_block(sql::Connection&, std::string_view node);
// Those that reach beyond `sequence`, in order.
std::vector<Block> blocks_after(sql::Connection&, std::string_view node, std::int64_t sequence, std::int64_t limit);
// Visits all, in order of node and first, with the hash that the store has for each.
void each_block(sql::Connection&, const std::function<void(const Block&, const Hash& stored)>& visit);

// Two blocks with valid signatures of one node that cannot belong to one history: they overlap, or the one behind does
// not name the one before.
struct Fork {
  Block held, came;
};
// The one among the stored blocks that the header contradicts. The header is well_formed().
std::optional<Block> contradicted_by(sql::Connection&, const BlockHeader&);

// Keeps the block of another node with what is needed to make parts of it again. The part is one that check() found
// sound; whoever keeps it puts its facts into the journal in the same transaction, or narrows it to those first. The
// same block may come again with other facts. Nothing is kept where the answer is a fork.
std::optional<Fork> keep(sql::Connection&, const Part&);

// Of the stored block that begins at `first`, with the facts that the journal has. nullopt where there is no such
// block, it cannot be made from what is held, or that does not give the root. `wanted` ascends.
std::optional<Part> part(sql::Connection&, std::string_view node, std::int64_t first,
                         std::span<const std::int64_t> wanted);

// Whether what the journal has of a block gives its root. A block of which nothing is held but the header is sound.
bool sound(sql::Connection&, const Block&);

}  // namespace anlan::journal
