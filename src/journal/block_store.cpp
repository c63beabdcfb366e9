#include "journal/block_store.h"

#include <algorithm>
#include <limits>

#include "base/result.h"
#include "journal/fact_hash.h"
#include "journal/history.h"
#include "journal/journal.h"

namespace anlan::journal {
namespace {

constexpr std::int64_t kPage = 1000;   // blocks in memory at once while all are read
constexpr std::size_t kNumbers = 256;  // bytes that a fact takes beside its texts, rather too many

constexpr std::string_view kBlocks = "SELECT node, first, last, root, previous, signature, hash FROM block ";

crypto::Bytes bytes_in(std::span<const std::byte> column) { return {column.begin(), column.end()}; }

Block block_in(const sql::Statement& row) {
  return {{std::string(row.text(0)), row.integer(1), row.integer(2), hash_in(row.blob(3)), hash_in(row.blob(4))},
          bytes_in(row.blob(5))};
}

std::vector<Block> all_of(sql::Statement& rows) {
  std::vector<Block> blocks;
  while (rows.step()) blocks.push_back(block_in(rows));
  return blocks;
}

void insert(sql::Connection& sql, const Block& block) {
  const BlockHeader& header = block.header;
  sql.prepare(
         "INSERT INTO block (node, first, last, root, previous, hash, signature) VALUES (?, ?, ?, ?, ?, ?, ?) "
         "ON CONFLICT (node, first) DO NOTHING")
      .bind(header.node)
      .bind(header.first)
      .bind(header.last)
      .bind_blob(header.root)
      .bind_blob(header.previous)
      .bind_blob(hash_of(header))
      .bind_blob(block.signature)
      .run();
}

std::optional<Block> block_at(sql::Connection& sql, std::string_view node, std::int64_t first) {
  static const std::string text = std::string(kBlocks) + "WHERE node = ? AND first = ?";
  auto& rows = sql.prepare(text);
  rows.bind(node).bind(first);
  auto found = all_of(rows);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::map<Run, Hash> hashes_of(sql::Connection& sql, const BlockHeader& header) {
  auto& rows = sql.prepare("SELECT begins, leaves, hash FROM block_hash WHERE node = ? AND first = ?");
  rows.bind(header.node).bind(header.first);
  std::map<Run, Hash> hashes;
  while (rows.step()) hashes[{rows.integer(0), rows.integer(1)}] = hash_in(rows.blob(2));
  return hashes;
}

sql::Error missing_before(const Fact& fact) {
  sql::Error error("a fact of this node before its number " + std::to_string(fact.node_sequence) + " is gone");
  error.corrupt = true;
  return error;
}

// The facts of one block, fewer where they would be too many bytes for one.
std::vector<Fact> next_facts(sql::Connection& sql, const std::string& node, std::int64_t first) {
  auto facts = read_of_node(sql, node, first, first + kMostInBlock - 1);
  std::size_t bytes = 0;
  const auto too_much = std::ranges::find_if(facts, [&](const Fact& f) {
    bytes += kNumbers + f.stream.size() + f.type.size() + f.actor.size() + f.cause.size() + f.world.size();
    return (bytes += f.body.size()) > kMostSealedBytes;
  });
  if (too_much != facts.end()) facts.erase(std::max(too_much, facts.begin() + 1), facts.end());
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (facts[i].node_sequence != first + static_cast<std::int64_t>(i)) throw missing_before(facts[i]);
  return facts;
}

// The number at which sealing goes on: numbers that were lost are left out.
std::int64_t behind_lost(sql::Connection& sql, const std::string& node, std::int64_t first) {
  auto& row = sql.prepare("SELECT MIN(node_sequence) FROM fact WHERE node = ? AND node_sequence >= ?");
  row.bind(node).bind(first);
  const std::int64_t next = row.step() && !row.is_null(0) ? row.integer(0) : first;
  row.reset();
  for (const Lost& one : lost(sql))
    if (next > first && one.covers(node, first, next - 1)) return next;
  return first;
}

// Whether both can stand in one chain.
bool agree(const BlockHeader& a, const BlockHeader& b) {
  if (a.last < b.first) return a.last + 1 < b.first || b.previous == hash_of(a);
  if (b.last < a.first) return b.last + 1 < a.first || a.previous == hash_of(b);
  return a == b;
}

}  // namespace

std::vector<Block> seal(sql::Connection& sql, const std::string& node, const crypto::Sm2PrivateKey& key) {
  std::vector<Block> blocks;
  const auto last = last_block(sql, node);
  BlockHeader header{node, 0, last ? last->header.last : 0, {}, last ? hash_of(last->header) : Hash{}};
  for (;;) {
    header.first = behind_lost(sql, node, header.last + 1);
    const auto facts = next_facts(sql, node, header.first);
    if (facts.empty()) return blocks;
    header.last = facts.back().node_sequence;
    const Block unsigned_yet{header, {}};
    header.root = *Held(unsigned_yet, facts).root();
    insert(sql, blocks.emplace_back(sign(header, key)));
    header.previous = hash_of(header);
  }
}

std::optional<Block> last_block(sql::Connection& sql, std::string_view node) {
  static const std::string text = std::string(kBlocks) + "WHERE node = ? ORDER BY first DESC LIMIT 1";
  auto& rows = sql.prepare(text);
  rows.bind(node);
  auto found = all_of(rows);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// No block is longer than kMostInBlock, so the key alone finds where to begin.
std::vector<Block> blocks_after(sql::Connection& sql, std::string_view node, std::int64_t sequence,
                                std::int64_t limit) {
  static const std::string text =
      std::string(kBlocks) + "WHERE node = ? AND first > ? AND last > ? ORDER BY first LIMIT ?";
  auto& rows = sql.prepare(text);
  rows.bind(node).bind(sequence - kMostInBlock).bind(sequence).bind(limit);
  return all_of(rows);
}

void each_block(sql::Connection& sql, const std::function<void(const Block&, const Hash& stored)>& visit) {
  static const std::string text = std::string(kBlocks) + "WHERE (node, first) > (?, ?) ORDER BY node, first LIMIT ?";
  std::string node;
  for (std::int64_t first = std::numeric_limits<std::int64_t>::min();;) {
    auto& rows = sql.prepare(text);
    rows.bind(node).bind(first).bind(kPage);
    std::vector<std::pair<Block, Hash>> page;
    while (rows.step()) page.emplace_back(block_in(rows), hash_in(rows.blob(6)));
    if (page.empty()) return;
    node = page.back().first.header.node;
    first = page.back().first.header.first;
    for (const auto& [block, stored] : page) visit(block, stored);
  }
}

std::optional<Block> contradicted_by(sql::Connection& sql, const BlockHeader& header) {
  ANLAN_ASSERT(well_formed(header));
  static const std::string text = std::string(kBlocks) + "WHERE node = ? AND first >= ? AND first <= ? ORDER BY first";
  auto& rows = sql.prepare(text);
  rows.bind(header.node).bind(header.first - kMostInBlock).bind(header.last + 1);
  for (Block& block : all_of(rows))
    if (!agree(block.header, header)) return std::move(block);
  return std::nullopt;
}

std::optional<Fork> keep(sql::Connection& sql, const Part& part) {
  const auto hashes = runs_of(part);
  ANLAN_ASSERT(hashes.has_value());
  const BlockHeader& header = part.block.header;
  if (auto held = contradicted_by(sql, header)) return Fork{std::move(*held), part.block};
  insert(sql, part.block);
  for (const auto& [run, hash] : *hashes) {
    if (run.leaves == header.count()) continue;  // the root, which the header has
    sql.prepare(
           "INSERT INTO block_hash (node, first, begins, leaves, hash) VALUES (?, ?, ?, ?, ?) "
           "ON CONFLICT (node, first, begins, leaves) DO NOTHING")
        .bind(header.node)
        .bind(header.first)
        .bind(run.first)
        .bind(run.leaves)
        .bind_blob(hash)
        .run();
  }
  return std::nullopt;
}

std::optional<Part> part(sql::Connection& sql, std::string_view node, std::int64_t first,
                         std::span<const std::int64_t> wanted) {
  const auto block = block_at(sql, node, first);
  if (!block) return std::nullopt;
  const auto facts = read_of_node(sql, node, first, block->header.last);
  auto hashes = hashes_of(sql, block->header);
  hashes.emplace(Run{first, block->header.count()}, block->header.root);  // for who wants no fact of it
  Held held(*block, facts, std::move(hashes));
  auto made = held.part(wanted);
  held.root();
  return held.contradicted() ? std::nullopt : made;
}

bool sound(sql::Connection& sql, const Block& block) {
  const auto facts = read_of_node(sql, block.header.node, block.header.first, block.header.last);
  auto hashes = hashes_of(sql, block.header);
  if (facts.empty() && hashes.empty()) return true;
  Held held(block, facts, std::move(hashes));
  return held.root() == block.header.root && !held.contradicted();
}

}  // namespace anlan::journal
