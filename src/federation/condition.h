#pragma once
// How a node stands, in words that are the same on every page and in every list.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace anlan::federation {

// The worst first.
enum class Condition {
  kCutOff,      // was in contact, and is not
  kRestored,    // it has found out that its store is an old backup: what it records stays there until it is resumed
  kRefused,     // facts of it are refused, or it refuses ours: a fork or an offence stands in quarantine
  kNeverSeen,   // registered, never in contact
  kLate,        // contact or facts are later than they should be
  kClockWrong,  // its clock is not the clock of the node above it
  kDiskNearlyFull,
  kOtherRelease,  // than this node
  kUnknown,       // no line of this node leads to it, or the one that does is cut
  kRevoked,       // is not to be heard any more
  kInContact,
};
constexpr auto names_of(Condition) {
  using enum Condition;
  using P = std::pair<Condition, std::string_view>;
  return std::array{P{kCutOff, "cut_off"},
                    P{kRestored, "restored"},
                    P{kRefused, "refused"},
                    P{kNeverSeen, "never_seen"},
                    P{kLate, "late"},
                    P{kClockWrong, "clock_wrong"},
                    P{kDiskNearlyFull, "disk_nearly_full"},
                    P{kOtherRelease, "other_release"},
                    P{kUnknown, "unknown"},
                    P{kRevoked, "revoked"},
                    P{kInContact, "in_contact"}};
}

// data/rules/nodes.toml
struct Limits {
  std::chrono::seconds tell{30};            // how often a node says how it is
  std::chrono::seconds late{90}, cut{180};  // without contact
  std::chrono::seconds waiting{300};        // of a fact, while there is contact
  std::chrono::seconds clock_off{5};        // in either direction
  std::int64_t disk_percent = 10;           // free
};

// What is known of a node, by the clock of who judges.
struct Seen {
  bool self = false, revoked = false, refused = false, restored = false;
  bool reached = true;  // in contact with this node, or with one that is
  std::optional<Instant> contact_at;
  Instant asked_at;  // of contact: now, or when the neighbour told of it
  std::optional<Instant> waits_since;
  Milliseconds clock_off{0};
  std::string release;  // empty: not known
  std::optional<std::int64_t> disk_free_mib, disk_mib;
};

// All that holds at once: a node may be late, on another release and short of room.
struct Judged {
  std::vector<Condition> conditions;  // never empty, the worst first
  std::optional<Instant> since;       // of the first, where it is known
};
// Of a node that cannot be reached nothing else is judged: what it last said was of another moment.
Judged judged(const Seen&, const std::string& own_release, const Limits&, Instant now);

}  // namespace anlan::federation
