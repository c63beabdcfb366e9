#pragma once
// The journal: facts in order, durable, chained by SM3, never edited. One writer (this class), any number of readers.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "journal/fact.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// A read table or index fed from facts, called inside the writer's transaction, in order of position.
class Projection {
 public:
  virtual ~Projection() = default;
  virtual std::string_view name() const = 0;
  virtual int revision() const = 0;           // a change rebuilds it at the next start
  virtual void create(sql::Connection&) = 0;  // its empty tables
  virtual void drop(sql::Connection&) = 0;
  virtual void apply(sql::Connection&, const Fact&) = 0;
};

// The stored result of a command, so that the same key gives the same answer.
struct Answer {
  int status = 0;
  std::string body;
  Position position = 0;
  Hash digest{};  // of the request
};

// What became of a fact of another node.
enum class Arrival {
  kNew,
  kKnown,   // it is here already
  kEarly,   // one before it in its stream is missing
  kForked,  // another fact is here in its place: its node's history has two ends
};

// Writer's side; used by one thread. All calls between begin and commit of the connection it was given. It remembers
// the head of the chain and the versions of streams between transactions, so each transaction begins with follow(): a
// writer that has missed a fact of another one runs into a sql::UniqueViolation on position and does no harm. After a
// transaction that was not committed the writer is of no more use.
class Writer {
 public:
  // Reads the head. The connection must outlive the writer; `node` is the name under which this node records.
  Writer(sql::Connection&, std::string node);

  // What other writers have appended since this one last looked, in order.
  std::vector<Fact> follow();
  // The version of a stream, 0 where it has no facts.
  std::int64_t version(const std::string& stream);
  // A stream with a fresh id: nothing need be read.
  void begins(const std::string& stream) { versions_[stream] = 0; }

  // Appends the facts with consecutive versions after `expected` (the stream's present version; 0 for a new stream).
  // Returns them complete. nullopt: the stream is at another version (nothing written).
  std::optional<std::vector<Fact>> append(const std::string& stream, std::int64_t expected, std::vector<NewFact>,
                                          Instant recorded_at);
  // A fact that another node recorded: it keeps its node, sequence, stream, version and moments, and gets its place
  // here behind what is there. kKnown, kEarly and kForked have written nothing.
  Arrival take_in(Fact&);
  // The same of a fact that this node itself recorded, in a store that was lost.
  Arrival take_back(Fact&);
  // Of an empty journal: positions begin behind the one, own numbers of what is appended behind the other.
  void begin_behind(Position, std::int64_t sequence);
  // Asks at once for which of these keys of an actor nothing is kept: answer() knows it then until the next follow().
  void recall(const std::string& actor, const std::vector<std::string>& keys);
  // The answer kept for this actor's key; keys of different actors have nothing to do with each other.
  std::optional<Answer> answer(std::string_view actor, std::string_view key);
  // Throws sql::UniqueViolation where one is kept already.
  void keep_answer(std::string_view actor, std::string_view key, const Answer&);
  // Of the last fact appended, committed or not; 0 in an empty journal.
  Position head() const { return head_; }

 private:
  void load();
  void write(const Fact&);
  void see(const Fact&);

  sql::Connection& sql_;
  std::string node_;
  Position head_ = 0;
  std::int64_t sequence_ = 0;
  Hash last_{};
  bool owned_ = false;  // the store is known to be this node's
  std::unordered_map<std::string, std::int64_t> versions_;
  std::set<std::pair<std::string, std::string>> unanswered_;  // actors and keys
  std::map<std::size_t, std::string> texts_;                  // of recalling so many keys
};

// Reader's side; free functions on any connection. Facts come as they are stored: nothing here checks the chain.
// All in memory at once: a stream is the life of one thing, some hundred facts.
std::vector<Fact> read_stream(sql::Connection&, std::string_view stream, std::int64_t after_version = 0);
// One fact; nullopt where the stream has no such version.
std::optional<Fact> read_version(sql::Connection&, std::string_view stream, std::int64_t version);
// What belongs together: streams by name, and all whose names begin with one of `under`.
struct Streams {
  std::vector<std::string> names, under;
};
// Of some hundred streams, in order of position.
std::vector<Fact> read_streams(sql::Connection&, const Streams&);
// At most `limit` facts after `position`.
std::vector<Fact> read_after(sql::Connection&, Position, std::size_t limit);
// Visits every fact after `position` in order, one at a time in memory.
void each_after(sql::Connection&, Position, const std::function<void(const Fact&)>& visit);
// In the order of the positions, at most some thousand; those that no fact has are left out.
std::vector<Fact> read_at(sql::Connection&, const std::vector<Position>&);
// Of one node, first..last by its own numbers, in their order; all in memory at once.
std::vector<Fact> read_of_node(sql::Connection&, std::string_view node, std::int64_t first, std::int64_t last);
// Of the last fact that the connection sees.
Position head(sql::Connection&);

}  // namespace anlan::journal
