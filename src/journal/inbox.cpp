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

}  // namespace anlan::journal
