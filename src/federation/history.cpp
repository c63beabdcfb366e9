#include "federation/history.h"

#include <algorithm>

#include "journal/history.h"

namespace anlan::federation {
namespace {

constexpr std::int64_t kBlocks = 16;
constexpr std::size_t kEnough = 1 << 20;  // bytes of facts, behind which no further block is added

std::size_t bytes_of(const journal::Part& part) {
  std::size_t bytes = 0;
  for (const auto& fact : part.facts) bytes += fact.body.size() + fact.stream.size();
  return bytes;
}

bool is_here(sql::Connection& sql, const std::string& node, std::int64_t last, const journal::Hash& hash) {
  const auto blocks = journal::blocks_after(sql, node, last - 1, 1);
  return !blocks.empty() && blocks.front().header.last == last && journal::hash_of(blocks.front().header) == hash;
}

}  // namespace

std::string history_of(sql::Connection& sql, const std::string& self, const std::string& node, std::int64_t after) {
  Batch batch{self, {}, {}, {}, {}};
  std::size_t bytes = 0;
  for (const auto& block : journal::blocks_after(sql, node, after, kBlocks)) {
    auto part = journal::held_part(sql, block.header);
    if (!part) continue;
    bytes += bytes_of(*part);
    if (!batch.parts.empty() && bytes > kEnough) break;
    for (std::size_t i = 0; i < part->facts.size(); ++i) batch.order.emplace_back(batch.parts.size(), i);
    batch.parts.push_back(std::move(*part));
  }
  return batch.parts.empty() ? std::string() : to_bytes(batch);
}

Result<std::vector<journal::Part>, Refused> history_in(std::string_view bytes, const std::string& neighbour,
                                                       const std::string& self, const std::string& own_public_key) {
  auto batch = batch_in(bytes);
  if (!batch || batch->parts.empty()) return Refused{neighbour, "bytes that are no history"};
  const crypto::Sm2PublicKey key(own_public_key);
  for (const auto& part : batch->parts)
    if (part.block.header.node != self || journal::check(part, key) != journal::PartFault::kNone)
      return Refused{part.block.header.node, "a history that is not this node's"};
  return std::move(batch->parts);
}

void keep_history(sql::Connection& sql, const std::string& neighbour, std::string_view bytes,
                  const std::vector<journal::Part>& parts, Instant now) {
  std::int64_t upto = parts.empty() ? journal::kLastSequence : 0;
  for (const auto& part : parts) upto = std::max(upto, part.block.header.last);
  const bool ahead = std::ranges::any_of(parts, [&](const journal::Part& part) {
    const auto& header = part.block.header;
    return !is_here(sql, header.node, header.last, journal::hash_of(header)) && !journal::knows_acts_of(sql, part);
  });
  sql.begin();
  journal::keep_returned(sql, neighbour, upto, bytes);
  if (ahead) journal::note_ahead(sql, neighbour, now);
  sql.commit();
}

bool knows_more(sql::Connection& sql, const std::string& self, journal::Place read_to,
                const std::optional<journal::Witness>& witness) {
  if (read_to.since > journal::head(sql)) return true;
  return witness && witness->node == self && !is_here(sql, self, witness->last, witness->hash);
}

std::optional<std::int64_t> missing_from(sql::Connection& sql, const std::string& self, const std::string& neighbour) {
  const std::int64_t upto = journal::returned_upto(sql, neighbour);
  if (upto == journal::kLastSequence) return std::nullopt;
  return std::max(upto, journal::agreed_with(sql, self, neighbour));
}

}  // namespace anlan::federation
