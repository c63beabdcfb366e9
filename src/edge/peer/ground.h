#pragma once
// What the lines to other nodes need of the node that they are wired into.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "federation/history.h"
#include "federation/watch.h"

namespace anlan::edge::peer {

// Thread safe, except reader(), which belongs to the calling thread. Outlives everything of this edge.
class Ground {
 public:
  virtual ~Ground() = default;
  using Work = std::function<command::Executor::Batch(command::Executor&, sql::Connection&)>;
  // On the writer's thread; `after` once what it did is durable and published, with false where that is not known.
  virtual void perform(Work, std::function<void(bool done)> after) = 0;
  virtual std::shared_ptr<const state::Directory> directory() const = 0;
  // Of the last fact that was published; the directory knows all up to it.
  virtual journal::Position position() const = 0;
  // As edge::Services::when_reached.
  virtual void when_reached(journal::Position, std::function<void(bool reached)>) = 0;
  virtual sql::Connection& reader() = 0;
  virtual const Clock& clock() const = 0;
  virtual Random& random() = 0;
  virtual const federation::Self& self() const = 0;
  virtual const std::vector<view::ScopeRule>& scope() const = 0;
  // Key of a node as the register has it, or as the parent told it when this node joined.
  virtual std::optional<std::string> key_of(const std::string& node) const = 0;
  virtual void log(std::string_view line) const = 0;
  // What is known of the nodes around.
  virtual federation::Watch& watch() = 0;
};

// perform(), waited for. Not from the writer's thread.
bool perform_and_wait(Ground&, Ground::Work);

// federation::next_piece of what is published, with what must be sealed before sealed. Waits for the writer.
federation::Piece piece_for(Ground&, const std::string& neighbour, journal::Place acknowledged, journal::Place from,
                            const federation::Listener& told);

// A batch that came from the neighbour, taken in or refused. `done` is false where nobody knows: it must come again.
struct Arrived {
  bool done = false;
  bool later_form = false;  // of a batch, which this release does not read; nothing is wrong with it
  command::Receipt receipt = command::Receipt::kForbidden;
  journal::Place upto;
  std::string what = {};
};
void take(Ground&, const std::string& neighbour, std::string bytes, std::function<void(Arrived)> after);

// Where the neighbour has read to, and what it has signed, which is kept. True where by its words it knows more of this
// node than the store does: nothing may be told to it then before it has given back what it knows. Of a node above it
// is believed, and nobody is told anything; one below must show a block (federation/history.h), or it could silence
// those above it for all others. What is wrong goes to the log. Waits for the writer.
bool note_seen(Ground&, const std::string& neighbour, journal::Place read_to, std::optional<std::string_view> witness);

// What the neighbour gives back of this node's history; empty bytes: that was all. False where it is none. Waits for
// the writer.
bool keep_history(Ground&, const std::string& neighbour, std::string_view bytes);

// The neighbour says how far it has read this node; kept now and then, for when there is no line any more.
void note_read(Ground&, const std::string& neighbour, journal::Place);
// The neighbour was in contact; how far it has read what is here for it, where it has said so.
void heard(Ground&, const std::string& neighbour, const std::string& address,
           std::optional<journal::Place> read = std::nullopt);
// For one answer.
federation::Look look_around(Ground&, const std::shared_ptr<const state::Directory>&);
// What the neighbour says of how it is: false where it is no such document.
bool told(Ground&, const std::string& neighbour, std::string_view text);

}  // namespace anlan::edge::peer
