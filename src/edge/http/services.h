#pragma once
// What the HTTP edge needs of the node that it is wired into.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/texts.h"
#include "command/command.h"
#include "command/recipients.h"
#include "command/reference.h"
#include "journal/vault.h"
#include "platform/http/workers.h"
#include "state/directory.h"

namespace anlan::edge {

// What the node says of itself to anybody; nothing secret.
struct NodeDescription {
  std::string name, version;
  bool demo = false;
  Minutes idle{30};                  // a session unused for so long ends
  bool secure_cookies = false;       // the node speaks TLS
  double rate_factor = 1;            // how much more often than usual an asker may come
  std::vector<std::string> proxies;  // addresses whose word on who asks is believed
  std::string basemap;               // folder of the built-in map layer
  std::string public_style;          // style sheet of the page for everybody
};

// Everything is thread safe except reader() and vault(), which belong to the calling thread.
// Implemented by the node (main/node.h), and by fixtures in tests. Outlives everything of this edge.
class Services {
 public:
  virtual ~Services() = default;
  // Answers on the writer's thread once the command is durable or refused; kBusy at once when the queue is full.
  virtual void submit(command::Envelope, std::function<void(command::Outcome)>) = 0;
  // As of the last commit; keep the pointer for one request, not longer.
  virtual std::shared_ptr<const state::Directory> directory() const = 0;
  // Of the last fact that was published; a GET sees at least that.
  virtual journal::Position position() const = 0;
  // True once position() has come so far, false after some seconds in which it has not. Called once, at once or on
  // another thread; must not block.
  virtual void when_reached(journal::Position, std::function<void(bool reached)>) = 0;
  // True once this process has seen all that was committed when it was asked, false as when_reached(). At once where no
  // other process writes to the store.
  virtual void when_level(std::function<void(bool level)> called) { called(true); }
  // Reading waits for a server: pages are answered by workers.
  virtual bool reads_wait() const { return false; }
  // The process is about to end and wants nothing new.
  virtual bool leaving() const { return false; }
  // When another process on the store last said that the session was used.
  virtual std::optional<Instant> used_elsewhere(const std::string& session) = 0;
  // Opened for the calling thread when it first asks; never hand it to another.
  virtual sql::Connection& reader() = 0;
  virtual journal::Vault& vault() = 0;

  virtual const NodeDescription& node() const = 0;
  virtual const command::Reference& reference() const = 0;
  virtual const Texts& texts() const = 0;
  virtual const Clock& clock() const = 0;
  // Whom warnings reach; null where the node has no contacts.
  virtual const command::Recipients* recipients() const { return nullptr; }
  virtual Random& random() = 0;
  // For what blocks or takes longer than some milliseconds.
  virtual http::Workers& workers() = 0;
};

}  // namespace anlan::edge
