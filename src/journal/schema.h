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

// In the place of the last form while a store is being copied in: whoever opens it to work on it, this program or an
// older one, refuses a form so much newer than its own.
inline constexpr int kUnfinished = 1'000'000;

// The number of the last form applied; kUnfinished of half a copy, 0 of an empty store.
int form_of(sql::Connection&);

// Applies the missing migrations in order, each in a transaction of its own. `before` is called once, ahead of the
// first, where the files already hold something: it takes the backup. Throws sql::Error where the files belong to a
// newer version, or to a copy that was broken off.
void migrate(sql::Connection&, std::span<const Migration>, Instant now, const std::function<void(int number)>& before);

}  // namespace anlan::journal
