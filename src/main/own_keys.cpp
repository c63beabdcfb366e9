#include "main/own_keys.h"

#include "journal/key_check.h"
#include "journal/start.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

std::string folder_of(const Configuration& c) { return c.data + "/keys"; }

bool has_store(const Configuration& c) { return sql::is_shared(c.store()) || machine::is_file(c.data + "/journal.db"); }

KeyFault fault(const Configuration& c, const char* code, const std::string& file = {}) {
  return {code, {{"folder", folder_of(c)}, {"file", file}}};
}

}  // namespace

Result<std::optional<KeyFault>> fault_of_keys(const Configuration& c, const Clock& clock) try {
  const std::string folder = folder_of(c);
  if (!machine::is_folder(folder)) {
    const bool lost = has_store(c) && journal::holds_facts(c.store(), clock.now());
    return lost ? std::optional(fault(c, "no_keys")) : std::nullopt;
  }
  if (const auto file = crypto::missing_key(folder)) return std::optional(fault(c, "no_key_file", *file));
  const auto keys = crypto::load_keys(folder);
  if (!keys.ok()) return keys.error();
  const bool own = !has_store(c) || journal::keys_belong(*journal::open(c.store(), clock.now()), *keys);
  return own ? std::nullopt : std::optional(fault(c, "foreign_keys"));
} catch (const sql::Error& error) {
  return Failure{error.what()};
}

Result<crypto::NodeKeys> keys_of(const Configuration& c, const Clock& clock, Random& random) try {
  const auto found = fault_of_keys(c, clock);
  if (!found.ok()) return found.error();
  if (const auto& no = *found) {
    std::string what = no->code;
    for (const auto& [name, value] : no->values) what += " " + name + "=" + value;
    return Failure{what};
  }
  auto keys = crypto::load_or_create_keys(folder_of(c), random);
  if (keys.ok()) journal::keys_belong(*journal::open(c.store(), clock.now()), *keys);
  return keys;
} catch (const sql::Error& error) {
  return Failure{error.what()};
}

}  // namespace anlan
