#pragma once
// Names at the door that are no account's. They are judged like an account's, so that neither answers nor locks tell
// which names there are; for all processes of a store alike, so that asking each of them tells nothing either.

#include <optional>
#include <string_view>

#include "base/time.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// What an account would hold of the attempts.
struct Stranger {
  int failures = 0;
  std::optional<Instant> locked_until;
};

// More are forgotten, those first that were tried longest ago: strangers must not fill the store.
inline constexpr std::int64_t kMostStrangers = 10'000;

// An unknown one has not tried yet. Kept under the SM3 of the name: people type passwords into the wrong field.
Stranger stranger(sql::Connection&, std::string_view name);
// Within the writer's transaction.
void keep_stranger(sql::Connection&, std::string_view name, const Stranger&, Instant now);

}  // namespace anlan::journal
