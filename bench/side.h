#pragma once
// A node without its process: store, writer's executor and views on a folder of its own, for what is measured of lines.

#include <memory>
#include <string>
#include <vector>

#include "command/executor.h"
#include "federation/exchange.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"

namespace anlan::bench {

class Side {
 public:
  // On a new folder under `root`, which goes with it.
  Side(const std::string& root, const std::string& node);
  ~Side();
  Side(const Side&) = delete;
  Side& operator=(const Side&) = delete;

  const std::string& node() const { return reference_.node; }
  const std::string& directory() const { return directory_; }
  sql::Connection& sql() { return *sql_; }
  command::Executor& executor() { return *executor_; }
  const state::Directory& known();
  const federation::Self& self() const { return self_; }
  std::string public_key() const { return pair_.public_pem; }

  // Ends the program where one is refused. `account`: of the desk of `organisation`, "system" for the node.
  command::Envelope asked(const std::string& organisation, command::Command, const std::string& target = {}) const;
  std::vector<std::string> run(const std::vector<command::Envelope>&);  // ids of what was made
  // What a child is to its parent: registered, with its organisations, which are new.
  void admit(const Side& child, const std::vector<std::string>& organisations, const std::string& superior);

  // The next piece for a neighbour, sealed.
  federation::Piece piece_for(const std::string& neighbour, journal::Place from);
  // Proved and taken in; ends the program where it is refused.
  void take(const std::string& bytes, const std::string& neighbour);
  // All that `from` has for it.
  void level_with(Side& from);

 private:
  std::string directory_;
  machine::SystemClock clock_;
  crypto::SystemRandom random_;
  command::Reference reference_;
  crypto::Sm2KeyPair pair_ = crypto::generate_sm2();
  federation::Self self_;
  std::vector<view::ScopeRule> scope_;
  std::vector<std::unique_ptr<journal::Projection>> views_;
  std::unique_ptr<sql::Connection> sql_;
  std::unique_ptr<journal::Vault> vault_;
  std::unique_ptr<command::Executor> executor_;
  std::shared_ptr<const state::Directory> known_;
  std::map<std::string, std::string> keys_;  // of nodes, as they were told when it joined
};

// Registers an organisation with the node.
void add_organisation(Side&, const std::string& id, organisation::Level, const std::string& superior);

}  // namespace anlan::bench
