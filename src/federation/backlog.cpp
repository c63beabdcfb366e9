#include "federation/backlog.h"

#include <set>

namespace anlan::federation {
namespace {

// Pieces of the outbox that are looked at for one answer, each of some thousand facts of the journal.
constexpr int kPieces = 4;
constexpr std::size_t kPiece = 1000;

std::optional<Instant> recorded_at(sql::Connection& sql, journal::Position position) {
  const auto facts = journal::read_after(sql, position - 1, 1);
  return facts.empty() ? std::nullopt : std::optional(facts.front().recorded_at);
}

}  // namespace

Waiting Backlogs::of(sql::Connection& sql, const state::Directory& directory, const std::vector<view::ScopeRule>& rules,
                     const std::string& self, const std::string& neighbour, journal::Place read) {
  const std::lock_guard lock(mutex_);
  Counted& counted = counted_[neighbour];
  if (counted.read != read || counted.upto < read) counted = {read, read, {}};
  Waiting& waiting = counted.waiting;
  for (int i = 0; i < kPieces; ++i) {
    // The first alone: its place says with which fact it came into scope.
    const std::size_t limit = waiting.since ? kPiece : 1;
    const auto piece = view::outgoing(sql, directory, rules, self, neighbour, counted.upto, limit);
    std::set<journal::Position> positions;
    for (const auto& fact : piece.facts) positions.insert(fact.position);
    waiting.facts += std::ssize(positions);
    counted.upto = piece.upto;
    waiting.more = piece.more;
    if (!waiting.since && !positions.empty()) waiting.since = recorded_at(sql, piece.upto.since);
    if (!piece.more) break;
  }
  return waiting;
}

}  // namespace anlan::federation
