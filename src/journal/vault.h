#pragma once
// Personal data, sealed one entry under one key, so that destroying the key erases it and the chain stays whole.
// docs/journal-format.md, "Personal data".

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "journal/fact.h"
#include "platform/crypto/seal.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// What a fact carries in place of the text.
struct Reference {
  std::string id;
  Hash sm3{};  // of the cipher
};

// {"sealed":"ID","sm3":"HEX"}: the one spelling that verifying looks for.
std::string to_json(const Reference&);

// An entry that is made and not yet kept.
struct Sealed {
  Reference reference;
  crypto::Bytes wrapped, cipher;
};

// The master key is copied; connection and randomness must outlive the vault. Used by the thread of its connection; on
// a reading one only open() works.
class Vault {
 public:
  Vault(sql::Connection&, const crypto::Key& master, Random&);

  // Each call makes a new entry: the same text twice gives two, which nobody can tell from two different ones.
  Sealed seal(std::string_view text);
  // Within the writer's transaction, once for each entry.
  void keep(const Sealed&, Instant recorded_at);
  // nullopt: destroyed, or never there. Throws sql::Error (corrupt) where the entry was changed or the master key is
  // another one.
  std::optional<std::string> open(std::string_view id);
  // Within the writer's transaction. When it has committed, call scrub() until it returns true: then no copy of the key
  // is left in the store's files. False: unknown or destroyed before.
  bool destroy(std::string_view id);

 private:
  sql::Connection& sql_;
  const crypto::Key master_;
  Random& random_;
};

// Sees to it that the keys of all erasures that have committed leave the store's files, those too whose process ended
// before it could. True: none is left. False: a reader stood in the way, call it again. On a writing connection,
// outside of transactions.
bool scrub(sql::Connection&);

}  // namespace anlan::journal
