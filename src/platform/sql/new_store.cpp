#include "platform/sql/new_store.h"

#include <filesystem>

#include "platform/sql/postgres_session.h"
#include "platform/sql/sql.h"

namespace anlan::sql {
namespace {

// Tables alone: what watches over a server keeps views and functions of its own in every database.
constexpr const char* kTables = R"(
SELECT COUNT(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  AND n.nspname NOT LIKE 'pg\_toast%' AND n.nspname NOT LIKE 'pg\_temp%')";

bool has_no_table(const std::string& url) {
  postgres::Session session(url, false);
  session.send(kTables);
  const postgres::Result count = session.collect();
  return postgres::integer_in(PQftype(count.get(), 0), {PQgetvalue(count.get(), 0, 0),
                                                        static_cast<std::size_t>(PQgetlength(count.get(), 0, 0))}) == 0;
}

bool is_empty_or_missing(const std::string& directory) {
  std::error_code error;
  const auto kind = std::filesystem::status(directory, error).type();
  if (kind == std::filesystem::file_type::not_found) return true;
  const bool empty = kind == std::filesystem::file_type::directory && std::filesystem::is_empty(directory, error);
  if (error) throw Error(directory + ": " + error.message());
  return empty;
}

}  // namespace

bool is_new(const std::string& where) { return is_shared(where) ? has_no_table(where) : is_empty_or_missing(where); }

}  // namespace anlan::sql
