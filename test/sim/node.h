#pragma once
// One node of the simulated platform: production code on a disk in memory, with a clock that need not be right.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chance.h"
#include "command/executor.h"
#include "command/recipients.h"
#include "command/resumption.h"
#include "federation/exchange.h"
#include "journal/vault.h"
#include "powercut/vfs.h"

namespace anlan::sim {

// Runs by the simulated time, wrongly: an offset that jumps, and a drift.
class NodeClock final : public Clock {
 public:
  explicit NodeClock(const Instant& truth) : truth_(truth), began_(truth) {}
  Instant now() const override { return truth_ + offset + (truth_ - began_) * drift_ppm / 1'000'000; }

  Milliseconds offset{0};
  std::int64_t drift_ppm = 0;

 private:
  const Instant& truth_;
  const Instant began_;
};

// What a node has promised: facts of commits that returned, by their number in the node.
using Promised = std::map<std::int64_t, std::uint64_t>;

// A place for disks that lives as long as the process: the engine keeps what it has registered above it.
powercut::Mount& mount_of(const std::string& name);

// But for its place in a store: equal where two stores have the same fact.
std::uint64_t digest(const journal::Fact&);

// Three places of every organisation, with two people who bear a role, with one and with nobody. Nobody is counted.
class Callees final : public command::Recipients {
 public:
  std::int64_t count(const warning::Content&, const std::string&) const override { return 0; }
  std::vector<command::CalledPerson> callees(const warning::Area& area, const std::vector<std::string>& roles,
                                             const std::string& organisation) const override;
  std::optional<command::KnownPerson> person(std::int64_t) const override { return std::nullopt; }
};

class Node {
 public:
  Node(std::string id, std::string parent, command::Reference, const Instant& truth, std::uint64_t seed);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  const std::string& id() const { return id_; }
  const std::string& parent() const { return parent_; }  // empty at the top
  bool up() const { return executor_ != nullptr; }

  // Throws sql::Error where the disk fails or what it holds is not whole.
  void start();
  // The process ends at once; what was not synced is torn, or dropped.
  void crash(powercut::Cut);
  // The store becomes what it was when the image was taken.
  void restore(const powercut::Disk::Image&);
  powercut::Disk& disk() { return *disk_; }
  // The store becomes one of before, and nobody has been told of it: what it had acknowledged since is gone with the
  // disk but for what others know.
  void lose(const powercut::Disk::Image& backup);
  // No neighbour knew of anything that the store has not.
  void found();
  // As `anlan resume` does with a node that is stopped. Throws where the outcome is not sound.
  command::Resumption resume();
  std::vector<journal::Part> given_back();
  // Blocks of what is in none yet. Throws sql::Error.
  void seal();

  // Throws sql::Error: the node must be started again. What was acknowledged is remembered.
  command::Outcome run(const command::Envelope&);
  command::Executor::Taken take_in(command::Delivery);
  command::Envelope asked(const std::string& account, command::Command, const std::string& target = {});

  sql::Connection& sql() { return *sql_; }
  const command::Directory& directory();
  const command::Reference& reference() const { return reference_; }
  const Promised& promised() const { return promised_; }
  // Its own facts that came behind what the neighbours gave back when it was resumed, as they were before.
  const std::vector<journal::Fact>& meanwhile() const { return meanwhile_; }
  // Empty where it was never resumed.
  const command::Resumption& resumption() const { return resumption_; }
  federation::Self self() const { return {id_, key_}; }
  const std::string& public_key() const { return public_key_; }
  // Of the last run or take_in.
  const std::vector<journal::Fact>& facts() const { return facts_; }
  // When a clock of this node speaks next, by simulated time.
  std::optional<Instant> next_due();

  NodeClock clock;

 private:
  Node(std::string id, std::string parent, command::Reference, const Instant& truth, std::uint64_t seed,
       crypto::Sm2KeyPair);
  void stop();
  void promise(std::vector<journal::Fact>);

  const std::string id_, parent_;
  const Instant& truth_;
  command::Reference reference_;
  Chance chance_;
  crypto::Key master_;
  std::vector<std::unique_ptr<journal::Projection>> views_;
  powercut::Mount& mount_;
  std::unique_ptr<powercut::Disk> disk_;
  std::unique_ptr<sql::Connection> sql_;
  std::unique_ptr<journal::Vault> vault_;
  const Callees callees_;
  std::unique_ptr<command::Executor> executor_;
  std::shared_ptr<const command::Directory> directory_;
  std::string public_key_;
  crypto::Sm2PrivateKey key_;
  Promised promised_;
  bool lost_ = false;
  command::Resumption resumption_;
  std::vector<journal::Fact> meanwhile_;
  std::vector<journal::Fact> facts_;
  std::int64_t keys_ = 0;
};

}  // namespace anlan::sim
