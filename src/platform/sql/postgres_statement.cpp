#include "platform/sql/postgres_statement.h"

#include "platform/sql/postgres_words.h"

namespace anlan::sql::postgres {

PostgresStatement::PostgresStatement(PostgresConnection& connection, std::string_view text)
    : connection_(connection), text_(numbered(text)) {}

Statement& PostgresStatement::bound(Parameter value) {
  parameters_.push_back(std::move(value));
  return *this;
}

Statement& PostgresStatement::bind(std::int64_t value) { return bound(parameter(value)); }

Statement& PostgresStatement::bind(double value) { return bound(parameter(value)); }

Statement& PostgresStatement::bind(std::string_view value) { return bound(parameter(value)); }

Statement& PostgresStatement::bind_blob(std::span<const std::byte> value) { return bound(parameter(value)); }

Statement& PostgresStatement::bind_null() { return bound({}); }

bool PostgresStatement::step() {
  if (!result_) {
    result_ = connection_.ask(text_, parameters_);
    row_ = -1;
  }
  if (++row_ < PQntuples(result_.get())) return true;
  reset();
  return false;
}

void PostgresStatement::run() {
  if (!result_) connection_.tell(text_, parameters_);
  reset();
}

void PostgresStatement::reset() {
  result_.reset();
  parameters_.clear();
}

std::string_view PostgresStatement::text(int column) const {
  return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

std::int64_t PostgresStatement::integer(int column) const {
  return integer_in(PQftype(result_.get(), column), text(column));
}

double PostgresStatement::real(int column) const { return real_in(PQftype(result_.get(), column), text(column)); }

std::span<const std::byte> PostgresStatement::blob(int column) const { return std::as_bytes(std::span(text(column))); }

bool PostgresStatement::is_null(int column) const { return PQgetisnull(result_.get(), row_, column) != 0; }

}  // namespace anlan::sql::postgres
