#include "journal/schema.h"

#include <array>
#include <cstdint>
#include <string>

namespace anlan::journal {
namespace {

// Never changed once released: a change of form is another migration behind these. What each table holds stands in
// docs/journal-format.md. The journal's uniqueness rules are its optimistic concurrency, in either engine.
constexpr std::array kMigrations{
    Migration{1, "first form", R"(
CREATE TABLE journal.fact (
  position INTEGER PRIMARY KEY,
  node TEXT NOT NULL,
  node_sequence INTEGER NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  occurred_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  cause TEXT NOT NULL,
  world TEXT NOT NULL,
  body TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (stream, version),
  UNIQUE (node, node_sequence));
CREATE TABLE journal.answer (
  actor TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  position INTEGER NOT NULL,
  digest BLOB NOT NULL,
  sm3 BLOB NOT NULL,
  PRIMARY KEY (actor, idempotency_key));
CREATE TABLE journal.sealed (
  id TEXT PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  cipher BLOB NOT NULL,
  sm3 BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS vault.seal_key (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  wrapped BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS vault.credential (
  subject TEXT PRIMARY KEY,
  secret TEXT NOT NULL);
)"},
    Migration{2, "what processes on one store tell each other", R"(
CREATE TABLE journal.lease (
  work TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence INTEGER NOT NULL,
  beat INTEGER NOT NULL);
CREATE TABLE journal.presence (
  session TEXT PRIMARY KEY,
  used_at INTEGER NOT NULL);
CREATE TABLE journal.spent (
  process TEXT NOT NULL,
  asker TEXT NOT NULL,
  tokens REAL NOT NULL,
  told_at INTEGER NOT NULL,
  PRIMARY KEY (process, asker));
CREATE TABLE journal.stranger (
  name_sm3 TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  locked_until INTEGER NOT NULL,
  tried_at INTEGER NOT NULL);
)"},
    Migration{3, "erasures that have still to leave the files", R"(
CREATE TABLE IF NOT EXISTS vault.scrub_due (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL);
)"},
    Migration{4, "blocks of facts, and who has seen them", R"(
CREATE TABLE journal.block (
  node TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  root BLOB NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (node, first));
CREATE TABLE journal.block_hash (
  node TEXT NOT NULL,
  first INTEGER NOT NULL,
  begins INTEGER NOT NULL,
  leaves INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (node, first, begins, leaves));
CREATE TABLE journal.witness (
  node TEXT NOT NULL,
  last INTEGER NOT NULL,
  seen_by TEXT NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (node, last, seen_by));
)"},
    Migration{5, "facts of other nodes: whose store this is, how far neighbours have been read", R"(
CREATE TABLE journal.own_node (
  node TEXT PRIMARY KEY);
INSERT INTO own_node (node) SELECT node FROM fact WHERE position = 1;
CREATE TABLE journal.inbox (
  neighbour TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  position INTEGER NOT NULL);
)"},
    Migration{6, "what neighbours handed over and was not taken", R"(
CREATE TABLE journal.quarantine (
  neighbour TEXT NOT NULL,
  origin TEXT NOT NULL,
  what TEXT NOT NULL,
  bytes BLOB NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (neighbour, origin, what));
)"},
    Migration{7, "what was lost with a disk, and what neighbours gave back of it", R"(
CREATE TABLE journal.ahead (
  neighbour TEXT PRIMARY KEY,
  noted_at INTEGER NOT NULL);
CREATE TABLE journal.returned (
  neighbour TEXT NOT NULL,
  upto INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (neighbour, upto));
CREATE TABLE journal.lost (
  node TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (node, first));
)"},
    Migration{8, "how far neighbours say that they have read this node", R"(
CREATE TABLE journal.outbox (
  neighbour TEXT PRIMARY KEY,
  since INTEGER NOT NULL,
  position INTEGER NOT NULL,
  said_at INTEGER NOT NULL);
)"},
    Migration{9, "what was last heard of other nodes", R"(
CREATE TABLE journal.node_health (
  node TEXT PRIMARY KEY,
  told_by TEXT NOT NULL,
  address TEXT NOT NULL,
  contact_at INTEGER NOT NULL,
  since INTEGER NOT NULL,
  position INTEGER NOT NULL,
  document TEXT NOT NULL);
)"},
};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

int form_of(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT MAX(number) FROM migration");
  const int number = row.step() ? static_cast<int>(row.integer(0)) : 0;
  row.reset();
  return number;
}

void migrate(sql::Connection& sql, std::span<const Migration> all, Instant now,
             const std::function<void(int number)>& before) {
  // Outside the numbered forms, since it says which of them were applied.
  sql.begin();
  sql.execute(
      "CREATE TABLE IF NOT EXISTS journal.migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
      "applied_at INTEGER NOT NULL)");
  sql.commit();
  const int present = form_of(sql);
  if (present == kUnfinished)
    throw sql::Error("the copy into this store was broken off: empty the store and copy again");
  if (present > all.back().number)
    throw sql::Error("the journal has form " + std::to_string(present) + ", newer than this program");
  bool backed_up = present == 0;  // form 0 holds nothing worth a copy
  for (const Migration& migration : all) {
    if (migration.number <= present) continue;
    if (!backed_up) before(migration.number);
    backed_up = true;
    sql.begin();
    if (form_of(sql) >= migration.number) {  // by another process that starts on the same store
      sql.rollback();
      continue;
    }
    sql.execute(migration.text);
    sql.prepare("INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)")
        .bind(migration.number)
        .bind(migration.name)
        .bind(to_ms(now))
        .run();
    sql.commit();
  }
}

}  // namespace anlan::journal
