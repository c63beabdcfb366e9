#include "journal/history.h"

#include <algorithm>

#include "journal/block_store.h"
#include "journal/journal.h"
#include "journal/streams.h"
#include "platform/crypto/encoding.h"

namespace anlan::journal {
namespace {

std::int64_t number_of(sql::Statement& row) {
  const std::int64_t number = row.step() ? row.integer(0) : 0;
  row.reset();
  return number;
}

}  // namespace

void note_ahead(sql::Connection& sql, const std::string& neighbour, Instant now) {
  sql.prepare("INSERT INTO ahead (neighbour, noted_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .bind(neighbour)
      .bind(to_ms(now))
      .run();
}

bool is_behind(sql::Connection& sql) { return number_of(sql.prepare("SELECT COUNT(*) FROM ahead")) > 0; }

std::vector<Ahead> ahead(sql::Connection& sql) {
  auto& rows = sql.prepare("SELECT neighbour, noted_at FROM ahead ORDER BY neighbour");
  std::vector<Ahead> all;
  while (rows.step()) all.push_back({std::string(rows.text(0)), from_ms(rows.integer(1))});
  return all;
}

std::int64_t agreed(sql::Connection& sql, const std::string& node) {
  auto& row = sql.prepare(
      "SELECT COALESCE(MAX(w.last), 0) FROM witness w JOIN block b ON b.node = w.node AND b.last = w.last AND b.hash = "
      "w.hash WHERE w.node = ?");
  return number_of(row.bind(node));
}

std::int64_t agreed_with(sql::Connection& sql, const std::string& node, const std::string& neighbour) {
  auto& row = sql.prepare(
      "SELECT COALESCE(MAX(w.last), 0) FROM witness w JOIN block b ON b.node = w.node AND b.last = w.last AND b.hash = "
      "w.hash WHERE w.node = ? AND w.seen_by = ?");
  return number_of(row.bind(node).bind(neighbour));
}

void keep_returned(sql::Connection& sql, const std::string& neighbour, std::int64_t upto, std::string_view bytes) {
  sql.prepare("INSERT INTO returned (neighbour, upto, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
      .bind(neighbour)
      .bind(upto)
      .bind_blob(crypto::bytes_of(bytes))
      .run();
}

std::int64_t returned_upto(sql::Connection& sql, const std::string& neighbour) {
  return number_of(sql.prepare("SELECT COALESCE(MAX(upto), 0) FROM returned WHERE neighbour = ?").bind(neighbour));
}

std::vector<Returned> returned(sql::Connection& sql) {
  auto& rows = sql.prepare("SELECT neighbour, bytes FROM returned WHERE LENGTH(bytes) > 0 ORDER BY neighbour, upto");
  std::vector<Returned> all;
  while (rows.step()) {
    const auto bytes = rows.blob(1);
    all.push_back({std::string(rows.text(0)), std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
  }
  return all;
}

bool knows_acts_of(sql::Connection& sql, const Part& part) {
  return !part.facts.empty() && std::ranges::all_of(part.facts, [&](const Fact& fact) {
    return std::ranges::any_of(read_stream(sql, fact.stream), [&](const Fact& here) {
      return here.node == fact.node && here.type == fact.type && here.actor == fact.actor &&
             here.recorded_at == fact.recorded_at;  // its number in the body may be another one now
    });
  });
}

std::optional<Part> held_part(sql::Connection& sql, const BlockHeader& header) {
  std::vector<std::int64_t> held;
  for (const auto& fact : read_of_node(sql, header.node, header.first, header.last)) held.push_back(fact.node_sequence);
  return part(sql, header.node, header.first, held);
}

void note_lost(sql::Connection& sql, const Lost& range) {
  sql.prepare("INSERT INTO lost (node, first, last) VALUES (?, ?, ?)")
      .bind(range.node)
      .bind(range.first)
      .bind(range.last)
      .run();
}

std::vector<Lost> lost(sql::Connection& sql) {
  auto& rows = sql.prepare("SELECT node, first, last FROM lost ORDER BY node, first");
  std::vector<Lost> all;
  while (rows.step()) all.push_back({std::string(rows.text(0)), rows.integer(1), rows.integer(2)});
  return all;
}

}  // namespace anlan::journal
