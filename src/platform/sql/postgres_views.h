#pragma once
// Which schemas a database has, and how those of views come and go (docs/decisions/0016). Statement text alone.
//
// A session holds a shared advisory lock of the edition it names as long as it lives, so the server itself knows which
// ones are in use, also of processes that nobody here has heard of. Who drops a schema takes that lock for itself.

#include <string>
#include <string_view>

namespace anlan::sql::postgres {

// Of an edition; "view" of none. Throws Error where the name is not one of letters and digits.
std::string view_schema(std::string_view edition);

// Takes the lock for the session's life. Before the schema is made: what is not there yet cannot be dropped.
std::string use_of(const std::string& schema);

// Makes what is missing of a store's schemas. Those of several processes that start together stand one behind the
// other.
std::string making_of_schemas(const std::string& view);

// The same for one schema beside those of the store.
std::string making_of_schema_beside(const std::string& schema);

// Waits a moment for sessions that are about to end, then is refused.
std::string removing_of(const std::string& schema);

// A row for each schema of views.
inline constexpr std::string_view kViewSchemas =
    "SELECT CAST(nspname AS TEXT) FROM pg_catalog.pg_namespace WHERE nspname = 'view' OR nspname LIKE 'view\\_%' "
    "ORDER BY nspname";

// See Connection::forget_view_databases. The moments are all the server's own: a schema is as old as the last look that
// found it in use, or the last opening for writing. Somebody who reads its tables by hand keeps it for another time;
// the session's own lock would not stop it.
inline constexpr std::string_view kForgetting = R"(
DO $$
DECLARE one RECORD;
BEGIN
  PERFORM set_config('lock_timeout', '1s', true);
  FOR one IN SELECT name, used_at < now() - INTERVAL '1 day' AS old FROM journal.view_edition
             WHERE name <> ALL (CAST(current_schemas(false) AS TEXT[])) LOOP
    IF NOT pg_try_advisory_xact_lock(41370520, hashtext(one.name)) THEN
      UPDATE journal.view_edition SET used_at = now() WHERE name = one.name;
    ELSIF one.old THEN
      EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', one.name);
      DELETE FROM journal.view_edition WHERE name = one.name;
    END IF;
  END LOOP;
EXCEPTION WHEN lock_not_available THEN NULL;
END $$)";

}  // namespace anlan::sql::postgres
