#pragma once
// What a node has for another one above or below it in its line, without a line between them: as a file, out and in.
// They need not be next to each other: what goes round those between comes to them another time over these, and does
// nothing then.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "edge/peer/ground.h"
#include "federation/carry.h"

namespace anlan::edge::peer {

// Why nothing was carried, or no more than `CarriedIn` says. Named as the texts "cli.said.carry_…" are.
struct CarryRefused {
  std::string code;
  std::map<std::string, std::string> values = {};
};

// What went into a file. Nothing is noted of it: until the neighbour says what it has read, the next file tells the
// same again, so that a stick that is lost costs nothing.
struct CarriedOut {
  journal::Place after, upto;  // what the file tells of the outbox
  std::int64_t batches = 0, facts = 0;
};
// Makes a file for such a node, of all that it has not read: behind `after`, or behind the place that it last told. Not
// from the writer's thread. After a refusal what the sink has is worth nothing.
Result<CarriedOut, CarryRefused> carry_out(Ground&, const std::string& neighbour, std::optional<journal::Place> after,
                                           federation::CarryWriter::Sink);

// What came of a file. `known` facts had come before, over a line or by another stick.
struct CarriedIn {
  std::string sender;
  Instant made_at;
  std::int64_t batches = 0;           // that were looked at
  std::int64_t taken = 0, known = 0;  // facts
  journal::Place upto;                // where this node has read the sender's outbox to
  std::optional<CarryRefused> ended;  // why the rest was not taken; what was taken before it stays
};
// Takes in a file. `begin` gives its bytes from the first one at each call. The refusal: nothing of it was taken.
Result<CarriedIn, CarryRefused> carry_in(Ground&, const std::function<federation::Source()>& begin);

}  // namespace anlan::edge::peer
