#include "platform/sql/postgres_views.h"

#include <algorithm>

#include "platform/sql/sql.h"

namespace anlan::sql::postgres {
namespace {

// The number is nobody else's.
std::string key_of(const std::string& schema) { return "41370520, hashtext('" + schema + "')"; }

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string view_schema(std::string_view edition) {
  if (!std::ranges::all_of(edition, is_letter_or_digit)) throw Error("no edition of views: " + std::string(edition));
  return edition.empty() ? "view" : "view_" + std::string(edition);
}

std::string use_of(const std::string& schema) { return "SELECT pg_advisory_lock_shared(" + key_of(schema) + ")"; }

std::string making_of_schemas(const std::string& view) {
  std::string text = R"(
BEGIN;
SELECT pg_advisory_xact_lock(4137052026);
CREATE SCHEMA IF NOT EXISTS vault;
CREATE SCHEMA IF NOT EXISTS journal;
CREATE TABLE IF NOT EXISTS journal.writer (locked INTEGER PRIMARY KEY);
INSERT INTO journal.writer SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM journal.writer);
CREATE TABLE IF NOT EXISTS journal.view_edition (name TEXT PRIMARY KEY, used_at TIMESTAMPTZ NOT NULL);
)";
  text += "CREATE SCHEMA IF NOT EXISTS " + view + ";\n";
  if (view != view_schema({}))
    text += "INSERT INTO journal.view_edition VALUES ('" + view +
            "', now()) ON CONFLICT (name) DO UPDATE SET used_at = excluded.used_at;\n";
  return text + "COMMIT";
}

std::string making_of_schema_beside(const std::string& schema) {
  return "BEGIN; SELECT pg_advisory_xact_lock(4137052026); CREATE SCHEMA IF NOT EXISTS " + schema +
         "; CREATE TABLE IF NOT EXISTS " + schema + ".writer (locked INTEGER PRIMARY KEY); INSERT INTO " + schema +
         ".writer SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM " + schema + ".writer); COMMIT";
}

std::string removing_of(const std::string& schema) {
  return "SET lock_timeout = '2s'; BEGIN; SELECT pg_advisory_xact_lock(" + key_of(schema) +
         "); DROP SCHEMA IF EXISTS " + schema + " CASCADE; COMMIT";
}

}  // namespace anlan::sql::postgres
