#include "journal/block.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "base/result.h"
#include "journal/encoder.h"

namespace anlan::journal {
namespace {

// As RFC 6962 section 2.1 splits: the largest power of two below the count stands left, whatever the receiver.
std::pair<Run, Run> split(const Run& run) {
  const auto left = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(run.leaves - 1)));
  return {{run.first, left}, {run.first + left, run.leaves - left}};
}

Run whole(const BlockHeader& header) { return {header.first, header.count()}; }

Hash joined(const Hash& left, const Hash& right) { return Encoder("anlan.node.1").add(left).add(right).finish(); }

void leave_out(const Run& run, std::span<const std::int64_t> sequences, std::vector<Run>& runs) {
  if (sequences.empty()) {
    runs.push_back(run);
  } else if (run.leaves > 1) {
    const auto [left, right] = split(run);
    const auto middle = std::ranges::lower_bound(sequences, right.first);
    leave_out(left, {sequences.begin(), middle}, runs);
    leave_out(right, {middle, sequences.end()}, runs);
  }
}

bool lies_in(const Fact& fact, const BlockHeader& header) {
  return fact.node == header.node && fact.node_sequence >= header.first && fact.node_sequence <= header.last;
}

}  // namespace

Hash leaf_of(const Fact& fact) {
  return Encoder("anlan.leaf.1")
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

Hash hash_of(const BlockHeader& header) {
  return Encoder("anlan.block.1")
      .add(header.node)
      .add(header.first)
      .add(header.last)
      .add(header.root)
      .add(header.previous)
      .finish();
}

bool well_formed(const BlockHeader& header) {
  return !header.node.empty() && header.first >= 1 && header.last >= header.first && header.last <= kLastSequence &&
         header.count() <= kMostInBlock && (header.first == 1) == (header.previous == Hash{});
}

Block sign(BlockHeader header, const crypto::Sm2PrivateKey& key) {
  auto signature = key.sign(hash_of(header));
  return {std::move(header), std::move(signature)};
}

std::vector<Run> left_out(const BlockHeader& header, std::span<const std::int64_t> sequences) {
  std::vector<Run> runs;
  leave_out(whole(header), sequences, runs);
  return runs;
}

std::vector<std::int64_t> sequences_of(std::span<const Fact> facts) {
  std::vector<std::int64_t> sequences;
  for (const Fact& fact : facts) sequences.push_back(fact.node_sequence);
  return sequences;
}

Held::Held(const Block& block, std::span<const Fact> facts, std::map<Run, Hash> hashes)
    : block_(block), facts_(facts), hashes_(std::move(hashes)) {
  ANLAN_ASSERT(well_formed(block.header));
  leaves_.resize(static_cast<std::size_t>(block.header.count()));
}

std::optional<Hash> Held::root() { return known(whole(block_.header)); }

std::optional<Part> Held::part(std::span<const std::int64_t> wanted) {
  Part part{block_, {}, {}};
  std::int64_t before = block_.header.first - 1;
  for (const std::int64_t sequence : wanted) {
    const Fact* held = fact(sequence);
    if (!held || sequence <= before) return std::nullopt;
    part.facts.push_back(*held);
    before = sequence;
  }
  for (const Run& run : left_out(block_.header, wanted)) {
    const auto hash = known(run);
    if (!hash) return std::nullopt;
    part.hashes.push_back(*hash);
  }
  return part;
}

// What is inside a run goes before a hash given for it, so that a store whose facts were changed shows it.
std::optional<Hash> Held::known(const Run& run) {
  std::optional<Hash> inside;
  if (run.leaves == 1) {
    inside = leaf(run.first);
  } else {
    const auto [left, right] = split(run);
    const auto l = known(left), r = known(right);
    if (l && r) inside = joined(*l, *r);
  }
  const auto given = hashes_.find(run);
  if (given == hashes_.end()) return inside;
  if (inside && *inside != given->second) contradicted_ = true;
  return inside ? inside : given->second;
}

std::optional<Hash> Held::leaf(std::int64_t sequence) {
  auto& kept = leaves_[static_cast<std::size_t>(sequence - block_.header.first)];
  if (const Fact* held = kept ? nullptr : fact(sequence)) kept = leaf_of(*held);
  return kept;
}

const Fact* Held::fact(std::int64_t sequence) const {
  const auto found = std::ranges::lower_bound(facts_, sequence, {}, &Fact::node_sequence);
  return found != facts_.end() && found->node_sequence == sequence ? &*found : nullptr;
}

std::optional<std::map<Run, Hash>> runs_of(const Part& part) {
  const BlockHeader& header = part.block.header;
  const auto ascends = [](const Fact& a, const Fact& b) { return a.node_sequence < b.node_sequence; };
  if (!well_formed(header) || !std::ranges::all_of(part.facts, [&](const Fact& f) { return lies_in(f, header); }) ||
      std::ranges::adjacent_find(part.facts, std::not_fn(ascends)) != part.facts.end())
    return std::nullopt;
  const auto runs = left_out(header, sequences_of(part.facts));
  if (runs.size() != part.hashes.size()) return std::nullopt;
  std::map<Run, Hash> hashes;
  for (std::size_t i = 0; i < runs.size(); ++i) hashes.emplace_hint(hashes.end(), runs[i], part.hashes[i]);
  return hashes;
}

bool holds(const Part& part) {
  auto hashes = runs_of(part);
  return hashes && Held(part.block, part.facts, std::move(*hashes)).root() == part.block.header.root;
}

std::optional<Part> narrowed(const Part& part, std::span<const std::int64_t> wanted) {
  auto hashes = runs_of(part);
  return hashes ? Held(part.block, part.facts, std::move(*hashes)).part(wanted) : std::nullopt;
}

PartFault check(const Part& part, const crypto::Sm2PublicKey& of_its_node) {
  const BlockHeader& header = part.block.header;
  if (!well_formed(header)) return PartFault::kMalformed;
  if (!std::ranges::all_of(part.facts, [&](const Fact& f) { return lies_in(f, header); })) return PartFault::kForeign;
  if (!of_its_node.verify(hash_of(header), part.block.signature)) return PartFault::kForged;
  return holds(part) ? PartFault::kNone : PartFault::kUnsound;
}

}  // namespace anlan::journal
