#pragma once
// A statement of SQLite. See sql.h for the contract. Text and blobs are copied when bound, so temporaries may be handed
// in; binding more than the text has parameters is a mistake of ours and throws Error like any other.

#include <sqlite3.h>

#include "platform/sql/sqlite_connection.h"

namespace anlan::sql::sqlite {

class SqliteStatement final : public Statement {
 public:
  SqliteStatement(SqliteConnection&, std::string_view text);
  ~SqliteStatement() override;
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  using Statement::bind;
  Statement& bind(std::int64_t) override;
  Statement& bind(double) override;
  Statement& bind(std::string_view) override;
  Statement& bind_blob(std::span<const std::byte>) override;
  Statement& bind_null() override;
  bool step() override;
  void run() override;
  void reset() override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  std::span<const std::byte> blob(int column) const override;
  bool is_null(int column) const override;

  void clear();  // reset and unbound

 private:
  Statement& bound(int code);

  // Must outlive the statement.
  SqliteConnection& connection_;
  sqlite3_stmt* handle_ = nullptr;
  int next_ = 1;
};

}  // namespace anlan::sql::sqlite
