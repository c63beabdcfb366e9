#include "view/alerts.h"

#include <limits>

#include "state/stored.h"

namespace anlan::view {

// `state`: without the time, which is looked at when it is asked for.
void Alerts::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.alert (
  id TEXT PRIMARY KEY, organisation TEXT NOT NULL, world TEXT NOT NULL, state TEXT NOT NULL, handling TEXT NOT NULL,
  received_at INTEGER NOT NULL, ends INTEGER NOT NULL, UNIQUE (organisation, world, received_at, id),
  UNIQUE (organisation, world, handling, received_at, id), UNIQUE (organisation, world, state, ends, id));
)");
}

void Alerts::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.alert"); }

// How later messages count follows from all that is known of it, so it is read anew; there are few facts of each.
void Alerts::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (!fact.stream.starts_with("alert/")) return;
  const auto id = state::Stored<alert::Alert>::id_of(fact.stream);
  const auto a = state::replay<alert::Alert>(sql, id);
  if (!a.exists() && a.offences.empty()) return;  // it is known of by others alone
  const Instant at = a.exists() ? a.received_at : fact.recorded_at;
  sql.prepare(
         "INSERT INTO alert (id, organisation, world, state, handling, received_at, ends) VALUES (?, ?, ?, ?, ?, ?, ?) "
         "ON CONFLICT (id) DO UPDATE SET state = excluded.state, handling = excluded.handling, "
         "received_at = excluded.received_at, ends = excluded.ends")
      .bind(id)
      .bind(a.organisation)
      .bind(fact.world)
      .bind(name_of(a.state()))
      .bind(name_of(a.handling()))
      .bind(to_ms(at))
      .bind(to_ms(a.ends()))
      .run();
}

namespace {

sql::Statement& of_any_state(sql::Connection& sql, const AlertFilter& f) {
  auto& rows = sql.prepare(f.handling ? "SELECT id FROM alert WHERE organisation = ? AND world = ? AND handling = ? "
                                        "ORDER BY received_at DESC, id DESC LIMIT ?"
                                      : "SELECT id FROM alert WHERE organisation = ? AND world = ? "
                                        "ORDER BY received_at DESC, id DESC LIMIT ?");
  rows.bind(f.organisation).bind(f.world);
  if (f.handling) rows.bind(name_of(*f.handling));
  return rows;
}

// Beyond any moment on either side where the state does not follow from the time.
struct Between {
  std::int64_t after = std::numeric_limits<std::int64_t>::min(), upto = std::numeric_limits<std::int64_t>::max();
};

sql::Statement& of_state(sql::Connection& sql, const AlertFilter& f, Instant now) {
  Between ends;
  if (f.state == alert::State::kInForce) ends.after = to_ms(now);
  if (f.state == alert::State::kExpired) ends.upto = to_ms(now);
  const std::string_view handling = f.handling ? name_of(*f.handling) : std::string_view();
  const auto kept = f.state == alert::State::kExpired ? alert::State::kInForce : *f.state;
  return sql
      .prepare(
          "SELECT id FROM alert WHERE organisation = ? AND world = ? AND state = ? AND ends > ? AND ends <= ? "
          "AND (? = '' OR handling = ?) ORDER BY ends DESC, id DESC LIMIT ?")
      .bind(f.organisation)
      .bind(f.world)
      .bind(name_of(kept))
      .bind(ends.after)
      .bind(ends.upto)
      .bind(handling)
      .bind(handling);
}

}  // namespace

std::vector<std::string> find_alerts(sql::Connection& sql, const AlertFilter& filter, Instant now, std::int64_t limit) {
  auto& rows = filter.state ? of_state(sql, filter, now) : of_any_state(sql, filter);
  rows.bind(limit);
  std::vector<std::string> found;
  while (rows.step()) found.emplace_back(rows.text(0));
  return found;
}

}  // namespace anlan::view
