#pragma once
// Facts on the way from one node to its neighbour, as bytes: a piece of the sender's outbox, with which the receiver
// can prove what each origin recorded.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command/delivery.h"
#include "view/outgoing.h"

namespace anlan::federation {

// About so many facts and bytes, unpacked, a sender puts into a batch; one fact alone may be larger.
inline constexpr std::size_t kFactsInBatch = 1024, kBytesInBatch = 512 << 10;
// Behind so many facts of the journal a neighbour hears first what goes first, of the latest news (view/outgoing.h).
inline constexpr journal::Position kLongBacklog = 2 * kFactsInBatch;
// A receiver reads no more, packed and unpacked.
inline constexpr std::size_t kMostPacked = 4 << 20, kMostUnpacked = 16 << 20;
// Facts of a batch, those among them that a report needs ahead of it.
inline constexpr std::int64_t kMostFacts = 8192;

// The last form of a batch that this release reads; it reads and writes all before it too. Of every form the bytes are
// packed alike and begin with a line of JSON whose member `form` says which it is.
inline constexpr std::int64_t kForm = 1;

// Facts for one neighbour, with what proves them: parts of blocks of their nodes, and the order in which they are to be
// taken in, which may go to and fro between the parts. Where `upto` is `after`, nothing of the sender's journal is
// passed over: what the batch holds comes again in its turn.
struct Batch {
  std::string sender;
  journal::Place after, upto;
  std::vector<journal::Part> parts;
  // In the order in which the facts are to be taken in: which part, and which of its facts. Each fact once.
  std::vector<std::pair<std::size_t, std::size_t>> order;
};

// `form`: what its receiver reads, at most kForm.
std::string to_bytes(const Batch&, std::int64_t form = kForm);
// Whether bytes that are no batch here are one of a later release.
bool is_of_later_form(std::string_view bytes);
// Of bytes from anywhere; nullopt for what is no batch or more than a receiver takes. Nothing is proved by it.
std::optional<Batch> batch_in(std::string_view bytes);

// Whether facts of this node among these lie in no block yet: they cannot leave before (journal::seal).
bool needs_sealing(sql::Connection&, const std::string& self, const std::vector<journal::Fact>&);
// With the parts of the blocks in which the facts lie. Throws sql::Error, corrupt, where the store has a fact of which
// it cannot prove the origin.
Batch make_batch(sql::Connection&, const std::string& self, journal::Place after, const view::Outgoing&);

// The PEM text of a node's public key as this node knows it.
using KeyOf = std::function<std::optional<std::string>(const std::string& node)>;

// What may be taken in, or why not; the words are for the log and name the origin.
struct Refused {
  std::string origin, what;
};
// Every part proved with the key of its node. Nodes that a proved part registers are known for the others.
Result<command::Delivery, Refused> proved(Batch, const KeyOf&);

}  // namespace anlan::federation
