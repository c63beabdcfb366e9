#pragma once
// A connection to a store kept in SQLite files: vault.db is its main database, the others are attached. See sql.h for
// the contract.

#include <sqlite3.h>

#include <array>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/sql/sql.h"
#include "platform/sql/sqlite_log_scan.h"

namespace anlan::sql::sqlite {

// In the order in which SQLite commits them; the first is the connection's main database.
inline constexpr std::array<const char*, 3> kDatabases{"vault", "journal", "view"};

// Frames in a log after which a commit brings them into the file: rare enough that fewer than one commit in a hundred
// waits for it, few enough that a start reads them in a moment.
inline constexpr int kCheckpointFrames = 4000;

// "DIRECTORY/journal.db"
std::string file_of(const std::string& directory, std::string_view database);

// Error for a result code of SQLite, with what the page check found.
Error error_of(int code, std::string_view what);

class SqliteConnection final : public Connection {
 public:
  // Takes over the handle. `databases`: the main one, and those that will be attached.
  SqliteConnection(sqlite3*, Access, std::vector<std::string> databases);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Statement& prepare(std::string_view literal) override;
  std::unique_ptr<Statement> once(std::string_view text) override;
  void execute(std::string_view text) override;
  std::int64_t changes() override;
  void begin() override;
  void commit() override;
  void rollback() override;
  bool checkpoint() override;
  bool scrub() override { return checkpoint(); }
  std::unique_ptr<Bulk> bulk(std::string_view table, std::span<const std::string_view> columns) override;
  void create_marks(std::string_view index) override;
  void mark(std::string_view index, std::int64_t row, std::span<const std::string> before,
            std::span<const std::string> now) override;
  std::string marked(std::string_view index) const override;
  std::string all_of(std::span<const std::string> marks) const override;
  std::vector<std::string> read_whole(std::string_view select) override;
  std::vector<std::string> integrity() override;
  std::vector<std::string> view_databases() override { return {"view"}; }
  void forget_view_databases() override {}
  std::string broken_tail(std::string_view database) override;

  // Throws what the code means. After an Error of the environment every further call throws, and closing leaves the
  // files as they are: a sync that failed must not be tried again.
  // An inspecting connection goes on, for it writes nothing and wants to see all.
  [[noreturn]] void fail(int code);
  // Throws where the connection has failed before.
  void require_sound() const;
  sqlite3* handle() { return handle_; }
  const std::vector<std::string>& databases() const { return databases_; }
  // Sets how many frames make a checkpoint due.
  void checkpoint_every(int frames) { checkpoint_frames_ = frames; }
  // The first column of the only row; empty where there is none.
  std::string ask(std::string_view text);

 private:
  struct Log {
    int frames = 0;      // that it holds
    int not_before = 0;  // where a reader kept the log from starting anew, the next try
  };

  // SQLite tells after each commit how long the log is.
  static int count_frames(void* self, sqlite3*, const char* database, int frames);
  // A statement left in the middle of its rows would keep an old snapshot, and the log from being emptied.
  void reset_all();
  // After a commit: checkpoints that readers do not stand in the way of, without waiting for them.
  void checkpoint_due();
  LogScan scan_log_of(const char* database);
  bool attached(const char* database) const;
  void check_pages(const char* database, std::vector<std::string>& problems);
  void check_structure(const char* database, std::vector<std::string>& problems);

  sqlite3* handle_;
  const Access access_;
  bool failed_ = false;
  int checkpoint_frames_ = kCheckpointFrames;
  const std::vector<std::string> databases_;
  std::vector<Log> logs_;        // beside databases_
  std::set<std::string> texts_;  // of statements that are put together here and kept
  // By their text, whose storage is the caller's literal or in texts_.
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
};

}  // namespace anlan::sql::sqlite
