#include "platform/sql/sqlite_page_check.h"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/result.h"

namespace anlan::sql::sqlite {
namespace {

using Sum = std::array<std::byte, kPageReserve>;
static_assert(crypto_shorthash_BYTES == kPageReserve);

thread_local std::optional<Damage> damage;

// The page number is part of the key, so that a page written to another's place is found too.
Sum page_sum(std::span<const std::byte, kPageSize> page, std::uint32_t number) {
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key{0,   0,   0,   0,   0,   0,   0,   0,
                                                           'a', 'n', 'l', 'a', 'n', 'p', 'a', 'g'};
  for (int i = 0; i < 4; ++i) key[i] = static_cast<unsigned char>(number >> (8 * i));
  Sum sum;
  crypto_shorthash(reinterpret_cast<unsigned char*>(sum.data()), reinterpret_cast<const unsigned char*>(page.data()),
                   kPageSize - kPageReserve, key.data());
  return sum;
}

// The file of the VFS below lies in memory right behind this one.
struct CheckedFile : sqlite3_file {
  const char* path;
  bool database;

  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

CheckedFile* checked(sqlite3_file* file) { return static_cast<CheckedFile*>(file); }
sqlite3_file* below(sqlite3_file* file) { return checked(file)->below(); }

// The pager reads the header alone when it opens a file; everything else it reads and writes in whole pages.
bool whole_page(sqlite3_file* file, int amount, sqlite3_int64 offset) {
  return checked(file)->database && amount == kPageSize && offset % kPageSize == 0;
}

std::uint32_t number_at(sqlite3_int64 offset) { return static_cast<std::uint32_t>(offset / kPageSize) + 1; }

int read(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
  const int code = below(file)->pMethods->xRead(below(file), into, amount, offset);
  if (code != SQLITE_OK || !whole_page(file, amount, offset)) return code;
  if (page_sound(std::span<const std::byte, kPageSize>(static_cast<const std::byte*>(into), kPageSize),
                 number_at(offset)))
    return SQLITE_OK;
  damage = Damage{std::filesystem::path(checked(file)->path).stem().string(), number_at(offset)};
  return SQLITE_IOERR_DATA;
}

// Into a copy: the pager's page is not ours, and the log's own checksums are over it as it is.
int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
  if (!whole_page(file, amount, offset)) return below(file)->pMethods->xWrite(below(file), from, amount, offset);
  std::array<std::byte, kPageSize> page;
  std::memcpy(page.data(), from, kPageSize);
  mark_page(page, number_at(offset));
  return below(file)->pMethods->xWrite(below(file), page.data(), amount, offset);
}

int close(sqlite3_file* file) { return below(file)->pMethods->xClose(below(file)); }
int truncate(sqlite3_file* file, sqlite3_int64 size) { return below(file)->pMethods->xTruncate(below(file), size); }
int sync(sqlite3_file* file, int flags) { return below(file)->pMethods->xSync(below(file), flags); }
int size(sqlite3_file* file, sqlite3_int64* out) { return below(file)->pMethods->xFileSize(below(file), out); }
int lock(sqlite3_file* file, int level) { return below(file)->pMethods->xLock(below(file), level); }
int unlock(sqlite3_file* file, int level) { return below(file)->pMethods->xUnlock(below(file), level); }
int reserved(sqlite3_file* file, int* out) { return below(file)->pMethods->xCheckReservedLock(below(file), out); }
int control(sqlite3_file* file, int op, void* arg) { return below(file)->pMethods->xFileControl(below(file), op, arg); }
int sector(sqlite3_file* file) { return below(file)->pMethods->xSectorSize(below(file)); }
int device(sqlite3_file* file) { return below(file)->pMethods->xDeviceCharacteristics(below(file)); }
int shm_map(sqlite3_file* file, int region, int bytes, int extend, void volatile** out) {
  return below(file)->pMethods->xShmMap(below(file), region, bytes, extend, out);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return below(file)->pMethods->xShmLock(below(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { below(file)->pMethods->xShmBarrier(below(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return below(file)->pMethods->xShmUnmap(below(file), remove); }

// Version 2: without memory mapping, which would go past the check.
constexpr sqlite3_io_methods kMethods = {2,        close,       read,      write,   truncate, sync,   size,
                                         lock,     unlock,      reserved,  control, sector,   device, shm_map,
                                         shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

sqlite3_vfs* base_of(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

// Logs and temporary files pass through unchanged; only database files have pages of ours.
int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  auto* mine = checked(file);
  mine->pMethods = nullptr;
  mine->path = name;
  mine->database = name != nullptr && (flags & SQLITE_OPEN_MAIN_DB) != 0;
  mine->below()->pMethods = nullptr;
  const int code = base_of(vfs)->xOpen(base_of(vfs), name, mine->below(), flags, out);
  if (mine->below()->pMethods != nullptr) mine->pMethods = &kMethods;
  return code;
}
int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  return base_of(vfs)->xDelete(base_of(vfs), name, sync_directory);
}
int access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
  return base_of(vfs)->xAccess(base_of(vfs), name, flags, out);
}
int full_path(sqlite3_vfs* vfs, const char* name, int room, char* out) {
  return base_of(vfs)->xFullPathname(base_of(vfs), name, room, out);
}

// A registered VFS lives until the process ends, as SQLite wants it.
struct Registered {
  std::string name;
  sqlite3_vfs vfs;
};

std::unique_ptr<Registered> register_above(sqlite3_vfs* base, const std::string& name) {
  auto made = std::make_unique<Registered>(Registered{name, *base});
  sqlite3_vfs& vfs = made->vfs;
  vfs.szOsFile = static_cast<int>(sizeof(CheckedFile)) + base->szOsFile;
  vfs.pNext = nullptr;
  vfs.zName = made->name.c_str();
  vfs.pAppData = base;
  vfs.xOpen = open_file;
  vfs.xDelete = remove;
  vfs.xAccess = access;
  vfs.xFullPathname = full_path;
  // The rest (time, randomness, libraries) takes nothing from the VFS it is called on, and is left as the base has it.
  ANLAN_ASSERT(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
  return made;
}

}  // namespace

bool page_sound(std::span<const std::byte, kPageSize> page, std::uint32_t number) {
  const Sum sum = page_sum(page, number);
  return std::ranges::equal(page.last<kPageReserve>(), sum) ||
         std::ranges::all_of(page, [](std::byte b) { return b == std::byte{0}; });
}

void mark_page(std::span<std::byte, kPageSize> page, std::uint32_t number) {
  std::ranges::copy(page_sum(page, number), page.last<kPageReserve>().begin());
}

std::string checked_vfs(const std::string& base) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<Registered>> all;
  const std::lock_guard lock_all(mutex);
  auto& slot = all[base];
  if (slot == nullptr) {
    ANLAN_ASSERT(sodium_init() >= 0);
    sqlite3_vfs* below_it = sqlite3_vfs_find(base.empty() ? nullptr : base.c_str());
    ANLAN_ASSERT(below_it != nullptr);
    slot = register_above(below_it, "anlan:" + base);
  }
  return slot->name;
}

std::optional<Damage> take_damage() { return std::exchange(damage, std::nullopt); }

}  // namespace anlan::sql::sqlite
