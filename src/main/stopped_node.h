#pragma once
// The writer of a node that no process serves: for `anlan user` and for loading a demo city.

#include <memory>

#include "command/executor.h"
#include "main/configuration.h"
#include "platform/machine/files.h"

namespace anlan {

// Holds the directory's lock while it lives. Changes are facts like any other, by the actor "system".
class StoppedNode {
 public:
  // Fails where a process works on the directory, or where there is no node. Clock and randomness outlive it.
  static Result<std::unique_ptr<StoppedNode>> open(const Configuration&, const Clock&, Random&);

  command::Executor& executor() { return *executor_; }
  // As it is now; until the next change.
  const state::Directory& directory();

 private:
  explicit StoppedNode(machine::FolderLock lock) : lock_(std::move(lock)) {}

  machine::FolderLock lock_;
  std::unique_ptr<command::Reference> reference_;
  std::vector<std::unique_ptr<journal::Projection>> views_;
  std::unique_ptr<sql::Connection> store_;
  std::unique_ptr<journal::Vault> vault_;
  std::unique_ptr<command::Executor> executor_;
  std::shared_ptr<const state::Directory> directory_;
};

}  // namespace anlan
