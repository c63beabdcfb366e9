#pragma once
// A gateway whose messages are each given by one call.

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "outbox/line.h"

namespace anlan::outbox {

// How messages are given to the other side. One thread uses it, but for interrupt().
class Way {
 public:
  virtual ~Way() = default;
  // Before all else, and again after each failure: makes a line that stands, where the protocol has one.
  virtual Result<Done> connect() { return Done{}; }
  // What has no outcome when it returns was not given at all. A failure: the line is down. Where each has failed for
  // good, that fault is the channel's own and the next ones are tried all the same: they too have another way to go.
  virtual Result<Done> give(std::span<const Taken>, std::vector<Outcome>&) = 0;
  // What has come by a line that stands; waits for it, at most so long.
  virtual Result<Done> hear(Milliseconds longest, std::vector<Report>&);
  // From any thread: what goes on now, and all later, ends soon.
  virtual void interrupt() {}
};

// One whose messages go out each by a call of its own; a failure ends the turn.
class OneByOne : public Way {
 public:
  Result<Done> give(std::span<const Taken>, std::vector<Outcome>&) final;

 private:
  // As give(), of one.
  virtual Result<Done> give_one(const Taken&, std::vector<Outcome>&) = 0;
};

struct Terms {
  Channel channel;
  World world = World::kReal;  // whose messages may go there
  double rate = 10;            // messages a second
  std::size_t at_once = 1;     // so many are in doubt where the process ends; at most a tenth of a second's
  Pauses pauses = {};
  bool standing = false;  // its line stands and is heard
};

class Serving final : public Gateway {
 public:
  // As of Line.
  Serving(Terms, std::unique_ptr<Way>, Outbox&, const Clock&, Failed);
  Health health() const override { return line_.health(); }

 private:
  void serve();
  Result<Done> step();
  Result<Done> give(std::span<const Taken>);
  Result<Done> hear(Milliseconds);
  std::size_t allowed(Instant now);

  const Terms terms_;
  const std::unique_ptr<Way> way_;
  Outbox& outbox_;
  const Clock& clock_;
  double allowance_ = 0;  // messages that may go now
  Instant counted_ = {};  // when that was reckoned
  Line line_;
};

// What is wrong with what all channels have.
std::optional<Fault> fault_of(const Terms&);

}  // namespace anlan::outbox
