#include "vfs.h"

#include <cstring>
#include <new>

#include "base/result.h"

namespace anlan::powercut {
namespace {

struct OpenFile {
  Disk* disk;
  std::shared_ptr<File> file;
};

// SQLite provides the memory and never calls a constructor.
struct Handle : sqlite3_file {
  OpenFile* open;
};

OpenFile& opened(sqlite3_file* file) { return *static_cast<Handle*>(file)->open; }

int close(sqlite3_file* file) {
  delete static_cast<Handle*>(file)->open;
  return SQLITE_OK;
}
int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  return opened(file).disk->read(*opened(file).file, into, static_cast<std::size_t>(amount), offset);
}
int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  return opened(file).disk->write(*opened(file).file, from, static_cast<std::size_t>(amount), offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) { return opened(file).disk->truncate(*opened(file).file, size); }
int sync(sqlite3_file* file, int) { return opened(file).disk->sync(*opened(file).file); }
int size(sqlite3_file* file, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(opened(file).file->now.size());
  return SQLITE_OK;
}
int lock(sqlite3_file*, int) { return SQLITE_OK; }
int reserved(sqlite3_file*, int* out) {
  *out = 0;
  return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector(sqlite3_file*) { return static_cast<int>(kSector); }
int device(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
int shm_map(sqlite3_file* file, int region, int bytes, int extend, void volatile** out) {
  auto& shared = opened(file).file->shared;
  const auto index = static_cast<std::size_t>(region);
  *out = nullptr;
  if (shared.size() <= index && extend == 0) return SQLITE_OK;
  while (shared.size() <= index) shared.emplace_back(static_cast<std::size_t>(bytes));
  *out = shared[index].data();
  return SQLITE_OK;
}
int shm_lock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
void shm_barrier(sqlite3_file*) {}
int shm_unmap(sqlite3_file* file, int) {
  opened(file).file->shared.clear();
  return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = {2,        close,       read,      write,   truncate, sync,   size,
                                         lock,     lock,        reserved,  control, sector,   device, shm_map,
                                         shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

Disk& disk_of(sqlite3_vfs* vfs) { return static_cast<Mount*>(vfs->pAppData)->disk(); }

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  file->pMethods = nullptr;
  auto open = std::make_unique<OpenFile>(OpenFile{&disk_of(vfs), nullptr});
  const bool log = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  const int code = open->disk->open(name, (flags & SQLITE_OPEN_CREATE) != 0, log, open->file);
  if (code != SQLITE_OK) return code;
  if (out != nullptr) *out = flags;
  static_cast<Handle*>(file)->open = open.release();
  file->pMethods = &kMethods;
  return SQLITE_OK;
}
int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  return disk_of(vfs).remove(name, sync_directory != 0);
}
int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
  *out = disk_of(vfs).exists(name) ? 1 : 0;
  return SQLITE_OK;
}
int full_path(sqlite3_vfs*, const char* name, int room, char* out) {
  sqlite3_snprintf(room, out, "%s", name);
  return SQLITE_OK;
}
int sleep(sqlite3_vfs*, int) { return 0; }

}  // namespace

Mount::Mount(const std::string& name) : name_(name), vfs_(std::make_unique<sqlite3_vfs>(*sqlite3_vfs_find(nullptr))) {
  vfs_->szOsFile = sizeof(Handle);
  vfs_->pNext = nullptr;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = open_file;
  vfs_->xDelete = remove;
  vfs_->xAccess = access;
  vfs_->xFullPathname = full_path;
  vfs_->xSleep = sleep;
  ANLAN_ASSERT(sqlite3_vfs_register(vfs_.get(), 0) == SQLITE_OK);
}

Mount::~Mount() { sqlite3_vfs_unregister(vfs_.get()); }

}  // namespace anlan::powercut
