#include "journal/key_check.h"

#include <algorithm>

#include "journal/credentials.h"
#include "journal/journal.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm3.h"

namespace anlan::journal {
namespace {

constexpr const char* kSubject = "node/keys";

std::string check_value(const crypto::NodeKeys& keys) {
  crypto::Sm3 sm3;
  sm3.update("anlan node keys\n").update(keys.master).update(keys.pair.public_pem);
  return crypto::to_hex(sm3.finish());
}

// True too where no entry is left that could be tried; those destroyed are zeros (Vault::destroy).
bool opens_what_is_sealed(sql::Connection& sql, const crypto::Key& master) {
  auto& rows = sql.prepare("SELECT id, wrapped FROM seal_key ORDER BY number");
  bool opens = true;
  while (rows.step()) {
    const crypto::Bytes wrapped(rows.blob(1).begin(), rows.blob(1).end());
    if (std::ranges::all_of(wrapped, [](std::byte b) { return b == std::byte{0}; })) continue;
    opens = crypto::unseal(master, rows.text(0), wrapped).has_value();
    break;
  }
  rows.reset();
  return opens;
}

}  // namespace

bool keys_belong(sql::Connection& sql, const crypto::NodeKeys& keys) {
  const std::string value = check_value(keys);
  if (credential(sql, kSubject) == value) return true;
  sql.begin();  // so that nobody's first facts come between looking and keeping
  const auto kept = credential(sql, kSubject);
  if (kept != value && head(sql) > 0 && (kept || !opens_what_is_sealed(sql, keys.master))) {
    sql.rollback();
    return false;
  }
  keep_credential(sql, kSubject, value);
  sql.commit();
  return true;
}

}  // namespace anlan::journal
