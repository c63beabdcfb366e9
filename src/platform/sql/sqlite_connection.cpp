#include "platform/sql/sqlite_connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <regex>

#include "platform/sql/sqlite_page_check.h"
#include "platform/sql/sqlite_statement.h"

namespace anlan::sql::sqlite {
namespace {

constexpr int kBusyWaitMs = 5000, kCheckpointWaitMs = 200;

bool means_corrupt(int code) {
  return code == SQLITE_IOERR_DATA || (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

// A mistake in a statement or a lock held by others leaves the files and this connection as good as before.
bool connection_survives(int code) {
  const int kind = code & 0xff;
  return kind == SQLITE_ERROR || kind == SQLITE_BUSY || kind == SQLITE_LOCKED || kind == SQLITE_CONSTRAINT;
}

// "CREATE INDEX name ON view.table" is "CREATE INDEX view.name ON table" in SQLite. A derived table whose key has
// several columns lies in the order of its key and needs no tree of numbered rows beside it.
std::string in_our_words(std::string_view text) {
  static const std::regex index(
      R"((CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?:IF\s+NOT\s+EXISTS\s+)?)(\w+)(\s+ON\s+)(vault|journal|view)\.)",
      std::regex::icase | std::regex::optimize);
  static const std::regex keyed(R"((CREATE TABLE view\.[^;]*PRIMARY KEY \([^;]*\))(;|$))", std::regex::optimize);
  std::string result(text);
  if (text.find("INDEX") != text.npos) result = std::regex_replace(result, index, "$1$4.$2$3");
  if (text.find("CREATE TABLE view.") != text.npos) result = std::regex_replace(result, keyed, "$1 WITHOUT ROWID$2");
  return result;
}

// Rows by an insert each: the transaction around them is what makes many rows cheap.
class SqliteBulk final : public Bulk {
 public:
  explicit SqliteBulk(std::unique_ptr<Statement> insert) : insert_(std::move(insert)) {}

  void add(std::span<const Value> row) override {
    for (const Value& value : row) std::visit([this](const auto& v) { bind(v); }, value);
    insert_->run();
  }
  void finish() override {}

 private:
  void bind(std::span<const std::byte> bytes) { insert_->bind_blob(bytes); }
  void bind(const auto& value) { insert_->bind(value); }

  std::unique_ptr<Statement> insert_;
};

}  // namespace

std::string file_of(const std::string& directory, std::string_view database) {
  return fmt::format("{}/{}.db", directory, database);
}

Error error_of(int code, std::string_view what) {
  const auto damage = code == SQLITE_IOERR_DATA ? take_damage() : std::nullopt;
  Error error(fmt::format("{} ({})", what, code));
  if (damage) error = Error(fmt::format("{}.db: page {} is damaged (checksum)", damage->database, damage->page));
  if (damage) error.database = damage->database;
  error.corrupt = means_corrupt(code);
  return error;
}

SqliteConnection::SqliteConnection(sqlite3* handle, Access access, std::vector<std::string> databases)
    : handle_(handle), access_(access), databases_(std::move(databases)), logs_(databases_.size()) {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, kBusyWaitMs);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_MAINDBNAME, databases_[0].c_str());
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  // Replaces SQLite's own checkpoints, which swallow a failed sync and try it again.
  sqlite3_wal_hook(handle_, &SqliteConnection::count_frames, this);
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close_v2(handle_);
}

int SqliteConnection::count_frames(void* self, sqlite3*, const char* database, int frames) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  for (std::size_t i = 0; i < connection.databases_.size(); ++i)
    if (connection.databases_[i] == database) connection.logs_[i].frames = frames;
  return SQLITE_OK;
}

void SqliteConnection::fail(int code) {
  const std::string what = sqlite3_errmsg(handle_);
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID)
    throw UniqueViolation(what);
  if (!connection_survives(code) && access_ != Access::kInspect) failed_ = true;
  throw error_of(code, what);
}

void SqliteConnection::require_sound() const {
  if (failed_) throw Error("this connection has failed before and must not be used");
}

Statement& SqliteConnection::prepare(std::string_view literal) {
  require_sound();
  auto found = statements_.find(literal);
  if (found == statements_.end())
    found = statements_.emplace(literal, std::make_unique<SqliteStatement>(*this, literal)).first;
  static_cast<SqliteStatement&>(*found->second).clear();
  return *found->second;
}

std::unique_ptr<Statement> SqliteConnection::once(std::string_view text) {
  require_sound();
  return std::make_unique<SqliteStatement>(*this, text);
}

std::unique_ptr<Bulk> SqliteConnection::bulk(std::string_view table, std::span<const std::string_view> columns) {
  std::string names, marks;
  for (const std::string_view column : columns) {
    names.append(names.empty() ? "" : ", ").append(column);
    marks.append(marks.empty() ? "?" : ", ?");
  }
  return std::make_unique<SqliteBulk>(once(fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, marks)));
}

void SqliteConnection::execute(std::string_view text) {
  require_sound();
  const int code = sqlite3_exec(handle_, in_our_words(text).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t SqliteConnection::changes() { return sqlite3_changes64(handle_); }

void SqliteConnection::reset_all() {
  for (auto* s = sqlite3_next_stmt(handle_, nullptr); s != nullptr; s = sqlite3_next_stmt(handle_, s))
    if (sqlite3_stmt_busy(s)) sqlite3_reset(s);
}

void SqliteConnection::begin() {
  require_sound();
  reset_all();
  prepare(access_ == Access::kWrite ? "BEGIN IMMEDIATE" : "BEGIN").run();
}

void SqliteConnection::commit() {
  reset_all();
  prepare("COMMIT").run();
  checkpoint_due();
}

void SqliteConnection::rollback() {
  if (failed_) return;
  reset_all();
  if (sqlite3_get_autocommit(handle_) == 0) prepare("ROLLBACK").run();
}

void SqliteConnection::checkpoint_due() {
  for (std::size_t i = 0; i < databases_.size(); ++i) {
    Log& log = logs_[i];
    if (log.frames < checkpoint_frames_) log.not_before = 0;
    if (log.frames < std::max(checkpoint_frames_, log.not_before)) continue;
    const int code =
        sqlite3_wal_checkpoint_v2(handle_, databases_[i].c_str(), SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail(code);
    log.not_before = log.frames + checkpoint_frames_;
  }
}

bool SqliteConnection::checkpoint() {
  require_sound();
  reset_all();
  sqlite3_busy_timeout(handle_, kCheckpointWaitMs);
  bool all = true;
  for (const std::string& database : databases_) {
    const int code = sqlite3_wal_checkpoint_v2(handle_, database.c_str(), SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
      all = false;
    } else if (code != SQLITE_OK) {
      fail(code);
    }
  }
  sqlite3_busy_timeout(handle_, kBusyWaitMs);
  return all;
}

std::string SqliteConnection::ask(std::string_view text) {
  const auto statement = once(text);
  std::string answer;
  // To the end: a pragma that writes commits behind its row, and only the last step tells how that went.
  while (statement->step()) answer = statement->text(0);
  return answer;
}

}  // namespace anlan::sql::sqlite
