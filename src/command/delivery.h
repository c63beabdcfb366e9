#pragma once
// What a neighbouring node hands over, and who may have recorded what.

#include <optional>
#include <string>
#include <vector>

#include "journal/block_store.h"
#include "journal/inbox.h"
#include "state/directory.h"

namespace anlan::command {

// A piece of a neighbour's outbox: all that lies in it behind `after` and up to `upto`, in order.
struct Delivery {
  std::string neighbour;
  journal::Place after, upto;
  std::vector<journal::Fact> facts;  // position and hashes mean nothing here
  // Of blocks that hold these facts, each found sound and signed by its node; none where the line is trusted for that.
  std::vector<journal::Part> parts = {};
};

// What came of it. Whatever is not kTaken has changed nothing, but for kEarly where another line may bring what lacks.
enum class Receipt {
  kTaken,
  kElsewhere,  // it leaves a gap or ends before where the node has read to: the neighbour goes on from there
  kEarly,      // a stream lacks a fact before one of these; what stands before that one may be here
  kForked,     // the history of a node has two ends
  kForbidden,  // a fact that its node may not have recorded, or that may not come this way
};

// Which node writes the organisation's entry in the register, and those of its people: the one on which it works, and
// when that one's key was revoked the nearest above it whose key was not, so that there is one. Empty where there is
// none, or the organisation is not registered.
std::string keeper_of(const state::Directory&, const std::string& organisation);
// Whether the node does, or did before its key was revoked. Who is not registered yet is entered by anybody.
bool keeps(const state::Directory&, const std::string& node, const std::string& organisation);
// Whether a node may begin organisations below that one: who keeps it, and whoever stands above.
bool may_begin_below(const state::Directory&, const std::string& node, const std::string& organisation);

// Why a fact that `neighbour` hands over and that is new here cannot be what its node recorded: another node writes its
// stream, its node does not lie behind the neighbour, or its key had been revoked. nullopt where nothing speaks against
// it. The words are for the log.
std::optional<std::string> offence(const state::Directory&, journal::sql_connection&, const std::string& self,
                                   const std::string& neighbour, const journal::Fact&);

// Whether one above hands over what a node below has said to it past this one, by file. Its block proves it as on the
// way over this node.
bool comes_round(const state::Directory&, const std::string& self, const std::string& neighbour,
                 const std::string& node);

// Whether a segment of an incident would begin here before the one before has ended here, though its release may yet
// come from another neighbour.
bool comes_early(const state::Directory&, journal::sql_connection&, const std::string& self,
                 const std::string& neighbour, const journal::Fact&);

}  // namespace anlan::command
