#include "platform/sql/sqlite_statement.h"

namespace anlan::sql::sqlite {

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string_view text) : connection_(connection) {
  const int code = sqlite3_prepare_v3(connection.handle(), text.data(), static_cast<int>(text.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (code != SQLITE_OK) connection.fail(code);
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

Statement& SqliteStatement::bound(int code) {
  if (code != SQLITE_OK) connection_.fail(code);
  return *this;
}

Statement& SqliteStatement::bind(std::int64_t value) { return bound(sqlite3_bind_int64(handle_, next_++, value)); }

Statement& SqliteStatement::bind(double value) { return bound(sqlite3_bind_double(handle_, next_++, value)); }

Statement& SqliteStatement::bind(std::string_view value) {
  const char* data = value.empty() ? "" : value.data();
  return bound(sqlite3_bind_text64(handle_, next_++, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& SqliteStatement::bind_blob(std::span<const std::byte> value) {
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  return bound(sqlite3_bind_blob64(handle_, next_++, data, value.size(), SQLITE_TRANSIENT));
}

Statement& SqliteStatement::bind_null() { return bound(sqlite3_bind_null(handle_, next_++)); }

bool SqliteStatement::step() {
  connection_.require_sound();
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  reset();
  if (code != SQLITE_DONE) connection_.fail(code);
  return false;
}

void SqliteStatement::run() {
  while (step()) {
  }
}

void SqliteStatement::reset() {
  sqlite3_reset(handle_);
  next_ = 1;
}

void SqliteStatement::clear() {
  reset();
  sqlite3_clear_bindings(handle_);
}

std::int64_t SqliteStatement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double SqliteStatement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view SqliteStatement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return data == nullptr ? std::string_view{} : std::string_view(data, sqlite3_column_bytes(handle_, column));
}

std::span<const std::byte> SqliteStatement::blob(int column) const {
  const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
  return {data, data == nullptr ? 0 : static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool SqliteStatement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

}  // namespace anlan::sql::sqlite
