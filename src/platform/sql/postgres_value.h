#pragma once
// Values as they travel between libpq and us, in PostgreSQL's binary format.

#include <libpq-fe.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace anlan::sql::postgres {

// Of pg_type, the same since the first version.
inline constexpr Oid kUnknown = 0, kBool = 16, kBytea = 17, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25,
                     kFloat4 = 700, kFloat8 = 701, kNumeric = 1700;

// A parameter; one without bytes is NULL and of whatever type the statement has in its place.
struct Parameter {
  Oid type = kUnknown;
  std::optional<std::string> bytes;
};
Parameter parameter(std::int64_t);
Parameter parameter(double);
Parameter parameter(std::string_view);
Parameter parameter(std::span<const std::byte>);

// A column that holds a number, whichever of PostgreSQL's numeric types it has (COUNT is int8, SUM of int8 numeric).
// Zero for NULL and for what is no number, as SQLite answers.
std::int64_t integer_in(Oid type, std::string_view bytes);
double real_in(Oid type, std::string_view bytes);

}  // namespace anlan::sql::postgres
