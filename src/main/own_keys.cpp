#include "main/own_keys.h"

#include "journal/start.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

std::string folder_of(const Configuration& c) { return c.data + "/keys"; }

}  // namespace

Result<bool> keys_are_missing(const Configuration& c, const Clock& clock) try {
  if (!sql::is_shared(c.store()) && !machine::is_file(c.data + "/journal.db")) return false;
  return !machine::is_folder(folder_of(c)) && journal::holds_facts(c.store(), clock.now());
} catch (const sql::Error& error) {
  return Failure{error.what()};
}

Result<crypto::NodeKeys> keys_of(const Configuration& c, const Clock& clock, Random& random) {
  const auto missing = keys_are_missing(c, clock);
  if (!missing.ok()) return missing.error();
  if (*missing) return Failure{"no keys in " + folder_of(c) + " and facts in the store; restore the keys of the node"};
  return crypto::load_or_create_keys(folder_of(c), random);
}

}  // namespace anlan
