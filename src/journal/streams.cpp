#include "journal/streams.h"

#include <limits>

namespace anlan::journal {

std::string after_prefix(std::string_view prefix) {
  std::string end(prefix);
  ANLAN_ASSERT(!end.empty());
  ++end.back();
  return end;
}

// By the index of streams: as many steps as there are names, not facts.
std::vector<std::string> streams_under(sql_connection& sql, std::string_view prefix) {
  auto& rows = sql.prepare("SELECT stream FROM fact WHERE stream >= ? AND stream < ? AND version = 1 ORDER BY stream");
  rows.bind(prefix).bind(after_prefix(prefix));
  std::vector<std::string> streams;
  while (rows.step()) streams.emplace_back(rows.text(0));
  return streams;
}

std::vector<std::string> streams_changed(sql_connection& sql, std::string_view prefix, Instant since) {
  auto& rows = sql.prepare(
      "SELECT DISTINCT stream FROM fact WHERE stream >= ? AND stream < ? AND recorded_at > ? ORDER BY stream");
  rows.bind(prefix).bind(after_prefix(prefix)).bind(to_ms(since));
  std::vector<std::string> streams;
  while (rows.step()) streams.emplace_back(rows.text(0));
  return streams;
}

std::int64_t version_of(sql_connection& sql, std::string_view stream) {
  auto& row = sql.prepare("SELECT COALESCE(MAX(version), 0) FROM fact WHERE stream = ?");
  row.bind(stream);
  const std::int64_t version = row.step() ? row.integer(0) : 0;
  row.reset();
  return version;
}

}  // namespace anlan::journal
