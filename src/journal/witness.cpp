#include "journal/witness.h"

#include <algorithm>
#include <utility>

#include "journal/encoder.h"
#include "journal/fact_hash.h"

namespace anlan::journal {
namespace {

Witness witness_in(const sql::Statement& row) {
  const auto signature = row.blob(4);
  return {std::string(row.text(0)),
          row.integer(1),
          hash_in(row.blob(2)),
          std::string(row.text(3)),
          {signature.begin(), signature.end()},
          from_ms(row.integer(5))};
}

std::vector<Witness> all_of(sql::Statement& rows) {
  std::vector<Witness> witnesses;
  while (rows.step()) witnesses.push_back(witness_in(rows));
  return witnesses;
}

}  // namespace

Hash hash_of(const Witness& witness) {
  return Encoder("anlan.witness.1").add(witness.node).add(witness.last).add(witness.hash).add(witness.by).finish();
}

Witness countersign(const BlockHeader& header, std::string by, const crypto::Sm2PrivateKey& of_by, Instant now) {
  Witness witness{header.node, header.last, hash_of(header), std::move(by), {}, now};
  witness.signature = of_by.sign(hash_of(witness));
  return witness;
}

bool check(const Witness& witness, const crypto::Sm2PublicKey& of_by) {
  return of_by.verify(hash_of(witness), witness.signature);
}

std::optional<Witness> keep(sql::Connection& sql, const Witness& witness) {
  for (Witness& before : witnesses_of(sql, witness.node, witness.last)) {
    if (before.by != witness.by) continue;
    if (before.hash == witness.hash) return std::nullopt;
    return std::move(before);
  }
  sql.prepare("INSERT INTO witness (node, last, seen_by, hash, signature, seen_at) VALUES (?, ?, ?, ?, ?, ?)")
      .bind(witness.node)
      .bind(witness.last)
      .bind(witness.by)
      .bind_blob(witness.hash)
      .bind_blob(witness.signature)
      .bind(to_ms(witness.seen_at))
      .run();
  return std::nullopt;
}

std::vector<Witness> witnesses_of(sql::Connection& sql, std::string_view node, std::int64_t last) {
  auto& rows = sql.prepare(
      "SELECT node, last, hash, seen_by, signature, seen_at FROM witness WHERE node = ? AND last = ? ORDER BY seen_by");
  rows.bind(node).bind(last);
  return all_of(rows);
}

std::vector<Witness> disputed(sql::Connection& sql, std::string_view node) {
  auto& rows = sql.prepare(
      "SELECT w.node, w.last, w.hash, w.seen_by, w.signature, w.seen_at FROM witness w WHERE NOT EXISTS "
      "(SELECT 1 FROM block b WHERE b.node = w.node AND b.first > w.last - ? AND b.first <= w.last AND "
      "b.last = w.last AND b.hash = w.hash) AND NOT EXISTS (SELECT 1 FROM lost l WHERE l.node = w.node AND "
      "l.first <= w.last AND w.last <= l.last) AND w.node = ? ORDER BY w.last, w.seen_by");
  rows.bind(kMostInBlock).bind(node);
  return all_of(rows);
}

}  // namespace anlan::journal
