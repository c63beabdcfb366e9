#pragma once
// A disk in memory that knows what was synced and what was not, so that its power can be cut, and whose calls can fail.
// It models what POSIX promises and no more: without a sync, any part of what was written may be there, down to single
// sectors, in any order; a new or deleted name is certain only after a sync of its directory.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace anlan::powercut {

inline constexpr std::size_t kSector = 512;

using Contents = std::vector<std::byte>;

// A write, or a change of size where `bytes` is empty.
struct Change {
  std::size_t offset;
  Contents bytes;
};

struct File {
  Contents now;                  // what a reader sees
  Contents durable;              // what is left when nothing unsynced is
  std::vector<Change> unsynced;  // from durable to now, in order
  bool log = false;              // SQLite syncs the directory when it first syncs one of these
  bool sync_failed = false;
  std::vector<Contents> shared;  // regions of the -shm file, gone with the process
};

// How a power cut treats what is not synced.
struct Cut {
  enum class Unsynced { kDropped, kTorn } unsynced;
  std::uint64_t seed = 0;
};

// The call that fails. Codes are SQLite's.
struct Fault {
  std::int64_t at = 0;  // the n-th call from 1 on; 0 never
  bool disk_full = false;
};

// Calls return SQLite's result codes. Used by one thread.
class Disk {
 public:
  using Image = std::map<std::string, Contents>;

  Disk() = default;
  explicit Disk(const Image&);  // as found after a restart

  int open(const char* name, bool create, bool log, std::shared_ptr<File>& file);
  int read(File&, void* into, std::size_t amount, std::size_t offset);
  int write(File&, const void* from, std::size_t amount, std::size_t offset);
  int truncate(File&, std::size_t size);
  int sync(File&);
  int remove(const std::string& name, bool sync_directory);
  bool exists(const std::string& name) const { return names_.contains(name); }

  // What a restart would find if the power were cut now.
  Image cut(Cut) const;

  // What a process that is started beside the one at work would find.
  Image present() const;

  // Called before each sync takes effect.
  std::function<void()> before_sync;
  Fault fault;
  bool full = false;  // nothing more can be written as long as it is
  std::int64_t calls() const { return calls_; }
  bool fault_hit_a_sync() const { return fault_hit_a_sync_; }
  bool failed_sync_was_retried() const { return failed_sync_was_retried_; }

 private:
  bool fails();
  void sync_names() { durable_names_ = names_; }

  std::map<std::string, std::shared_ptr<File>> names_, durable_names_;
  std::int64_t calls_ = 0;
  bool fault_hit_a_sync_ = false, failed_sync_was_retried_ = false;
};

}  // namespace anlan::powercut
