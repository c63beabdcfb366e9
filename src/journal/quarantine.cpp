#include "journal/quarantine.h"

#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

bool is_full(sql::Connection& sql, std::string_view neighbour) {
  auto& row = sql.prepare("SELECT COUNT(*) FROM quarantine WHERE neighbour = ?");
  row.bind(neighbour);
  const bool full = row.step() && row.integer(0) >= kMostQuarantined;
  row.reset();
  return full;
}

bool seen_again(sql::Connection& sql, std::string_view neighbour, std::string_view origin, std::string_view what,
                Instant now) {
  auto& row = sql.prepare("SELECT times FROM quarantine WHERE neighbour = ? AND origin = ? AND what = ?");
  row.bind(neighbour).bind(origin).bind(what);
  const bool known = row.step();
  row.reset();
  if (known)
    sql.prepare("UPDATE quarantine SET times = times + 1, last_at = ? WHERE neighbour = ? AND origin = ? AND what = ?")
        .bind(to_ms(now))
        .bind(neighbour)
        .bind(origin)
        .bind(what)
        .run();
  return known;
}

}  // namespace

bool quarantine(sql::Connection& sql, std::string_view neighbour, std::string_view origin, std::string_view what,
                std::string_view bytes, Instant now) {
  if (seen_again(sql, neighbour, origin, what, now)) return false;
  if (is_full(sql, neighbour)) {
    origin = what = "";
    if (seen_again(sql, neighbour, origin, what, now)) return false;
  }
  sql.prepare(
         "INSERT INTO quarantine (neighbour, origin, what, bytes, first_at, last_at, times) VALUES (?, ?, ?, ?, ?, ?, "
         "1)")
      .bind(neighbour)
      .bind(origin)
      .bind(what)
      .bind_blob(crypto::bytes_of(bytes.substr(0, kMostQuarantinedBytes)))
      .bind(to_ms(now))
      .bind(to_ms(now))
      .run();
  return true;
}

std::vector<Quarantined> quarantined(sql::Connection& sql) {
  auto& rows = sql.prepare(
      "SELECT neighbour, origin, what, first_at, last_at, times FROM quarantine ORDER BY neighbour, first_at, origin, "
      "what");
  std::vector<Quarantined> all;
  while (rows.step())
    all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)),
                   from_ms(rows.integer(3)), from_ms(rows.integer(4)), rows.integer(5)});
  return all;
}

}  // namespace anlan::journal
