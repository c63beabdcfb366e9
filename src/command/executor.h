#pragma once
// The only writer: authorise → load → decide → append with synchronous views → answer. One batch is one commit.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "command/delivery.h"
#include "command/parties.h"
#include "command/unit.h"

namespace anlan::command {

// Belongs to one thread; the connection is its own.
// Between batches its memory and the journal agree; after an exception they may not, and the executor is of no more
// use. Several processes may each have one on a shared store: a batch first sees what the others have appended.
class Executor {
 public:
  // All outlive the executor. The views must have been caught up (journal/start.h); the present state of the directory
  // is read here.
  Executor(journal::sql_connection&, journal::Vault&, const Reference&, const Clock&, Random&,
           std::vector<journal::Projection*>);

  struct Batch {
    std::vector<Outcome> outcomes;     // one an envelope, in order
    std::vector<journal::Fact> facts;  // since the last batch in order of position, those of other processes among them
  };
  // Runs the envelopes one after the other, each whole or not at all, and commits once; returns when everything is
  // durable. Throws sql::Error when the outcome is unknown: a new executor on a new connection can run the same
  // envelopes again, and those with a key are not done twice.
  Batch run(std::span<const Envelope>);
  struct Taken {
    Receipt receipt = Receipt::kTaken;
    journal::Place upto;  // where the node has read the neighbour's outbox to
    std::string what;     // for the log, where the receipt is no good one
    Batch batch;          // without outcomes
    // This node; empty while its own history is not whole: what others answer to it cannot be judged then.
    std::string own = {};
  };
  // Takes in what a neighbour has handed over, with what the organisations of this node record after it, in one commit:
  // a fact that comes again is known and does nothing.
  Taken take_in(Delivery);
  // Only what other processes have appended; the views have seen it then.
  Batch follow();
  // Of the last fact known here.
  journal::Position head() const { return writer_->head(); }

  // Before the first command that signs a warning; outlives the executor.
  void count_with(const Recipients& recipients) { recipients_ = &recipients; }

  // Copied when it has changed since the last call, else null. For readers on other threads.
  std::shared_ptr<const Directory> changed_directory();

 private:
  // One envelope: refused it has written nothing.
  Outcome run_one(const Envelope&, Instant now, std::vector<journal::Fact>& facts);
  // What the unit gathered.
  void append(const Unit&, Instant now, std::vector<journal::Fact>& facts);
  void append(std::vector<journal::NewFact>, Instant now, std::vector<journal::Fact>& facts);
  // All of it, within a transaction, behind what was known of others. Throws std::runtime_error on a fact that this
  // release cannot read.
  void take_in(Delivery&, std::size_t others, Taken&);
  // Keeps the blocks in which facts came.
  Receipt keep(const std::vector<journal::Part>&, Taken&);
  // Of one fact; kTaken also where it was known.
  Receipt take_in(const std::string& neighbour, journal::Fact&, Instant now, Taken&);
  // What the organisations of this node record after the facts from `from` on, until nothing follows any more.
  void react(std::size_t from, Instant now, std::vector<journal::Fact>& facts);
  // After this one.
  void react_to(const journal::Fact&, Instant now, std::vector<journal::Fact>& facts);
  // Remembers how the incident was, as long as the batch lasts, and lets everything at hand see the fact.
  void absorb(const journal::Fact&, std::optional<Grounds> before);
  std::optional<Grounds> grounds_before(const journal::NewFact&);
  void undo(std::vector<journal::Fact>&, std::size_t others);
  std::vector<journal::Fact> follow_others();
  // Begins a transaction in which memory, writer and views know all that others have appended, which is added.
  void begin_level(std::vector<journal::Fact>&);
  // What is left to do is left for another transaction.
  bool level_views(std::size_t grown);
  void recall_answers(std::span<const Envelope>);
  Answer answer(Unit&, const Made&);

  journal::sql_connection& sql_;
  journal::Vault& vault_;
  const Reference& reference_;
  const Clock& clock_;
  Random& random_;
  const Recipients* recipients_ = nullptr;
  // See every fact in this order, within the transaction.
  std::vector<journal::Projection*> views_;
  // Read in one transaction, so that they know the same facts.
  std::optional<Memory> memory_;
  std::optional<journal::Writer> writer_;
  std::map<journal::Position, Grounds> before_;  // facts that changed an incident, and what it was
  const bool resumed_;                           // what is reacted to may have been reacted to in a lost history
  journal::Position level_ = 0;                  // up to which the views are known to be level with the journal
};

}  // namespace anlan::command
