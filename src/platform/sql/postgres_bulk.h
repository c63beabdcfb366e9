#pragma once
// Rows by COPY in the binary format.

#include <string>

#include "platform/sql/postgres_session.h"

namespace anlan::sql::postgres {

class PostgresBulk final : public Bulk {
 public:
  // Takes the session out of its pipeline until finish(); nothing else may use it meanwhile.
  PostgresBulk(Session&, std::string_view table, std::span<const std::string_view> columns);

  void add(std::span<const Value> row) override;
  void finish() override;

 private:
  void flush();
  void count_on();

  Session& session_;
  PGconn* connection_;
  const std::string table_;
  std::string buffer_;
};

}  // namespace anlan::sql::postgres
