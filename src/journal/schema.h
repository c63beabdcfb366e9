#pragma once
// The tables of journal and vault, and how an older form becomes the present one.

#include <functional>
#include <span>

#include "base/time.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

struct Migration {
  int number;
  const char* name;
  const char* text;  // on the vault only what can be done twice, since the vault commits first
};

// All, in order.
std::span<const Migration> migrations();

// Applies the missing migrations in order, each in a transaction of its own. `before` is called once, ahead of the
// first, where the files already hold something: it takes the backup. Throws sql::Error where the files belong to a
// newer version.
void migrate(sql::Connection&, std::span<const Migration>, Instant now, const std::function<void(int number)>& before);

}  // namespace anlan::journal
