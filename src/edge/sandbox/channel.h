#pragma once
// The gateway of drills: takes messages, sends none, and behaves as real ones do.

#include <memory>
#include <optional>
#include <string>

#include "outbox/gateway.h"
#include "outbox/outbox.h"

namespace anlan::edge {

// It has no world to be chosen: it is of drills. What becomes of a message depends on the seed, its key and its tries
// alone.
struct SandboxChannel {
  std::string name = {};  // of the channel in the outbox
  std::uint64_t seed = 1;
  double rate = 200;                                 // messages a second
  Milliseconds delay_least{200}, delay_most{5'000};  // of reports

  // Of a thousand messages.
  int down = 2;          // the line breaks before it
  int later = 20;        // refused for now
  int refused = 20;      // for good
  int unanswered = 10;   // taken, and the answer is lost
  int unreported = 50;   // nothing is ever told of it
  int undelivered = 40;  // reported so
  int twice = 50;        // reported again
  int contrary = 10;     // reported again, and otherwise
  int early = 50;        // reported before it is answered
  int stray = 20;        // and a report of what nobody knows
  outbox::Backoff backoff = {};
};

std::optional<outbox::Fault> fault_of(const SandboxChannel&);
// Without fault. Outbox and clock outlive it; the outbox is one of drills: a mistake there is an assertion.
std::unique_ptr<outbox::Gateway> serve(const SandboxChannel&, outbox::Outbox&, const Clock&, outbox::Failed);

}  // namespace anlan::edge
