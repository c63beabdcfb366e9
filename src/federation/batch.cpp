#include "federation/batch.h"

#include <algorithm>
#include <map>
#include <set>

#include "codec/fact.h"
#include "domain/node/facts.h"

namespace anlan::federation {
namespace {

using journal::Fact;
using journal::Part;

// Of one origin by its own numbers.
using Sequences = std::set<std::int64_t>;

sql::Error unproved(const std::string& node, std::int64_t sequence) {
  sql::Error error("no block here proves fact " + std::to_string(sequence) + " of " + node);
  error.corrupt = true;
  return error;
}

// The parts that hold just these facts of a node.
std::vector<Part> parts_of(sql::Connection& sql, const std::string& node, const Sequences& sequences) {
  std::vector<Part> parts;
  for (auto at = sequences.begin(); at != sequences.end();) {
    const auto blocks = journal::blocks_after(sql, node, *at - 1, 1);
    if (blocks.empty() || blocks.front().header.first > *at) throw unproved(node, *at);
    const auto end = sequences.upper_bound(blocks.front().header.last);
    const std::vector<std::int64_t> wanted(at, end);
    auto part = journal::part(sql, node, blocks.front().header.first, wanted);
    if (!part) throw unproved(node, *at);
    parts.push_back(std::move(*part));
    at = end;
  }
  return parts;
}

const char* word_of(journal::PartFault fault) {
  switch (fault) {
    case journal::PartFault::kMalformed:
      return "a block that no node makes";
    case journal::PartFault::kForeign:
      return "a fact that is not of its block";
    case journal::PartFault::kForged:
      return "a block that its node has not signed";
    default:
      return "facts that do not give the root of their block";
  }
}

// Keys that the register has, and those of nodes that proved parts of the batch register.
class Keys {
 public:
  explicit Keys(const KeyOf& known) : known_(known) {}

  std::optional<std::string> of(const std::string& node) const {
    if (auto key = known_(node)) return key;
    const auto found = registered_.find(node);
    return found == registered_.end() ? std::nullopt : std::optional(found->second);
  }
  // Read once for all parts of a node. Throws std::invalid_argument where it is none.
  const crypto::Sm2PublicKey& read(const std::string& key) {
    const auto found = read_.find(key);
    return found != read_.end() ? found->second : read_.emplace(key, crypto::Sm2PublicKey(key)).first->second;
  }
  // True where the part has told of a node that was unknown.
  bool learn(const Part& part) {
    bool learnt = false;
    for (const Fact& fact : part.facts) {
      if (fact.type != node::Registered::kType) continue;
      const auto read = json::from_text<node::Registered>(fact.body, json::Unknown::kPassedOver);
      if (read.ok() && fact.stream == "node/" + read->id)
        learnt = registered_.emplace(read->id, read->public_key).second || learnt;
    }
    return learnt;
  }

 private:
  const KeyOf& known_;
  std::map<std::string, std::string> registered_;
  std::map<std::string, crypto::Sm2PublicKey> read_;  // by their texts
};

std::optional<Refused> fault_of(const Part& part, Keys& keys, const std::string& key) try {
  const auto fault = journal::check(part, keys.read(key));
  if (fault == journal::PartFault::kNone) return std::nullopt;
  return Refused{part.block.header.node, word_of(fault)};
} catch (const std::invalid_argument&) {
  return Refused{part.block.header.node, "the register has no usable key of this node"};
}

// A part may tell of the node whose part came before it, so they are gone through until nothing new is learnt.
std::optional<Refused> fault_of(const std::vector<Part>& parts, const KeyOf& known) {
  Keys keys(known);
  std::vector<const Part*> open;
  for (const Part& part : parts) open.push_back(&part);
  for (bool learnt = true; learnt && !open.empty();) {
    learnt = false;
    std::vector<const Part*> left;
    for (const Part* part : open) {
      const auto key = keys.of(part->block.header.node);
      if (!key) {
        left.push_back(part);
        continue;
      }
      if (auto fault = fault_of(*part, keys, *key)) return fault;
      learnt = keys.learn(*part) || learnt;
    }
    open = std::move(left);
  }
  if (open.empty()) return std::nullopt;
  return Refused{open.front()->block.header.node, "a node that nobody has registered here"};
}

}  // namespace

bool needs_sealing(sql::Connection& sql, const std::string& self, const std::vector<Fact>& facts) {
  std::int64_t last = 0;
  for (const Fact& fact : facts)
    if (fact.node == self) last = std::max(last, fact.node_sequence);
  if (last == 0) return false;
  const auto block = journal::last_block(sql, self);
  return !block || block->header.last < last;
}

Batch make_batch(sql::Connection& sql, const std::string& self, journal::Place after, const view::Outgoing& outgoing) {
  Batch batch{self, after, outgoing.upto, {}, {}};
  std::map<std::string, Sequences> wanted;
  for (const Fact& fact : outgoing.facts) wanted[fact.node].insert(fact.node_sequence);
  std::map<std::pair<std::string, std::int64_t>, std::pair<std::size_t, std::size_t>> where;
  for (const auto& [node, sequences] : wanted)
    for (Part& part : parts_of(sql, node, sequences)) {
      for (std::size_t i = 0; i < part.facts.size(); ++i)
        where[{node, part.facts[i].node_sequence}] = {batch.parts.size(), i};
      batch.parts.push_back(std::move(part));
    }
  // One that comes twice, as what was sent ahead of a report does, stands where it is needed first.
  for (const Fact& fact : outgoing.facts)
    if (const auto found = where.find({fact.node, fact.node_sequence}); found != where.end()) {
      batch.order.push_back(found->second);
      where.erase(found);
    }
  return batch;
}

Result<command::Delivery, Refused> proved(Batch batch, const KeyOf& known) {
  if (auto fault = fault_of(batch.parts, known)) return *fault;
  command::Delivery delivery{batch.sender, batch.after, batch.upto, {}, {}};
  delivery.facts.reserve(batch.order.size());
  for (const auto& [part, fact] : batch.order) delivery.facts.push_back(batch.parts[part].facts[fact]);
  delivery.parts = std::move(batch.parts);
  return delivery;
}

}  // namespace anlan::federation
