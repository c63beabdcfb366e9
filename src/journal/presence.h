#pragma once
// What the processes of a shared store tell each other beside facts: when sessions were last used, and how much askers
// have asked. Neither is history, and it may be lost: an idle time then lasts longer once, a limit is reached later.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// Session and moment. Keeps the later one where another process knew of one. Within a writing transaction.
void keep_used(sql::Connection&, const std::vector<std::pair<std::string, Instant>>&);
std::optional<Instant> last_used(sql::Connection&, std::string_view session);

// All that an asker has asked of a process since both began.
struct Spent {
  std::string process, asker;
  double tokens = 0;
};
// Within a writing transaction.
void keep_spent(sql::Connection&, const Spent&, Instant now);
std::vector<Spent> spent_elsewhere(sql::Connection&, std::string_view process);

// Forgets moments of use and askers that were told of before. Within a writing transaction.
void forget_used(sql::Connection&, Instant before);
void forget_spent(sql::Connection&, Instant before);

}  // namespace anlan::journal
