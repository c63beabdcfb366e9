#pragma once
// What neighbours have handed over and this node has not taken: kept for who has to find out why.

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "platform/sql/sql.h"

namespace anlan::journal {

// Of one neighbour so many refusals are told apart; all others are counted together, under an empty origin.
inline constexpr std::int64_t kMostQuarantined = 100;
// Of the bytes that were refused the beginning is kept.
inline constexpr std::size_t kMostQuarantinedBytes = 64 << 10;

struct Quarantined {
  std::string neighbour, origin;  // who handed it over, and whose facts it bears
  std::string what;               // for the log
  Instant first_at, last_at;
  std::int64_t times = 0;
};

// Inside a transaction. The bytes are those of the first time. False where the same was refused before, or stands with
// all others.
bool quarantine(sql::Connection&, std::string_view neighbour, std::string_view origin, std::string_view what,
                std::string_view bytes, Instant now);
// In order of neighbour and of the first time.
std::vector<Quarantined> quarantined(sql::Connection&);

}  // namespace anlan::journal
