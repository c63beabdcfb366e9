#pragma once
// A node's days in small: commands in batches, sealed entries made and erased, batches taken back, checkpoints of both
// kinds, stops and starts. The same on every run, so that a fault can be put anywhere.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/start.h"
#include "journal/vault.h"
#include "platform/crypto/random.h"
#include "vfs.h"

namespace anlan::powercut {

// What the node has promised: commits that returned.
struct Promised {
  std::vector<journal::Hash> facts;           // by position, from 1 on at index 0
  std::map<std::string, std::string> sealed;  // id and text
  std::vector<std::string> erased;            // ids
};

class Script {
 public:
  struct Options {
    int commits = 240;
    bool synchronous = true;             // false: SQLite syncs nothing, so the test must find losses
    std::function<void()> acknowledged;  // after each commit
  };

  Script(Mount& mount, Options options) : mount_(mount), options_(std::move(options)) {}

  // Throws sql::Error where the disk failed.
  void run();
  const Promised& promised() const { return promised_; }

  // Starts a node on what the mounted disk holds and says what of the promises is not kept; empty when all are.
  static std::string broken_promise(Mount&, const Promised&);

 private:
  void start();
  void write(int round);
  void take_back();
  void commit(int round);
  journal::NewFact next_fact(int round, const std::string& stream);

  Mount& mount_;
  const Options options_;
  Promised promised_, pending_;
  crypto::SeededRandom random_{1};
  std::unique_ptr<sql::Connection> sql_;
  std::optional<journal::Writer> writer_;
};

}  // namespace anlan::powercut
