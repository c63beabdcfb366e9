#include "journal/inbox.h"

namespace anlan::journal {

Place received(sql::Connection& sql, const std::string& neighbour) {
  auto& row = sql.prepare("SELECT since, position FROM inbox WHERE neighbour = ?");
  row.bind(neighbour);
  Place place;
  if (row.step()) place = {row.integer(0), row.integer(1)};
  row.reset();
  return place;
}

void note_received(sql::Connection& sql, const std::string& neighbour, Place place) {
  sql.prepare(
         "INSERT INTO inbox (neighbour, since, position) VALUES (?, ?, ?) ON CONFLICT (neighbour) DO UPDATE SET since "
         "= "
         "excluded.since, position = excluded.position")
      .bind(neighbour)
      .bind(place.since)
      .bind(place.position)
      .run();
}

Place read_by(sql::Connection& sql, const std::string& neighbour) {
  auto& row = sql.prepare("SELECT since, position FROM outbox WHERE neighbour = ?");
  row.bind(neighbour);
  Place place;
  if (row.step()) place = {row.integer(0), row.integer(1)};
  row.reset();
  return place;
}

void note_read_by(sql::Connection& sql, const std::string& neighbour, Place place, Instant said_at) {
  sql.prepare(
         "INSERT INTO outbox (neighbour, since, position, said_at) VALUES (?, ?, ?, ?) ON CONFLICT (neighbour) DO "
         "UPDATE SET since = excluded.since, position = excluded.position, said_at = excluded.said_at "
         "WHERE outbox.said_at <= excluded.said_at")
      .bind(neighbour)
      .bind(place.since)
      .bind(place.position)
      .bind(to_ms(said_at))
      .run();
}

}  // namespace anlan::journal
