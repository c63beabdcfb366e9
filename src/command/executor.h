#pragma once
// The only writer: authorise → load → decide → append with synchronous views → answer. One batch is one commit.

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "command/unit.h"

namespace anlan::command {

// Belongs to one thread; the connection is its own.
// Between batches its memory and the journal agree; after an exception they may not, and the executor is of no more
// use.
class Executor {
 public:
  // All outlive the executor. The views must have been caught up (journal/start.h); the present state of the directory
  // is read here.
  Executor(journal::sql_connection&, journal::Vault&, const Reference&, const Clock&, Random&,
           std::vector<journal::Projection*>);

  struct Batch {
    std::vector<Outcome> outcomes;     // one an envelope, in order
    std::vector<journal::Fact> facts;  // all that was appended, in order
  };
  // Runs the envelopes one after the other, each whole or not at all, and commits once; returns when everything is
  // durable. Throws sql::Error when the outcome is unknown: the node must stop.
  Batch run(std::span<const Envelope>);

  // Copied when it has changed since the last call, else null. For readers on other threads.
  std::shared_ptr<const Directory> changed_directory();

 private:
  // One envelope in a savepoint: refused it leaves the connection as it was, and `facts` untouched.
  Outcome run_one(const Envelope&, Instant now, std::vector<journal::Fact>& facts);
  std::vector<journal::Fact> append(const Unit&, Instant now);
  Answer answer(const Made&, journal::Position);

  journal::sql_connection& sql_;
  journal::Vault& vault_;
  const Reference& reference_;
  const Clock& clock_;
  Random& random_;
  // See every fact in this order, within the transaction.
  std::vector<journal::Projection*> views_;
  Memory memory_;
  journal::Writer writer_;
};

}  // namespace anlan::command
