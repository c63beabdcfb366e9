#include "view/warning_year.h"

#include "journal/streams.h"
#include "view/first_column.h"

namespace anlan::view {

// By the first issue: a change of the new year belongs to the warning of the old one.
std::vector<std::string> warnings_issued_by(sql::Connection& sql, const std::string& organisation,
                                            const std::string& world, Instant from, Instant to) {
  auto& rows = sql.prepare(
      "SELECT id FROM warning WHERE organisation = ? AND world = ? AND first_issued >= ? AND first_issued < ? "
      "ORDER BY first_issued, id");
  rows.bind(organisation).bind(world).bind(to_ms(from)).bind(to_ms(to));
  return first_column(rows);
}

std::vector<ObservedIncident> incidents_observed(sql::Connection& sql, const std::string& organisation,
                                                 const std::string& world, Instant from, Instant to) {
  auto& rows = sql.prepare(
      "SELECT incident, type, division, learnt_at FROM listing WHERE organisation = ? AND world = ? AND learnt_at >= ? "
      "AND learnt_at < ? ORDER BY learnt_at, incident");
  rows.bind(organisation).bind(world).bind(to_ms(from)).bind(to_ms(to));
  std::vector<ObservedIncident> found;
  while (rows.step())
    found.push_back(
        {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), from_ms(rows.integer(3))});
  return found;
}

std::vector<std::string> ids_seen_under(sql::Connection& sql, const std::string& organisation,
                                        const std::string& prefix) {
  auto& rows = sql.prepare("SELECT stream FROM scope WHERE stream >= ? AND stream < ? AND organisation = ?");
  rows.bind(prefix).bind(journal::after_prefix(prefix)).bind(organisation);
  auto found = first_column(rows);
  for (std::string& stream : found) stream.erase(0, stream.find('/') + 1);
  return found;
}

}  // namespace anlan::view
