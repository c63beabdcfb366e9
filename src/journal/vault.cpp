#include "journal/vault.h"

#include <algorithm>

#include "platform/crypto/random.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

constexpr std::size_t kIdBytes = 16, kWrappedBytes = sizeof(crypto::Key) + crypto::kSealOverhead;

[[noreturn]] void corrupt(std::string_view id, const char* database, const char* what) {
  sql::Error error("sealed entry " + std::string(id) + ": " + what);
  error.corrupt = true;
  error.database = database;
  throw error;
}

crypto::Bytes blob_of(sql::Statement& row) {
  crypto::Bytes bytes;
  if (row.step()) bytes.assign(row.blob(0).begin(), row.blob(0).end());
  row.reset();
  return bytes;
}

// Overwritten by zeros in place; see docs/journal-format.md for why the row stays.
bool is_destroyed(const crypto::Bytes& wrapped) {
  return std::ranges::all_of(wrapped, [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace

std::string to_json(const Reference& reference) {
  return R"({"sealed":")" + reference.id + R"(","sm3":")" + crypto::to_hex(reference.sm3) + R"("})";
}

Vault::Vault(sql::Connection& sql, const crypto::Key& master, Random& random)
    : sql_(sql), master_(master), random_(random) {}

Sealed Vault::seal(std::string_view text) {
  const std::string id = crypto::random_hex(random_, kIdBytes);
  const crypto::Key key = crypto::random_key(random_);
  crypto::Bytes cipher = crypto::seal(key, id, crypto::bytes_of(text), random_);
  const Reference reference{id, crypto::sm3(cipher)};
  return {reference, crypto::seal(master_, id, key, random_), std::move(cipher)};
}

void Vault::keep(const Sealed& entry, Instant recorded_at) {
  sql_.prepare("INSERT INTO seal_key (id, wrapped) VALUES (?, ?)")
      .bind(entry.reference.id)
      .bind_blob(entry.wrapped)
      .run();
  sql_.prepare("INSERT INTO sealed (id, recorded_at, cipher, sm3) VALUES (?, ?, ?, ?)")
      .bind(entry.reference.id)
      .bind(to_ms(recorded_at))
      .bind_blob(entry.cipher)
      .bind_blob(entry.reference.sm3)
      .run();
}

std::optional<std::string> Vault::open(std::string_view id) {
  const crypto::Bytes wrapped = blob_of(sql_.prepare("SELECT wrapped FROM seal_key WHERE id = ?").bind(id));
  if (is_destroyed(wrapped)) return std::nullopt;
  const auto unwrapped = crypto::unseal(master_, id, wrapped);
  crypto::Key key;
  if (!unwrapped || unwrapped->size() != key.size())
    corrupt(id, "vault", "its key does not open under this master key");
  std::ranges::copy(*unwrapped, key.begin());
  const crypto::Bytes cipher = blob_of(sql_.prepare("SELECT cipher FROM sealed WHERE id = ?").bind(id));
  if (cipher.empty()) return std::nullopt;  // a crash between the commits left a key alone
  const auto text = crypto::unseal(key, id, cipher);
  if (!text) corrupt(id, "journal", "the cipher was changed");
  return std::string(crypto::text_of(*text));
}

bool Vault::destroy(std::string_view id) {
  // Overwritten in place with as many bytes and never deleted: deleting moves rows between pages, and a row that has
  // moved can leave a copy behind in the slack of its old page.
  static const crypto::Bytes kNothing(kWrappedBytes);
  sql_.prepare("UPDATE seal_key SET wrapped = ? WHERE id = ? AND wrapped <> ?")
      .bind_blob(kNothing)
      .bind(id)
      .bind_blob(kNothing)
      .run();
  if (sql_.changes() != 1) return false;
  sql_.prepare("INSERT INTO scrub_due (id) VALUES (?)").bind(id).run();
  return true;
}

// What is erased meanwhile by others stays due.
bool scrub(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT MAX(number) FROM scrub_due");
  const auto due = row.step() && !row.is_null(0) ? std::optional(row.integer(0)) : std::nullopt;
  row.reset();
  if (!due) return true;
  if (!sql.scrub()) return false;
  sql.begin();
  sql.prepare("DELETE FROM scrub_due WHERE number <= ?").bind(*due).run();
  sql.commit();
  return true;
}

}  // namespace anlan::journal
