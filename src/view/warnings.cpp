#include "view/warnings.h"

#include "codec/fact.h"
#include "domain/warning/facts.h"
#include "view/first_column.h"

namespace anlan::view {
namespace {

constexpr std::int64_t kMostToTell = 1000;

// Brings the row of a warning along with a fact of its stream.
struct Following {
  sql::Connection& sql;
  const journal::Fact& fact;
  std::string id = fact.stream.substr(fact.stream.find('/') + 1);

  void operator()(const warning::Drafted& f) {
    sql.prepare(
           "INSERT INTO warning (id, organisation, world, state, drafted_at, issued_at, expires, next_expires) "
           "VALUES (?, ?, ?, 'draft', ?, 0, 0, ?)")
        .bind(id)
        .bind(f.organisation)
        .bind(fact.world)
        .bind(to_ms(fact.recorded_at))
        .bind(to_ms(f.content.expires))
        .run();
    sql.prepare("INSERT INTO warning_world (world) VALUES (?) ON CONFLICT DO NOTHING").bind(fact.world).run();
  }
  void operator()(const warning::Revised& f) {
    sql.prepare("UPDATE warning SET next_expires = ? WHERE id = ?").bind(to_ms(f.content.expires)).bind(id).run();
  }
  void operator()(const warning::Issued& f) {
    note(f.identifier);
    sql.prepare(
           "UPDATE warning SET state = 'issued', first_issued = COALESCE(first_issued, ?), issued_at = ?, expires = "
           "next_expires, "
           "ends_at = CASE WHEN EXISTS (SELECT 1 FROM own_node WHERE node = ?) THEN next_expires END WHERE id = ?")
        .bind(to_ms(fact.recorded_at))
        .bind(to_ms(fact.recorded_at))
        .bind(fact.node)
        .bind(id)
        .run();
  }
  void operator()(const warning::Cancelled& f) {
    note(f.identifier);
    end(warning::State::kCancelled);
  }
  void operator()(const warning::Expired&) { end(warning::State::kExpired); }
  // A change that is withdrawn leaves what is in force.
  void operator()(const warning::Withdrawn&) {
    sql.prepare("UPDATE warning SET state = 'withdrawn' WHERE id = ? AND state = 'draft'").bind(id).run();
  }
  template <class Other>
  void operator()(const Other&) {}

  void note(const std::string& identifier) {
    sql.prepare("INSERT INTO warning_message (identifier, warning) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(identifier)
        .bind(id)
        .run();
  }
  void end(warning::State state) {
    sql.prepare("UPDATE warning SET state = ?, ends_at = NULL, ended_at = ? WHERE id = ?")
        .bind(name_of(state))
        .bind(to_ms(fact.recorded_at))
        .bind(id)
        .run();
  }
};

}  // namespace

// `expires` is of what is in force, `next_expires` of the latest version; `ends_at`: when this node is to note that it
// is over, NULL where it is not, or not on this node; `ended_at`: of what was issued, when it was over.
void Warnings::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.warning (
  id TEXT PRIMARY KEY, organisation TEXT NOT NULL, world TEXT NOT NULL, state TEXT NOT NULL,
  drafted_at INTEGER NOT NULL, issued_at INTEGER NOT NULL, expires INTEGER NOT NULL, next_expires INTEGER NOT NULL,
  ends_at INTEGER, ended_at INTEGER, first_issued INTEGER, UNIQUE (organisation, world, first_issued, id), UNIQUE (ends_at, id), UNIQUE (world, ended_at, id), UNIQUE (world, state, drafted_at, id));
CREATE TABLE view.warning_world (world TEXT PRIMARY KEY);
CREATE TABLE view.warning_message (identifier TEXT PRIMARY KEY, warning TEXT NOT NULL);
)");
}

void Warnings::drop(sql::Connection& sql) {
  sql.execute(
      "DROP TABLE IF EXISTS view.warning; DROP TABLE IF EXISTS view.warning_message; "
      "DROP TABLE IF EXISTS view.warning_world");
}

void Warnings::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (codec::is<warning::Fact>(fact.type))
    std::visit(Following{sql, fact}, codec::decode<warning::Fact>(fact.type, fact.body));
}

std::vector<std::string> warnings_for(sql::Connection& sql, const std::string& organisation, const std::string& world,
                                      std::optional<warning::State> state, std::int64_t limit) {
  auto& rows = sql.prepare(state ? "SELECT w.id FROM scope s JOIN warning w ON s.stream = 'warning/' || w.id "
                                   "WHERE s.organisation = ? AND w.world = ? AND w.state = ? "
                                   "ORDER BY w.drafted_at DESC, w.id DESC LIMIT ?"
                                 : "SELECT w.id FROM scope s JOIN warning w ON s.stream = 'warning/' || w.id "
                                   "WHERE s.organisation = ? AND w.world = ? "
                                   "ORDER BY w.drafted_at DESC, w.id DESC LIMIT ?");
  rows.bind(organisation).bind(world);
  if (state) rows.bind(name_of(*state));
  rows.bind(limit);
  return first_column(rows);
}

std::vector<std::string> warnings_in_force(sql::Connection& sql, const std::string& world, Instant now,
                                           std::int64_t limit) {
  auto& rows = sql.prepare(
      "SELECT id FROM warning WHERE state = 'issued' AND expires > ? AND world = ? ORDER BY issued_at DESC, id DESC "
      "LIMIT ?");
  rows.bind(to_ms(now)).bind(world).bind(limit);
  return first_column(rows);
}

std::vector<std::string> warnings_ended(sql::Connection& sql, const std::string& world, Instant since,
                                        std::int64_t limit) {
  auto& rows =
      sql.prepare("SELECT id FROM warning WHERE world = ? AND ended_at >= ? ORDER BY ended_at DESC, id DESC LIMIT ?");
  rows.bind(world).bind(to_ms(since)).bind(limit);
  return first_column(rows);
}

std::vector<WarningToTell> warnings_to_tell(sql::Connection& sql, Instant since, Instant now) {
  auto& rows = sql.prepare("SELECT world FROM warning_world ORDER BY world");
  std::vector<WarningToTell> found;
  for (const std::string& world : first_column(rows)) {
    for (std::string& id : warnings_in_force(sql, world, now, kMostToTell)) found.push_back({std::move(id), world});
    for (std::string& id : warnings_ended(sql, world, since, kMostToTell)) found.push_back({std::move(id), world});
  }
  return found;
}

std::string warning_of_message(sql::Connection& sql, const std::string& identifier) {
  auto& row = sql.prepare("SELECT warning FROM warning_message WHERE identifier = ?");
  row.bind(identifier);
  const std::string found = row.step() ? std::string(row.text(0)) : std::string();
  row.reset();
  return found;
}

std::vector<OverdueWarning> overdue_warnings(sql::Connection& sql, Instant now) {
  auto& rows = sql.prepare("SELECT id, world FROM warning WHERE ends_at <= ?");
  rows.bind(to_ms(now));
  std::vector<OverdueWarning> found;
  while (rows.step()) found.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
  return found;
}

std::optional<Instant> next_expiry(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT MIN(ends_at) FROM warning");
  const bool any = row.step() && !row.is_null(0);
  const auto found = any ? std::optional(from_ms(row.integer(0))) : std::nullopt;
  row.reset();
  return found;
}

}  // namespace anlan::view
