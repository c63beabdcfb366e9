#include "journal/node_health.h"

namespace anlan::journal {
namespace {

constexpr std::int64_t kNever = 0;

}  // namespace

void keep_node_health(sql::Connection& sql, const NodeHealth& known) {
  sql.prepare(
         "INSERT INTO node_health (node, told_by, address, contact_at, since, position, document) "
         "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (node) DO UPDATE SET told_by = excluded.told_by, "
         "address = CASE WHEN excluded.address = '' THEN node_health.address ELSE excluded.address END, "
         "contact_at = excluded.contact_at, "
         "position = CASE WHEN excluded.since = 0 THEN node_health.position ELSE excluded.position END, "
         "since = CASE WHEN excluded.since = 0 THEN node_health.since ELSE excluded.since END, "
         "document = CASE WHEN excluded.document = '' THEN node_health.document ELSE excluded.document END")
      .bind(known.node)
      .bind(known.told_by)
      .bind(known.address)
      .bind(known.contact_at ? to_ms(*known.contact_at) : kNever)
      .bind(known.read.since)
      .bind(known.read.position)
      .bind(known.document)
      .run();
}

std::vector<NodeHealth> node_healths(sql::Connection& sql) {
  auto& rows = sql.prepare(
      "SELECT node, told_by, address, contact_at, since, position, document FROM node_health ORDER BY node");
  std::vector<NodeHealth> all;
  while (rows.step()) {
    NodeHealth known{std::string(rows.text(0)),          std::string(rows.text(1)), std::string(rows.text(2)), {},
                     {rows.integer(4), rows.integer(5)}, std::string(rows.text(6))};
    if (rows.integer(3) != kNever) known.contact_at = from_ms(rows.integer(3));
    all.push_back(std::move(known));
  }
  return all;
}

}  // namespace anlan::journal
