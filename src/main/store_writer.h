#pragma once
// The node's writing side of its store: connection, vault and executor, made anew when a server of the store went away.

#include <condition_variable>
#include <functional>
#include <mutex>

#include "command/executor.h"
#include "journal/start.h"

namespace anlan {

// What a writing side stands on; all outlive it.
struct StoreGround {
  std::string where;
  crypto::Key master;
  const command::Reference& reference;
  const Clock& clock;
  Random& random;
  std::vector<journal::Projection*> views;
  const command::Recipients* recipients = nullptr;  // absent: the node has no contacts
};

// Used by one thread, after construction by the writer's.
class StoreWriter {
 public:
  // Brings the store to its present form. Throws sql::Error.
  explicit StoreWriter(StoreGround);

  // As command::Executor::run. Where the connection was lost on the way, the whole batch is run again on a new one: a
  // command that had been committed is known by its key and not done twice, so on a shared store every envelope needs
  // one. Throws sql::Error after kPatience without a server.
  command::Executor::Batch run(std::span<const command::Envelope>);
  // Work that commits by itself: facts from neighbours, blocks. Nothing where the connection was lost: whoever wants it
  // done asks again, since nobody knows whether it was.
  using Work = std::function<command::Executor::Batch(command::Executor&, sql::Connection&)>;
  std::optional<command::Executor::Batch> perform(const Work&);
  // What other processes have appended; nothing while the server is away.
  command::Executor::Batch follow();

  command::Executor& executor() { return *executor_; }
  // Sees what was committed.
  sql::Connection& connection() { return *connection_; }
  // Waits a moment for a server to come back; false where the node is to stop.
  bool pause();
  // Ends the waiting, from another thread.
  void stop();
  // After the last batch, where nothing has failed: the log goes into the files. Nothing may follow.
  void close();

 private:
  // Longer than a failover takes (docs/how-to/cluster.md), shorter than people wait.
  static constexpr std::chrono::seconds kPatience{60};
  static constexpr std::chrono::milliseconds kBetweenTries{200};

  void connect();
  void disconnect();
  // Adds what became known while the connection was made anew, and notes what is known.
  command::Executor::Batch told(command::Executor::Batch);
  // Erased keys must leave the files too: with this batch, or one of the next where a reader stands in the way. On a
  // shared store that is for whoever has the work of one (Siblings): it may have to wait, and nobody with a command
  // should.
  void scrub(const command::Executor::Batch&);

  const StoreGround ground_;
  std::unique_ptr<sql::Connection> connection_;
  std::unique_ptr<journal::Vault> vault_;
  std::unique_ptr<command::Executor> executor_;
  journal::Position known_ = 0;        // of the last fact that a batch has told
  std::vector<journal::Fact> missed_;  // between known_ and the executor's beginning
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool erased_ = true;  // now or before: keys may have to leave the files yet
};

}  // namespace anlan
