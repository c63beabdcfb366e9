#include "journal/presence.h"

namespace anlan::journal {

void keep_used(sql::Connection& sql, const std::vector<std::pair<std::string, Instant>>& used) {
  for (const auto& [session, at] : used)
    sql.prepare(
           "INSERT INTO presence (session, used_at) VALUES (?, ?) ON CONFLICT (session) DO UPDATE SET "
           "used_at = excluded.used_at WHERE excluded.used_at > presence.used_at")
        .bind(session)
        .bind(to_ms(at))
        .run();
}

std::optional<Instant> last_used(sql::Connection& sql, std::string_view session) {
  auto& row = sql.prepare("SELECT used_at FROM presence WHERE session = ?");
  row.bind(session);
  if (!row.step()) return std::nullopt;
  const Instant at = from_ms(row.integer(0));
  row.reset();
  return at;
}

void keep_spent(sql::Connection& sql, const Spent& spent, Instant now) {
  sql.prepare(
         "INSERT INTO spent (process, asker, tokens, told_at) VALUES (?, ?, ?, ?) ON CONFLICT (process, asker) DO "
         "UPDATE SET tokens = excluded.tokens, told_at = excluded.told_at")
      .bind(spent.process)
      .bind(spent.asker)
      .bind(spent.tokens)
      .bind(to_ms(now))
      .run();
}

std::vector<Spent> spent_elsewhere(sql::Connection& sql, std::string_view process) {
  auto& rows = sql.prepare("SELECT process, asker, tokens FROM spent WHERE process <> ?");
  rows.bind(process);
  std::vector<Spent> all;
  while (rows.step()) all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), rows.real(2)});
  return all;
}

void forget_spent(sql::Connection& sql, Instant before) {
  sql.prepare("DELETE FROM spent WHERE told_at < ?").bind(to_ms(before)).run();
}

void forget_used(sql::Connection& sql, Instant before) {
  sql.prepare("DELETE FROM presence WHERE used_at < ?").bind(to_ms(before)).run();
}

}  // namespace anlan::journal
