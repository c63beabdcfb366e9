#pragma once
// What nodes tell each other of how they are. No facts: what is told is of the moment, and proves nothing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "journal/block.h"

namespace anlan::federation {

// A receiver reads no more bytes, and no more nodes in them.
inline constexpr std::size_t kMostHealthBytes = 1 << 20;
inline constexpr std::int64_t kMostBelow = 2000;

// Facts on the way over one line.
struct Waiting {
  std::int64_t facts = 0;
  bool more = false;             // that many at least
  std::optional<Instant> since;  // when the one that waits longest came in
  static constexpr auto fields =
      std::tuple{field("facts", &Waiting::facts), field("more", &Waiting::more), field("since", &Waiting::since)};
};

// By its own clock.
struct Statement {
  std::string release, engine;
  Instant started_at;
  std::int64_t head = 0;  // position of its last fact
  std::optional<std::int64_t> disk_free_mib, disk_mib;
  Waiting up;            // what it has for the node above it
  bool refuses = false;  // facts of the node above it
  // Its store is an old backup, as it has found out. Absent where an earlier release speaks.
  std::optional<bool> restored;
  static constexpr auto fields = std::tuple{field("release", &Statement::release, 40),
                                            field("engine", &Statement::engine, 20),
                                            field("started_at", &Statement::started_at),
                                            field("head", &Statement::head, journal::kLastSequence),
                                            field("disk_free_mib", &Statement::disk_free_mib),
                                            field("disk_mib", &Statement::disk_mib),
                                            field("up", &Statement::up),
                                            field("refuses", &Statement::refuses),
                                            field("restored", &Statement::restored)};
};

// What a node knows of one below it, whether that is in contact or not.
struct Told {
  std::string node;
  std::optional<Instant> contact_at;  // with the node above it; never, to begin with
  std::optional<Instant> heard_at,
      said_at;                  // when it last spoke of itself, by the clock of who heard it and by its own
  std::optional<Waiting> down;  // what the node above it has for it
  bool refused = false;         // its facts, by the node above it
  std::optional<Statement> own;
  static constexpr auto fields = std::tuple{field("node", &Told::node, 40),
                                            field("contact_at", &Told::contact_at),
                                            field("heard_at", &Told::heard_at),
                                            field("said_at", &Told::said_at),
                                            field("down", &Told::down),
                                            field("refused", &Told::refused),
                                            field("own", &Told::own)};
};

// What a node sends to the one above it, and, without those below it, is answered.
struct Health {
  std::string node;
  Instant sent_at;
  Statement own;
  std::vector<Told> below;  // children and theirs
  static constexpr auto fields = std::tuple{field("node", &Health::node, 40), field("sent_at", &Health::sent_at),
                                            field("own", &Health::own), field("below", &Health::below, kMostBelow)};
};

// Of bytes from anywhere; nullopt for what is no such document. Members that this release does not know are passed
// over: neighbours may be newer.
std::optional<Health> health_in(std::string_view text);
std::optional<Told> told_in(std::string_view text);

// The same with all moments by a clock that is `ahead` of the sender's by so much; said_at stays by the clock of who
// said it, as far from heard_at as before.
Health by_clock_ahead(Health, Milliseconds ahead);

}  // namespace anlan::federation
