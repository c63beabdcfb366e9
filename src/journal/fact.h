#pragma once
// One line of the journal, without knowledge of what it means. Stored form: docs/journal-format.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/time.h"

namespace anlan::journal {

using Position = std::int64_t;  // 1, 2, 3 … in this node's file, without gap
using Hash = std::array<std::byte, 32>;

// What a command hands in; the journal adds the rest.
struct NewFact {
  std::string stream;  // "incident/01J…"
  std::string type;    // "incident.opened"
  Instant occurred_at;
  std::string actor;  // account that caused it, "system" for the node itself
  std::string cause;  // idempotency key of the command, or "fact:POSITION" for a policy's
  std::string world;  // "real" or a drill's id
  std::string body;   // JSON, one line, UTF-8
};

struct Fact : NewFact {
  Position position = 0;
  std::string node;  // where it was recorded first
  std::int64_t node_sequence = 0;
  std::int64_t version = 0;  // in its stream, from 1
  Instant recorded_at;
  Hash previous_hash{}, hash{};

  // Who caused it, as it is told from an account of that name on another node: "ACCOUNT@NODE".
  std::string by() const { return actor + "@" + node; }
};

}  // namespace anlan::journal
