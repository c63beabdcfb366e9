#pragma once
// What lies in an outbox: messages to many, in batches.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace anlan::outbox {

// What one text says to many.
struct Batch {
  std::string id;   // the caller's; what bears it already is the same batch
  int urgency = 0;  // 0 goes first
  Instant expires;  // from then on nothing of it is given out
  // Where nobody knows whether a gateway has a message: it is given out again rather than not at all.
  bool rather_twice = false;
  struct Wording {
    std::string channel, text;  // an empty channel: of all that have no other
  };
  std::vector<Wording> wordings;
};

// Where a message goes: first to the one, and where that fails for good to the next.
struct Destination {
  std::string channel, address;  // without line feed or tab
  bool operator==(const Destination&) const = default;
};

struct Addressed {
  std::string recipient;                  // whom it is for, in the caller's words
  std::vector<Destination> destinations;  // at least one
  std::string insertion = {};             // stands in the text where it says {}, if it is not empty
};

// kCancelled and kExpired are what became of kReady and kWaiting when the batch ended. kPassedOn is none of a message:
// it counts those that failed on a channel and went on by the next.
enum class State : std::uint8_t {
  kReady,
  kWaiting,   // to be tried again later
  kInFlight,  // given out, without a result
  kAccepted,  // by the gateway
  kDelivered,
  kFailed,     // on its last channel
  kUncertain,  // given out, and nobody knows whether the gateway has it
  kCancelled,
  kExpired,
  kPassedOn,
};

std::string_view name_of(State);

// A message given out.
// Whoever has it owes the outbox an Outcome under the same message and leg, and may give out nothing of it after
// `expires`.
struct Taken {
  std::int64_t message = 0;
  int leg = 0;  // counts how often it began anew: on its next channel, or by hand
  // The same whenever this leg is given out again: for gateways that know what they were given before.
  std::string key;
  std::string channel, address, text;
  int tries = 0;  // with this one
  Instant expires;
};

// What a gateway said when it was given a message, or did not.
struct Outcome {
  enum class Kind : std::uint8_t {
    kAccepted,   // `gateway_ids`, one a part, are what reports will name; none where no reports come
    kDelivered,  // known at once
    kFailed,     // for good: on to the next channel
    kLater,      // failed for now
    kUnsent,     // not given to it at all: no try
    kUnknown,    // given, and no answer: on to the next channel where the batch would have it rather twice
  };
  std::int64_t message = 0;
  int leg = 0;
  Kind kind = Kind::kFailed;
  std::vector<std::string> gateway_ids = {};
  std::string reason = {};  // of kFailed and kLater; no secret, no text of the message
  Milliseconds wait = {};   // of kLater: as long as the gateway asked for; zero: as the back-off says
};

// What a gateway tells later of a part that it has accepted. A message is delivered with its last part and has failed
// with the first that has; one that is never reported leaves it kAccepted, for gateways owe no report and many give
// none.
struct Report {
  std::string gateway_id;
  bool delivered = false;
  std::string reason = {};  // where it was not
};

// How long a channel waits between tries: `first`, twice as long each time, at most `most`; after `tries` it has failed
// for good. And how long for its line where that is down, before what has another way goes there: `line_urgent` what is
// of kUrgent or before, `line` the rest.
struct Backoff {
  Milliseconds first{5'000}, most{600'000};
  int tries = 8;
  Milliseconds line_urgent{30'000}, line{120'000};
};

inline constexpr int kUrgent = 1;

// What the outbox must know of whoever serves a channel.
struct Channel {
  std::string name;
  bool knows_keys = false;  // its gateway takes the same key once only
  Backoff backoff = {};
};

}  // namespace anlan::outbox
