#pragma once
// A statement of PostgreSQL. See sql.h for the contract. All its rows are in memory from the first step on, so several
// may be read at once.

#include <string>
#include <vector>

#include "platform/sql/postgres_connection.h"

namespace anlan::sql::postgres {

class PostgresStatement final : public Statement {
 public:
  // The connection must outlive the statement.
  PostgresStatement(PostgresConnection&, std::string_view text);

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

 private:
  Statement& bound(Parameter);

  PostgresConnection& connection_;
  const std::string text_;
  std::vector<Parameter> parameters_;
  Result result_;
  int row_ = 0;
};

}  // namespace anlan::sql::postgres
