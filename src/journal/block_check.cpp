#include "journal/block_check.h"

#include <algorithm>

#include "journal/block_store.h"
#include "journal/history.h"
#include "journal/witness.h"

namespace anlan::journal {
namespace {

std::string name_of(const BlockHeader& header) {
  return header.node + " " + std::to_string(header.first) + "-" + std::to_string(header.last);
}

struct Seen {
  BlockHeader header;
  Hash stored{};
};

// Of a foreign node there may be blocks in between that never came, and of the own one where they were lost: those that
// do follow each other must agree. Where the one before was changed that has been told already: either of its hashes
// will do.
bool follows(const BlockHeader& block, const Seen& before, bool own, const std::vector<Lost>& lost) {
  const std::int64_t last = before.header.node == block.node ? before.header.last : 0;
  if (block.first == last + 1)
    return last == 0 || block.previous == before.stored || block.previous == hash_of(before.header);
  const auto covers = [&](const Lost& one) { return one.covers(block.node, last + 1, block.first - 1); };
  return block.first > last && (!own || std::ranges::any_of(lost, covers));
}

}  // namespace

std::set<std::string> own_nodes(sql::Connection& sql) {
  auto& rows = sql.prepare("SELECT node FROM own_node");
  std::set<std::string> nodes;
  while (rows.step()) nodes.emplace(rows.text(0));
  return nodes;
}

void check_blocks(sql::Connection& sql, Report& report) {
  const auto own = own_nodes(sql);
  const auto gaps = lost(sql);
  Seen before;
  each_block(sql, [&](const Block& block, const Hash& stored) {
    const BlockHeader& header = block.header;
    if (!well_formed(header) || hash_of(header) != stored) {
      report.add(ProblemKind::kBlockChanged, name_of(header));
    } else if (!sound(sql, block)) {
      report.add(ProblemKind::kBlockRoot, name_of(header));
    }
    if (!follows(header, before, own.contains(header.node), gaps)) report.add(ProblemKind::kBlockChain, name_of(header));
    before = {header, stored};
  });
  for (const std::string& node : own)
    for (const Witness& w : disputed(sql, node))
      report.add(ProblemKind::kBlockWitness, w.node + " " + std::to_string(w.last) + " " + w.by);
}

}  // namespace anlan::journal
