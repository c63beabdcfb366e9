#include "platform/sql/sqlite_store.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/result.h"
#include "platform/sql/sqlite_connection.h"
#include "platform/sql/sqlite_log_scan.h"
#include "platform/sql/sqlite_page_check.h"

namespace anlan::sql::sqlite {
namespace {

sqlite3_vfs* find_vfs(const std::string& name) {
  sqlite3_vfs* vfs = sqlite3_vfs_find(name.empty() ? nullptr : name.c_str());
  ANLAN_ASSERT(vfs != nullptr);
  return vfs;
}

bool exists(sqlite3_vfs* vfs, const std::string& path) {
  int there = 0;
  const int code = vfs->xAccess(vfs, path.c_str(), SQLITE_ACCESS_EXISTS, &there);
  if (code != SQLITE_OK) throw error_of(code, path);
  return there != 0;
}

// Before SQLite opens the file and takes the first bad frame for the end.
void refuse_damaged_log(sqlite3_vfs* vfs, const std::string& directory, const std::string& database) {
  const std::string path = file_of(directory, database) + "-wal";
  if (!exists(vfs, path)) return;
  std::vector<std::max_align_t> room(vfs->szOsFile / sizeof(std::max_align_t) + 1);
  auto* file = reinterpret_cast<sqlite3_file*>(room.data());
  file->pMethods = nullptr;
  int flags = 0;
  const int code = vfs->xOpen(vfs, path.c_str(), file, SQLITE_OPEN_READONLY | SQLITE_OPEN_WAL, &flags);
  const auto close = [](sqlite3_file* f) {
    if (f->pMethods != nullptr) f->pMethods->xClose(f);
  };
  const std::unique_ptr<sqlite3_file, decltype(close)> closed(file, close);
  if (code != SQLITE_OK) throw error_of(code, path);
  const std::string damage = scan_log(file).damage;
  if (damage.empty()) return;
  Error error(fmt::format("{}: {}", path, damage));
  error.corrupt = true;
  error.database = database;
  throw error;
}

sqlite3* open_handle(const std::string& path, int flags, const std::string& vfs) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, vfs.c_str());
  if (code == SQLITE_OK) return handle;
  const Error error = error_of(code, fmt::format("{}: {}", path, sqlite3_errstr(code)));
  sqlite3_close_v2(handle);
  throw error;
}

// Names the database in an Error of the work on it.
template <class Work>
void on(const char* database, Work&& work) {
  try {
    work();
  } catch (Error& error) {
    if (error.corrupt) error.database = database;
    throw;
  }
}

void attach(SqliteConnection& connection, const std::string& directory, const char* database) {
  const auto statement = connection.once("ATTACH ? AS ?");
  statement->bind(file_of(directory, database)).bind(database);
  statement->run();
}

// Reserving bytes and the page size take effect on a file without pages only; later they are asked for in vain and harm
// nothing. Secure deletion matters in the vault, and costs the others little.
void prepare_for_writing(SqliteConnection& connection, const std::string& database) {
  int reserve = kPageReserve;
  sqlite3_file_control(connection.handle(), database.c_str(), SQLITE_FCNTL_RESERVE_BYTES, &reserve);
  connection.execute(fmt::format("PRAGMA {}.page_size={}", database, kPageSize));
  if (const auto mode = connection.ask(fmt::format("PRAGMA {}.journal_mode=WAL", database)); mode != "wal")
    throw Error(fmt::format("{}.db: no write-ahead log is possible here ({})", database, mode));
  const bool derived = database == "view";
  connection.execute(fmt::format("PRAGMA {}.synchronous={}", database, derived ? "NORMAL" : "FULL"));
  connection.ask(fmt::format("PRAGMA {}.secure_delete=ON", database));
  connection.execute(fmt::format("PRAGMA {}.cache_size=-32000", database));
}

void prepare(SqliteConnection& connection, bool writes) {
  connection.execute("PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY; PRAGMA cache_spill=OFF");
  if (!writes) return connection.execute("PRAGMA query_only=ON");
  for (const std::string& database : connection.databases())
    on(database.c_str(), [&] { prepare_for_writing(connection, database); });
}

// In one step, so in one snapshot: in this mode a reader does not hold up the writer. Every page passes the check on
// its way, so damage is not copied but told.
void copy_database(const std::string& from, const std::string& to) {
  const std::string vfs = checked_vfs({});
  const auto close = [](sqlite3* handle) { sqlite3_close_v2(handle); };
  using Handle = std::unique_ptr<sqlite3, decltype(close)>;
  const Handle source(open_handle(from, SQLITE_OPEN_READWRITE, vfs), close);
  sqlite3_busy_timeout(source.get(), 5000);
  sqlite3_db_config(source.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  const Handle target(open_handle(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs), close);
  sqlite3_backup* copy = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (copy == nullptr) throw error_of(sqlite3_extended_errcode(target.get()), to);
  const int stepped = sqlite3_backup_step(copy, -1);
  const int finished = sqlite3_backup_finish(copy);
  if (stepped != SQLITE_DONE || finished != SQLITE_OK)
    throw error_of(stepped != SQLITE_DONE ? stepped : finished, fmt::format("{} → {}", from, to));
}

}  // namespace

std::unique_ptr<Connection> open(const std::string& directory, Access access, const std::string& vfs) {
  sqlite3_vfs* below = find_vfs(vfs);
  const bool writes = access == Access::kWrite;
  if (writes)
    for (const char* database : {"vault", "journal"}) refuse_damaged_log(below, directory, database);
  // Readers open for writing too: they share the logs' index in memory with the writer.
  const int flags = SQLITE_OPEN_READWRITE | (writes ? SQLITE_OPEN_CREATE : 0);
  const std::string checked = access == Access::kInspect ? vfs : checked_vfs(vfs);
  auto connection = std::make_unique<SqliteConnection>(
      open_handle(file_of(directory, kDatabases[0]), flags, checked.empty() ? below->zName : checked), access,
      std::vector<std::string>(kDatabases.begin(), kDatabases.end()));
  for (const char* database : {kDatabases[1], kDatabases[2]})
    if (access != Access::kInspect || exists(below, file_of(directory, database)))
      on(database, [&] { attach(*connection, directory, database); });
  prepare(*connection, writes);
  return connection;
}

std::unique_ptr<Connection> open_beside(const std::string& directory, const std::string& name, Access access) {
  const bool writes = access == Access::kWrite;
  if (writes) refuse_damaged_log(find_vfs({}), directory, name);
  const int flags = SQLITE_OPEN_READWRITE | (writes ? SQLITE_OPEN_CREATE : 0);
  auto connection = std::make_unique<SqliteConnection>(open_handle(file_of(directory, name), flags, checked_vfs({})),
                                                       access, std::vector<std::string>{name});
  prepare(*connection, writes);
  return connection;
}

void remove_view(const std::string& directory, const std::string& vfs) {
  sqlite3_vfs* below = find_vfs(vfs);
  for (const char* suffix : {"-shm", "-wal", ""}) {
    const std::string path = file_of(directory, "view") + suffix;
    if (!exists(below, path)) continue;
    const int code = below->xDelete(below, path.c_str(), 1);
    if (code != SQLITE_OK && code != SQLITE_IOERR_DELETE_NOENT) throw error_of(code, path);
  }
}

void backup(const std::string& directory, const std::string& target) {
  std::filesystem::create_directories(target);
  for (const char* database : {"journal", "vault"})
    if (std::filesystem::exists(file_of(target, database))) throw Error(target + " already holds a store");
  // The journal first: a key is in the vault before the fact that needs it, so the later copy has every key.
  std::vector<std::string> databases{"journal", "vault"};
  for (const auto& entry : std::filesystem::directory_iterator(directory))  // those beside
    if (const std::string name = entry.path().stem();
        entry.path().extension() == ".db" && name != "view" && std::ranges::find(databases, name) == databases.end())
      databases.push_back(name);
  for (const std::string& database : databases) copy_database(file_of(directory, database), file_of(target, database));
}

}  // namespace anlan::sql::sqlite
