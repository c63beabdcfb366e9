#pragma once
// What one end of a line between two nodes does, without the line: HTTP carries it (edge/peer), and so may a test.

#include <functional>
#include <optional>
#include <string>

#include "command/executor.h"
#include "federation/batch.h"
#include "journal/witness.h"

namespace anlan::federation {

// This node, as its neighbours know it.
struct Self {
  std::string node;
  crypto::Sm2PrivateKey key;
};

// What is known of a neighbour while it is spoken to.
struct Listener {
  std::int64_t form = kForm;  // of batches, as it reads them
  // Up to here it was looked what goes first, and where the neighbour had read to when something did: only what it
  // takes in order makes room for the next. Nothing goes ahead where there is none.
  std::optional<journal::Position> first = {};
  std::optional<journal::Place> at = {};
};

// The next thing to say to a neighbour.
struct Piece {
  std::string bytes;      // of a batch; empty where `unsealed`
  std::size_t facts = 0;  // in it; a batch of none moves the place only
  journal::Place upto;
  bool more = false;
  bool unsealed = false;  // facts of this node must be sealed first
  bool ahead = false;     // of a long backlog: the neighbour's place stays where it was
  Listener next = {};     // of the neighbour, once it has this piece
};
// Reads only. `acknowledged`: where the neighbour has read to; `from`: the same, or a later place before which nothing
// is for it.
Piece next_piece(sql::Connection&, const state::Directory&, const std::vector<view::ScopeRule>&,
                 const std::string& self, const std::string& neighbour, journal::Place acknowledged,
                 journal::Place from, const Listener& told);

// Batches that are not what `neighbour` may send are refused; the origin is the neighbour where the bytes tell of none.
Result<command::Delivery, Refused> opened(std::string_view bytes, const std::string& neighbour, const KeyOf&);

// On the writer's thread: takes in; what is not taken goes into quarantine, but for a batch that goes on from another
// place. `tell` is given what is refused for the first time: the neighbour says it again until somebody sees to it.
using Tell = std::function<void(const std::string& what)>;
command::Executor::Taken take(command::Executor&, sql::Connection&, command::Delivery, std::string_view bytes,
                              Instant now, const Tell& tell = {});
// Remembers what opened() has refused. False where the same was refused before.
bool keep_refused(sql::Connection&, const std::string& neighbour, const Refused&, std::string_view bytes, Instant now);

// That this node has seen the neighbour's history to where it has come; nullopt where it has seen no block of it.
std::optional<journal::Witness> seen_of(sql::Connection&, const Self&, const std::string& neighbour, Instant now);
// As text on a line, and back; nullopt for what is none.
std::string to_text(const journal::Witness&);
std::optional<journal::Witness> witness_in(std::string_view text);
// On the writer's thread: keeps what the neighbour says it has seen of this node, where its signature holds. Words for
// the log where it has seen another history.
std::optional<std::string> keep_witness(sql::Connection&, const journal::Witness&, const std::string& self,
                                        const std::string& neighbour, const std::string& its_public_key);

}  // namespace anlan::federation
