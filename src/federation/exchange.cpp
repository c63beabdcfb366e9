#include "federation/exchange.h"

#include <algorithm>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "journal/quarantine.h"
#include "journal/start.h"

namespace anlan::federation {
namespace {

std::size_t bytes_of(const view::Outgoing& outgoing) {
  std::size_t bytes = 0;
  for (const auto& fact : outgoing.facts) bytes += fact.body.size() + fact.stream.size();
  return bytes;
}

// As many facts as fit, but one at least.
view::Outgoing fitting(sql::Connection& sql, const state::Directory& directory,
                       const std::vector<view::ScopeRule>& rules, const std::string& self, const std::string& neighbour,
                       journal::Place after) {
  for (std::size_t limit = kFactsInBatch;; limit = std::max<std::size_t>(limit / 4, 1)) {
    auto found = view::outgoing(sql, directory, rules, self, neighbour, after, limit);
    if (limit == 1 || bytes_of(found) <= kBytesInBatch) return found;
  }
}

struct WitnessText {
  std::string node, by, hash, signature;
  std::int64_t last = 0;
  Instant seen_at;
  static constexpr auto fields = std::tuple{field("node", &WitnessText::node, 40),
                                            field("by", &WitnessText::by, 40),
                                            field("hash", &WitnessText::hash, 64),
                                            field("signature", &WitnessText::signature, 400),
                                            field("last", &WitnessText::last, journal::kLastSequence),
                                            field("seen_at", &WitnessText::seen_at)};
};

}  // namespace

// News goes ahead only of a long backlog, and once from each place: the backlog must move on too, or it would never
// end.
Piece next_piece(sql::Connection& sql, const state::Directory& directory, const std::vector<view::ScopeRule>& rules,
                 const std::string& self, const std::string& neighbour, journal::Place acknowledged,
                 journal::Place from, const Listener& told) {
  Listener next = told;
  const auto piece_of = [&](const view::Outgoing& found, bool ahead) {
    Piece piece{{}, found.facts.size(), found.upto, found.more, needs_sealing(sql, self, found.facts), ahead, next};
    if (!piece.unsealed) piece.bytes = to_bytes(make_batch(sql, self, acknowledged, found), told.form);
    return piece;
  };
  const journal::Position seen = journal::seen(sql);
  const bool waits = std::max(acknowledged, from).since + kLongBacklog < seen;
  const bool has_room = told.at != acknowledged;
  if (told.first && *told.first < seen && waits && has_room) {
    next.first = seen;
    for (std::size_t limit = kFactsInBatch; limit > 0; limit /= 4) {
      const auto first = view::going_first(sql, directory, rules, self, neighbour, acknowledged, *told.first, limit);
      if (first.facts.empty()) break;
      next.at = acknowledged;
      if (bytes_of(first) <= kBytesInBatch) return piece_of(first, true);
    }
  }
  return piece_of(fitting(sql, directory, rules, self, neighbour, from), false);
}

Result<command::Delivery, Refused> opened(std::string_view bytes, const std::string& neighbour, const KeyOf& known) {
  auto batch = batch_in(bytes);
  if (!batch) return Refused{neighbour, "bytes that are no batch of facts"};
  if (batch->sender != neighbour) return Refused{neighbour, "a batch of another sender, " + batch->sender};
  return proved(std::move(*batch), known);
}

// That something came another way before is no fault. All else that is refused is kept for people to look at, and told
// once however often it comes again.
command::Executor::Taken take(command::Executor& executor, sql::Connection& sql, command::Delivery delivery,
                              std::string_view bytes, Instant now, const Tell& tell) {
  const std::string neighbour = delivery.neighbour;
  auto taken = executor.take_in(std::move(delivery));
  if (taken.receipt == command::Receipt::kTaken || taken.receipt == command::Receipt::kElsewhere) return taken;
  if (keep_refused(sql, neighbour, {neighbour, taken.what}, bytes, now) && tell) tell(taken.what);
  return taken;
}

bool keep_refused(sql::Connection& sql, const std::string& neighbour, const Refused& refused, std::string_view bytes,
                  Instant now) {
  sql.begin();
  const bool is_new = journal::quarantine(sql, neighbour, refused.origin, refused.what, bytes, now);
  sql.commit();
  return is_new;
}

std::optional<journal::Witness> seen_of(sql::Connection& sql, const Self& self, const std::string& neighbour,
                                        Instant now) {
  const auto block = journal::last_block(sql, neighbour);
  if (!block) return std::nullopt;
  return journal::countersign(block->header, self.node, self.key, now);
}

std::string to_text(const journal::Witness& w) {
  return json::to_text(
      WitnessText{w.node, w.by, crypto::to_hex(w.hash), crypto::to_hex(w.signature), w.last, w.seen_at});
}

std::optional<journal::Witness> witness_in(std::string_view text) {
  const auto read = json::from_text<WitnessText>(text, json::Unknown::kPassedOver);
  if (!read.ok()) return std::nullopt;
  const auto hash = crypto::from_hex(read->hash), signature = crypto::from_hex(read->signature);
  if (!hash || !signature || hash->size() != journal::Hash{}.size()) return std::nullopt;
  journal::Witness witness{read->node, read->last, {}, read->by, *signature, read->seen_at};
  std::ranges::copy(*hash, witness.hash.begin());
  return witness;
}

// What a neighbour has not signed is worth nothing. Two histories under its signature are what a restored backup looks
// like from outside.
std::optional<std::string> keep_witness(sql::Connection& sql, const journal::Witness& witness, const std::string& self,
                                        const std::string& neighbour, const std::string& its_public_key) try {
  if (witness.node != self || witness.by != neighbour || !journal::check(witness, crypto::Sm2PublicKey(its_public_key)))
    return neighbour + " has not signed what it says it has seen";
  sql.begin();
  const auto other = journal::keep(sql, witness);
  sql.commit();
  if (!other) return std::nullopt;
  return neighbour + " has seen two histories of this node at " + std::to_string(witness.last);
} catch (const std::invalid_argument&) {
  return "the register has no usable key of " + neighbour;
}

}  // namespace anlan::federation
