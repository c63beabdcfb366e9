#pragma once
// SQLite on a Disk.

#include <sqlite3.h>

#include <memory>
#include <string>

#include "disk.h"

namespace anlan::powercut {

// Name of a VFS, to be handed to sql::open. It works on the disk that `mount` last gave it, and one connection at a
// time may use it: locks always succeed.
class Mount {
 public:
  explicit Mount(const std::string& name);
  ~Mount();
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;

  void mount(Disk& disk) { disk_ = &disk; }
  Disk& disk() { return *disk_; }
  const std::string& name() const { return name_; }

 private:
  const std::string name_;
  const std::unique_ptr<sqlite3_vfs> vfs_;
  Disk* disk_ = nullptr;
};

}  // namespace anlan::powercut
