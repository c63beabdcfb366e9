#pragma once
// A node of the demo city in this process, on a new directory that goes with it, or on a database.

#include <functional>
#include <memory>
#include <string>

#include "main/node.h"
#include "platform/crypto/random.h"
#include "platform/machine/process.h"

namespace anlan::bench {

class CityNode {
 public:
  // In a new folder under `root`; nothing is started yet. `database`: the URL of its store, which stays.
  explicit CityNode(const std::string& root, const std::string& database = {});
  // Another one with the same keys, on the same database or on one that holds the same.
  CityNode(const std::string& root, const CityNode& sibling);
  CityNode(const std::string& root, const CityNode& sibling, const std::string& database);
  ~CityNode();
  CityNode(const CityNode&) = delete;
  CityNode& operator=(const CityNode&) = delete;

  // Settles the city where the directory is new, does `more` with the writer, then serves. Ends the program on failure.
  void start(const std::function<void(command::Executor&)>& more = nullptr);
  // The same with channels by which messages go out.
  void start(std::vector<ChannelSettings>);
  void stop() { node_.reset(); }

  Node& node() { return *node_; }
  std::uint16_t port() const { return node_->port(); }
  const std::string& directory() const { return directory_; }
  // As sql::open() names it.
  const std::string& store() const { return database_.empty() ? directory_ : database_; }

 private:
  void start(const Configuration&, const std::function<void(command::Executor&)>& more);
  Result<Done> prepare(command::Executor&, const std::function<void(command::Executor&)>& more) const;

  std::string directory_, database_;
  machine::SystemClock clock_;
  crypto::SystemRandom random_;
  std::unique_ptr<Node> node_;
};

// An account of the city's desk, and the password of all.
inline constexpr const char *kDutyAccount = "duty1", *kCityPassword = "Anlan-Demo-2026";

// Ends the program with the failure on standard error.
[[noreturn]] void give_up(const Failure&);

}  // namespace anlan::bench
