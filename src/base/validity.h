#pragma once
// The days on which a rule, a code or a division holds.

#include <chrono>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace anlan {

// A calendar day in China.
using Day = std::chrono::sys_days;

// "2026-11-23" and nothing else; no day that the calendar lacks.
std::optional<Day> parse_day(std::string_view);
Day china_day(Instant);

// Both days are inside; an end that is not known is open.
struct Validity {
  Day from = Day::min(), to = Day::max();

  bool covers(Day day) const { return from <= day && day <= to; }
  bool covers(Instant at) const { return covers(china_day(at)); }
  bool operator==(const Validity&) const = default;
};

// From the two cells of a table; an empty cell is open. Nothing where one is no day or they are in the wrong order.
std::optional<Validity> parse_validity(std::string_view from, std::string_view to);

}  // namespace anlan
