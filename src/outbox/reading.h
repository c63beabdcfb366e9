#pragma once
// What an outbox says of its batches. By a connection of open_reading(), each question on its own.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "outbox/types.h"
#include "platform/sql/sql.h"

namespace anlan::outbox {

// Of one channel. A message counts where it is now; kPassedOn counts it once more on each channel that it has left.
struct Count {
  std::string channel;
  State state = State::kReady;
  std::int64_t messages = 0;
  bool operator==(const Count&) const = default;
};

// A batch as a whole: what a list of warnings and the figures of one are made from.
struct Summary {
  std::int64_t batch = 0;
  bool complete = false, cancelled = false;
  Instant opened, expires;
  // By channel and state; none is zero. All but kPassedOn together are the messages of the batch.
  std::vector<Count> counts;
};

// Asks for as many rows as there are channels and states, however many messages there are. Nothing where no batch bears
// that id, or it was forgotten.
std::optional<Summary> summary(sql::Connection&, const std::string& batch_id, Instant now);

// A message as it stands. Moments of 0 have not come.
struct Message {
  std::int64_t number = 0;
  std::string batch_id, recipient, channel, address;
  State state = State::kReady;
  int leg = 0, tries = 0;
  Instant queued, taken, accepted, delivered, failed;
  std::string reason;
};

// A way that a message went before.
struct Leg {
  int leg = 0;
  std::string channel, address;
  Instant accepted, failed;
  Instant delivered;  // reported after it was given up
  std::string reason;
};

// In the order in which they were queued, behind the message `after` (0: from the first).
std::vector<Message> messages(sql::Connection&, const std::string& batch_id, std::int64_t after, std::int64_t limit,
                              Instant now);
// Whom a batch was for, in the same order and by the same pieces.
struct Recipient {
  std::int64_t message = 0;
  std::string recipient, address;  // the address that the message is at now
};
std::vector<Recipient> recipients(sql::Connection&, const std::string& batch_id, std::int64_t after,
                                  std::int64_t limit);
// Where a message is, and where it would go next; empty where it was forgotten.
std::vector<Destination> destinations(sql::Connection&, std::int64_t message);
// What kFailed or is kUncertain, of all batches, the last queued first; before the message `before` (0: from the last).
std::vector<Message> dead_letters(sql::Connection&, std::int64_t before, std::int64_t limit, Instant now);
// The ways of a message before the one that it is on, the oldest first; empty for most. A try that failed for now is
// none: it is the same leg, whose `tries` count it.
std::vector<Leg> legs(sql::Connection&, std::int64_t message);

}  // namespace anlan::outbox
