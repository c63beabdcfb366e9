#pragma once
// Messages on their way out, durable: queued, given to gateways, and what became of each.
//
// A store of its own beside the journal: "outbox" for the real world, "drill" for drills. An Outbox has one of them and
// can by construction give out nothing of the other; the store itself bears its purpose, so that a file under the
// other's name is refused. It knows no nouns: what a batch is about, and who a recipient is, are the caller's words.
//
// Every call is one transaction, durable when it returns. Thread safe; calls are done in the order in which they come.
// A channel is served by one at a time. sql::Error: as its document says; after a ConnectionLost the next call connects
// anew, and who serves a channel resume()s it, since nobody knows what was committed.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "outbox/turns.h"
#include "outbox/types.h"
#include "platform/sql/sql.h"

namespace anlan::outbox {

enum class World : std::uint8_t { kReal, kDrill };

inline constexpr std::size_t kChunk = 1000;  // of one transaction, so that nobody waits for long

class Outbox {
 public:
  using Opening = std::function<std::unique_ptr<sql::Connection>()>;

  // `where`: as of sql::open. Throws sql::Error.
  Outbox(const std::string& where, World);
  // By another way to that store: for tests that break it.
  Outbox(World, Opening);
  World world() const { return world_; }

  // Filling. A batch is filled by one at a time, from a cursor whose meaning is the filler's: it moves in the
  // transaction that queues the messages before it, so who was interrupted goes on from there.
  struct Filling {
    std::int64_t batch = 0;
    std::string cursor;  // empty at first
    bool complete = false;
  };
  Filling open(const Batch&, Instant now);
  enum class Filled : std::uint8_t {
    kQueued,
    kElsewhere,  // the cursor is not `from`: it was filled on already. Open it again
    kEnded,      // cancelled or expired: nothing more is queued
  };
  // At most kChunk messages. `last`: the batch is complete.
  Filled fill(std::int64_t batch, const std::string& from, std::span<const Addressed>, const std::string& to, bool last,
              Instant now);
  // Nothing more is given out of it; what is in flight is not called back. False: there is no such batch.
  bool cancel(const std::string& batch_id, Instant now);

  // Taking. Who begins to serve a channel calls this once before, and after every time that it does not know what
  // became of what it took. What is in flight is given out again under the same key where the gateway knows keys, or
  // the batch would have it rather twice; else it is kUncertain.
  void resume(const Channel&, Instant now);
  // By urgency, then age. They are in flight, durably, before this returns.
  std::vector<Taken> take(const Channel&, std::size_t most, Instant now);
  // What is not in flight under that leg is passed over: it has its result.
  void settle(const Channel&, std::span<const Outcome>, Instant now);
  // What comes before the answer that names its gateway id is kept for it.
  void report(const Channel&, std::span<const Report>, Instant now);

  // Lines, as who serves a channel knows them; not in the store. Until `down_until` it is thought to be down.
  void note_line(const std::string& channel, Instant down_until);
  void forget_line(const std::string& channel);
  // Of a channel whose line is down: what is of at most that urgency's number, and has another destination whose line
  // somebody serves and nobody thinks down, goes on there, and keeps this one behind its last. Looks at kChunk messages
  // behind `after` (0: from the first); returns the last of them, or 0 where there are no more.
  std::int64_t pass_on(const Channel&, int urgency, std::int64_t after, Instant now);

  // By hand: what kFailed or is kUncertain goes to its last channel again, as a new leg. How many there were whose
  // batch has not ended.
  std::size_t resend(std::span<const std::int64_t> messages, Instant now);
  // Forgets batches that expired before, at most kChunk messages a call. True: there is more.
  bool purge(Instant before);

 private:
  class Transaction;
  sql::Connection& connection();
  // Which channels take what others pass on.
  std::set<std::string> lines_up(Instant now) const;

  const World world_;
  const Opening opening_;
  Turns turns_;
  std::unique_ptr<sql::Connection> connection_;
  mutable std::mutex lines_mutex_;
  std::map<std::string, Instant> down_until_;  // by channel that is served
};

// A connection that reads the store: for reading.h. Throws sql::Error where there is none yet.
std::unique_ptr<sql::Connection> open_reading(const std::string& where, World);

}  // namespace anlan::outbox
