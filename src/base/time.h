#pragma once
// Time as facts carry it. Nothing here reads a clock: `now` is handed in from outside.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace anlan {

// A moment, UTC, in milliseconds since 1970. Stored as that whole number, shown as RFC 3339 with +08:00.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Minutes = std::chrono::minutes;
using Milliseconds = std::chrono::milliseconds;

// The port through which time enters the node. Thread safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

// A date and time of day in China (UTC+8, no daylight saving), field by field. month and day start at 1.
struct ChinaTime {
  int year, month, day, hour, minute, second, millisecond;
  int weekday;  // 0 Sunday … 6 Saturday
};

// The civil time of the whole country, whatever the machine's zone.
ChinaTime china_time(Instant);
// Fields must be in range; nothing is carried over.
Instant from_china_time(int year, int month, int day, int hour = 0, int minute = 0, int second = 0);

// "2026-11-23T14:09:11.000+08:00"
std::string to_rfc3339(Instant);
// Any RFC 3339 moment with an offset or Z, with or without a fraction; nothing else.
std::optional<Instant> parse_rfc3339(std::string_view);

constexpr std::int64_t to_ms(Instant t) { return t.time_since_epoch().count(); }
constexpr Instant from_ms(std::int64_t ms) { return Instant{Milliseconds{ms}}; }

}  // namespace anlan
