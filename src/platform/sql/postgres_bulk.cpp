#include "platform/sql/postgres_bulk.h"

namespace anlan::sql::postgres {
namespace {

constexpr std::size_t kFlushBytes = 64 * 1024;
// The documented signature, no flags, no extension.
constexpr std::string_view kHead{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};

template <class Integer>
void put(std::string& out, Integer value) {
  for (std::size_t shift = sizeof value * 8; shift > 0; shift -= 8)
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> (shift - 8) & 0xff);
}

}  // namespace

PostgresBulk::PostgresBulk(Session& session, std::string_view table, std::span<const std::string_view> columns)
    : session_(session), connection_(session.leave_pipeline()), table_(table), buffer_(kHead) {
  std::string text = "COPY " + std::string(table) + " (";
  for (std::size_t i = 0; i < columns.size(); ++i) text.append(i == 0 ? "" : ", ").append(columns[i]);
  const Result result(PQexec(connection_, (text + ") FROM STDIN (FORMAT binary)").c_str()));
  if (PQresultStatus(result.get()) != PGRES_COPY_IN) throw Error(PQerrorMessage(connection_));
}

void PostgresBulk::add(std::span<const Value> row) {
  put(buffer_, static_cast<std::int16_t>(row.size()));
  for (const Value& value : row) {
    const Parameter p = std::visit([](const auto& v) { return parameter(v); }, value);
    put(buffer_, static_cast<std::int32_t>(p.bytes->size()));
    buffer_ += *p.bytes;
  }
  if (buffer_.size() >= kFlushBytes) flush();
}

void PostgresBulk::flush() {
  if (PQputCopyData(connection_, buffer_.data(), static_cast<int>(buffer_.size())) != 1)
    throw ConnectionLost(PQerrorMessage(connection_));
  buffer_.clear();
}

void PostgresBulk::finish() {
  put(buffer_, std::int16_t{-1});
  flush();
  if (PQputCopyEnd(connection_, nullptr) != 1) throw ConnectionLost(PQerrorMessage(connection_));
  const Result result(PQgetResult(connection_));
  const bool copied = PQresultStatus(result.get()) == PGRES_COMMAND_OK;
  const std::string what = PQresultErrorMessage(result.get());
  while (Result(PQgetResult(connection_))) {
  }
  if (copied) count_on();
  session_.enter_pipeline();
  if (!copied) throw Error(what);
}

// COPY of rows that bring their numbers leaves the counter of the column where it was, as SQLite has none: the next row
// that wants a number would get one that is taken.
void PostgresBulk::count_on() {
  const std::string serial =
      "SELECT a.attname, s.name FROM pg_catalog.pg_attribute a, "
      "LATERAL (SELECT pg_catalog.pg_get_serial_sequence('" +
      table_ + "', a.attname) AS name) s WHERE a.attrelid = '" + table_ +
      "'::regclass AND a.attnum > 0 AND NOT a.attisdropped AND s.name IS NOT NULL";
  const Result columns(PQexec(connection_, serial.c_str()));
  if (PQresultStatus(columns.get()) != PGRES_TUPLES_OK) throw Error(PQerrorMessage(connection_));
  for (int i = 0; i < PQntuples(columns.get()); ++i) {
    const std::string column = PQgetvalue(columns.get(), i, 0), counter = PQgetvalue(columns.get(), i, 1);
    const std::string set =
        "SELECT pg_catalog.setval('" + counter + "', MAX(" + column + ")) FROM " + table_ + " HAVING COUNT(*) > 0";
    if (PQresultStatus(Result(PQexec(connection_, set.c_str())).get()) != PGRES_TUPLES_OK)
      throw Error(PQerrorMessage(connection_));
  }
}

}  // namespace anlan::sql::postgres
