#pragma once
// Statement text as PostgreSQL wants it, from the portable text of sql.h.

#include <string>
#include <string_view>

namespace anlan::sql::postgres {

// "?" becomes $1, $2 … in order; text between quotes stays.
std::string numbered(std::string_view text);

// Types of columns in CREATE TABLE and ALTER TABLE: INTEGER is BIGINT (as a primary key, one that counts by itself),
// BLOB is BYTEA, REAL is DOUBLE PRECISION, TEXT is compared byte by byte as SQLite does it. Other statements come back
// as they are.
std::string with_our_types(std::string_view text);

// The name before a table of the view database is that of its schema.
std::string in_schema(std::string_view text, const std::string& view);

}  // namespace anlan::sql::postgres
