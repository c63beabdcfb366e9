#pragma once
// A running node: store, writer, HTTP, timers, wired together.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "edge/http/documents.h"
#include "edge/http/feed.h"
#include "edge/http/gate.h"
#include "edge/http/services.h"
#include "edge/http/waiting_room.h"
#include "edge/peer/ground.h"
#include "edge/timer/timer.h"
#include "main/configuration.h"
#include "main/contact_book.h"
#include "main/file_desk.h"
#include "main/follower.h"
#include "main/intake.h"
#include "main/outside.h"
#include "main/peers.h"
#include "main/sending.h"
#include "main/siblings.h"
#include "main/writer.h"
#include "platform/crypto/tickets.h"
#include "platform/http/server.h"
#include "platform/xml/signature.h"

namespace anlan {

// What a node takes from outside; all outlive it.
// So the whole node runs in a test with a clock and a chance of its own.
struct Surroundings {
  const Clock& clock;
  Random& random;
  std::function<void(std::string_view line)> log;
  // Before anything is served, with the node's writer: first start, demo data. May be empty.
  std::function<Result<Done>(command::Executor&)> prepare;
  // The store failed; called once from the writer's thread. The process must end.
  std::function<void(const std::string& what)> failed;
  // The organisations, people and accounts as they are now: at the start, and on the writer's thread after each change.
  // May be empty.
  std::function<void(const state::Directory&)> changed = nullptr;
};

// Parts are made in the order of the members and end in the reverse one: first no time, then no requests, then the
// queue is written, then the store is closed.
class Node final : public edge::Services, public edge::peer::Ground {
 public:
  // Opens the store (made where it is missing), loads the data, serves.
  // The failure says what could not be read, opened or listened to; nothing is left running then.
  static Result<std::unique_ptr<Node>> start(const Configuration&, Surroundings);
  // Ends serving: requests in flight are answered, queued commands written.
  ~Node() override;

  std::uint16_t port() const { return port_; }
  // Serves on, but is not ready any more and keeps no connection: for the while that proxies take to notice.
  void leave();
  // Runs a command and waits for its outcome. Not from the writer's or an io thread.
  // For the demo and for tests; a request waits without a thread.
  command::Outcome execute(command::Envelope);

  // Where children dial; 0 where they cannot.
  std::uint16_t peer_port() const { return peers_ ? peers_->port() : 0; }

  // As `anlan contacts import`. Not on the writer's thread.
  Result<Done> take_contacts(const std::string& file, const std::string& list, const std::string& organisation);

  void submit(command::Envelope, std::function<void(command::Outcome)>) override;
  std::shared_ptr<const state::Directory> directory() const override { return directory_.load(); }
  journal::Position position() const override { return position_; }
  void when_reached(journal::Position, std::function<void(bool)>) override;
  void when_level(std::function<void(bool)>) override;
  bool reads_wait() const override { return shared_; }
  bool leaving() const override { return leaving_; }
  std::optional<Instant> used_elsewhere(const std::string& session) override;
  sql::Connection& reader() override { return *reading().sql; }
  journal::Vault& vault() override { return *reading().vault; }
  const edge::NodeDescription& node() const override { return description_; }
  const command::Reference& reference() const override { return reference_; }
  const Texts& texts() const override { return texts_; }
  const Clock& clock() const override { return around_.clock; }
  const command::Recipients* recipients() const override { return contacts_.get(); }
  Random& random() override { return around_.random; }
  http::Workers& workers() override { return *workers_; }

  // Of the lines to other nodes, asked by them alone.
  void perform(Work, std::function<void(bool)> after) override;
  const federation::Self& self() const override { return peers_->self(); }
  const std::vector<view::ScopeRule>& scope() const override { return peers_->scope(); }
  std::optional<std::string> key_of(const std::string& node) const override;
  void log(std::string_view line) const override { around_.log(line); }
  federation::Watch& watch() override { return *watch_; }

 private:
  // A thread's own connection to the store.
  // Made when a thread first reads, kept as long as the node.
  struct Reading {
    std::unique_ptr<sql::Connection> sql;
    std::unique_ptr<journal::Vault> vault;
  };

  Node(Configuration, Surroundings, command::Reference, Texts, crypto::Key master, document::Press,
       document::BulletinWords);
  Reading& reading();
  // Start of the journal with its checks, then what `prepare` wants before anybody can ask, and the register of nodes.
  Result<Done> open_store();
  Result<Done> serve();
  // What commands at the machine may ask of this process.
  std::map<std::string, FileDesk::Work> works();
  // How this node and those around it stand, for one page.
  std::vector<federation::Standing> standings(edge::Page&);
  // What is carried to an organisation outside of all nodes.
  Result<Done> begin_outside();
  void begin_intake();
  edge::outside::Ground outside_ground();
  ContactGround contact_ground();
  // What goes out: opened with the store, served and filled from then on.
  Result<Done> open_sending();
  std::unique_ptr<notify::Notices> notices();
  // On the writer's thread, after the commit: directory, feed, position, in this order (docs/decisions/0007).
  void committed(const command::Executor::Batch&);
  // What time brings about now; on the timer's thread. Nothing where another process sees to it.
  std::vector<command::Envelope> due(Instant now);
  // With every step of the timer, on its thread: looks at the other processes when it is time for that. What waits for
  // a position is let go by `patience_`, since the store may keep this thread waiting.
  void pass(Instant now);

  const Configuration configuration_;
  Surroundings around_;
  const command::Reference reference_;
  const Texts texts_;
  const crypto::Key master_;
  const crypto::Tickets tickets_;
  const document::Press press_;
  const document::BulletinWords words_;
  edge::NodeDescription description_;
  std::vector<std::unique_ptr<journal::Projection>> views_;
  std::string edition_;  // of them
  std::unique_ptr<ContactBook> contacts_;
  std::unique_ptr<Sending> sending_;
  std::unique_ptr<StoreWriter> store_;
  const bool shared_ = sql::is_shared(configuration_.store());
  std::atomic<std::shared_ptr<const state::Directory>> directory_;
  std::atomic<journal::Position> position_ = 0;
  std::atomic<bool> leaving_ = false;
  edge::WaitingRoom waiting_;
  std::mutex readings_mutex_;
  std::map<std::thread::id, Reading> readings_;
  std::unique_ptr<http::Workers> workers_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<edge::Sessions> sessions_;
  std::unique_ptr<edge::Feed> feed_;
  std::unique_ptr<edge::Gate> gate_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<WriterThread> writer_;
  std::unique_ptr<federation::Watch> watch_;
  std::unique_ptr<Peers> peers_;  // none: the node is alone
  // Of a shared store: what tells that others have written to it, and who does the work of one.
  std::unique_ptr<Follower> follower_;
  std::unique_ptr<Siblings> siblings_;
  std::optional<journal::Fence> fence_;  // of the timers, while they are this process's
  std::uint64_t steps_ = 0;              // of the timer
  std::unique_ptr<edge::Ticker> patience_;
  std::unique_ptr<edge::Timer> timer_;
  std::atomic<bool> does_work_of_one_ = !shared_;  // see fence_; for other threads
  std::optional<crypto::Sm2PrivateKey> key_;
  std::optional<xml::Signer> message_signer_;
  std::unique_ptr<edge::outside::Courier> courier_;  // none: no interface is configured
  std::unique_ptr<edge::Ticker> carrying_;
  std::unique_ptr<edge::Ticker> watching_, asking_;  // of the folder of alerts, and of feeds
  std::unique_ptr<edge::Ticker> posting_;            // of what goes out
  std::unique_ptr<edge::Ticker> desk_;               // of files that commands bring and fetch
  std::uint16_t port_ = 0;
};

}  // namespace anlan
