#include "journal/strangers.h"

#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

constexpr std::int64_t kNever = 0;

std::string key_of(std::string_view name) { return crypto::to_hex(crypto::sm3(name)); }

std::int64_t count(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT COUNT(*) FROM stranger");
  row.step();
  const std::int64_t n = row.integer(0);
  row.reset();
  return n;
}

}  // namespace

Stranger stranger(sql::Connection& sql, std::string_view name) {
  auto& row = sql.prepare("SELECT failures, locked_until FROM stranger WHERE name_sm3 = ?");
  row.bind(key_of(name));
  if (!row.step()) return {};
  Stranger found{static_cast<int>(row.integer(0)), {}};
  if (row.integer(1) != kNever) found.locked_until = from_ms(row.integer(1));
  row.reset();
  return found;
}

void keep_stranger(sql::Connection& sql, std::string_view name, const Stranger& stranger, Instant now) {
  sql.prepare(
         "INSERT INTO stranger (name_sm3, failures, locked_until, tried_at) VALUES (?, ?, ?, ?) ON CONFLICT (name_sm3) "
         "DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until, "
         "tried_at = excluded.tried_at")
      .bind(key_of(name))
      .bind(stranger.failures)
      .bind(stranger.locked_until ? to_ms(*stranger.locked_until) : kNever)
      .bind(to_ms(now))
      .run();
  if (count(sql) <= kMostStrangers) return;
  sql.prepare("DELETE FROM stranger WHERE name_sm3 IN (SELECT name_sm3 FROM stranger ORDER BY tried_at LIMIT ?)")
      .bind(kMostStrangers / 100)
      .run();
}

}  // namespace anlan::journal
