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
    : session_(session), connection_(session.leave_pipeline()), buffer_(kHead) {
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
  session_.enter_pipeline();
  if (!copied) throw Error(what);
}

}  // namespace anlan::sql::postgres
