// The part of the connection that looks at its files from outside: every page, and what the logs hold.
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "platform/sql/sqlite_connection.h"
#include "platform/sql/sqlite_log_scan.h"
#include "platform/sql/sqlite_page_check.h"

namespace anlan::sql::sqlite {
namespace {

constexpr int kMostPages = 100;  // told by number; a file with more is beyond telling apart

sqlite3_file* file_pointer(sqlite3* handle, const char* database, int which) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(handle, database, which, &file);
  return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

// In two halves, since a whole damaged page would not be handed out.
bool read_page(sqlite3_file* file, std::uint32_t number, std::span<std::byte, kPageSize> page) {
  const std::int64_t start = std::int64_t{number - 1} * kPageSize;
  for (const int half : {0, kPageSize / 2})
    if (file->pMethods->xRead(file, page.data() + half, kPageSize / 2, start + half) != SQLITE_OK) return false;
  return true;
}

// What is made anew is not synced at every commit: a power cut may tear any of its frames, and those behind the first
// torn one are recorded again.
bool is_derived(std::string_view database) { return database == "view"; }

// A running node may be writing the very page: looked at a second time before it is called damaged.
bool sound_on_disk(sqlite3_file* file, std::uint32_t number) {
  std::array<std::byte, kPageSize> page;
  const auto look = [&] { return read_page(file, number, page) && page_sound(page, number); };
  if (look()) return true;
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return look();
}

}  // namespace

bool SqliteConnection::attached(const char* database) const {
  return sqlite3_db_filename(handle_, database) != nullptr;
}

void SqliteConnection::check_pages(const char* database, std::vector<std::string>& problems) {
  sqlite3_file* file = file_pointer(handle_, database, SQLITE_FCNTL_FILE_POINTER);
  sqlite3_int64 size = 0;
  if (file == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
    problems.push_back(fmt::format("{}.db: cannot be read", database));
    return;
  }
  int bad = 0;
  for (std::uint32_t number = 1; number <= size / kPageSize && bad < kMostPages; ++number) {
    if (sound_on_disk(file, number)) continue;
    ++bad;
    problems.push_back(fmt::format("{}.db: page {} is damaged (checksum)", database, number));
  }
  if (size % kPageSize != 0) problems.push_back(fmt::format("{}.db: {} bytes are no whole pages", database, size));
}

void SqliteConnection::check_structure(const char* database, std::vector<std::string>& problems) {
  try {
    const auto check = once(fmt::format("PRAGMA {}.integrity_check", database));
    while (check->step())
      if (check->text(0) != "ok") problems.push_back(fmt::format("{}.db: {}", database, check->text(0)));
  } catch (const Error& error) {
    problems.push_back(fmt::format("{}.db: {}", database, error.what()));
  }
}

std::vector<std::string> SqliteConnection::integrity() {
  std::vector<std::string> problems;
  for (const std::string& name : databases_) {
    const char* database = name.c_str();
    if (!attached(database)) continue;
    check_structure(database, problems);
    check_pages(database, problems);
    try {
      const std::string damage = scan_log_of(database).damage;
      if (!damage.empty() && !is_derived(name)) problems.push_back(fmt::format("{}.db-wal: {}", database, damage));
    } catch (const Error& error) {
      problems.push_back(fmt::format("{}.db-wal: {}", database, error.what()));
    }
  }
  return problems;
}

LogScan SqliteConnection::scan_log_of(const char* database) {
  // Under the write lock, so that neither a transaction under way nor a log that begins anew is taken for damage.
  execute("PRAGMA query_only=OFF; BEGIN IMMEDIATE");
  sqlite3_file* log = file_pointer(handle_, database, SQLITE_FCNTL_JOURNAL_POINTER);
  const LogScan scan = log == nullptr ? LogScan{} : scan_log(log);
  execute(access_ == Access::kWrite ? "ROLLBACK" : "ROLLBACK; PRAGMA query_only=ON");
  return scan;
}

std::string SqliteConnection::broken_tail(std::string_view database) {
  for (const std::string& known : databases_)
    if (known == database && attached(known.c_str())) return scan_log_of(known.c_str()).broken_tail;
  return {};
}

}  // namespace anlan::sql::sqlite
