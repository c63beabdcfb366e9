#include "view/alerts.h"

#include <limits>

#include "state/stored.h"

namespace anlan::view {

// `state`: without the time, which is looked at when it is asked for. `gravity`: 0 for red, 4 without a colour.
void Alerts::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.alert (
  id TEXT PRIMARY KEY, organisation TEXT NOT NULL, world TEXT NOT NULL, state TEXT NOT NULL, handling TEXT NOT NULL,
  gravity INTEGER NOT NULL, received_at INTEGER NOT NULL, ends INTEGER NOT NULL,
  UNIQUE (organisation, world, received_at, id), UNIQUE (organisation, world, handling, received_at, id),
  UNIQUE (organisation, world, state, received_at, id), UNIQUE (organisation, world, state, ends, id));
)");
}

void Alerts::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.alert"); }

namespace {

std::int64_t gravity_of(const alert::Alert& a) {
  constexpr auto kRed = static_cast<std::int64_t>(alert::Colour::kRed);
  const auto colour = a.received ? a.received->message.colour : std::nullopt;
  return colour ? kRed - static_cast<std::int64_t>(*colour) : kRed + 1;
}

}  // namespace

// How later messages count follows from all that is known of it, so it is read anew; there are few facts of each.
void Alerts::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (!fact.stream.starts_with("alert/")) return;
  const auto id = state::Stored<alert::Alert>::id_of(fact.stream);
  const auto a = state::replay<alert::Alert>(sql, id);
  if (!a.exists() && a.offences.empty()) return;  // it is known of by others alone
  const Instant at = a.exists() ? a.received_at : fact.recorded_at;
  sql.prepare(
         "INSERT INTO alert (id, organisation, world, state, handling, gravity, received_at, ends) "
         "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
         "ON CONFLICT (id) DO UPDATE SET state = excluded.state, handling = excluded.handling, "
         "gravity = excluded.gravity, received_at = excluded.received_at, ends = excluded.ends")
      .bind(id)
      .bind(a.organisation)
      .bind(fact.world)
      .bind(name_of(a.state()))
      .bind(name_of(a.handling()))
      .bind(gravity_of(a))
      .bind(to_ms(at))
      .bind(to_ms(a.ends()))
      .run();
}

namespace {

constexpr auto kLast = std::numeric_limits<std::int64_t>::max();

// Where a page begins: behind this in the order of its list; before all of them where none is named.
struct Place {
  std::int64_t gravity = -1, received_at = kLast;
  std::string id;
};

Place place_of(sql::Connection& sql, const AlertFilter& f) {
  Place place;
  if (f.behind.empty()) return place;
  auto& row = sql.prepare("SELECT gravity, received_at FROM alert WHERE id = ? AND organisation = ? AND world = ?")
                  .bind(f.behind)
                  .bind(f.organisation)
                  .bind(f.world);
  if (row.step()) place = {row.integer(0), row.integer(1), f.behind};
  row.reset();
  return place;
}

sql::Statement& of_any_state(sql::Connection& sql, const AlertFilter& f, const Place& behind) {
  auto& rows = sql.prepare(f.handling ? "SELECT id FROM alert WHERE organisation = ? AND world = ? AND handling = ? "
                                        "AND (received_at, id) < (?, ?) ORDER BY received_at DESC, id DESC LIMIT ?"
                                      : "SELECT id FROM alert WHERE organisation = ? AND world = ? "
                                        "AND (received_at, id) < (?, ?) ORDER BY received_at DESC, id DESC LIMIT ?");
  rows.bind(f.organisation).bind(f.world);
  if (f.handling) rows.bind(name_of(*f.handling));
  return rows.bind(behind.received_at).bind(behind.id);
}

std::string_view handling_of(const AlertFilter& f) { return f.handling ? name_of(*f.handling) : std::string_view(); }

// Those whose time is not over are few; they are sorted each time.
sql::Statement& in_force(sql::Connection& sql, const AlertFilter& f, Instant now, const Place& behind) {
  return sql
      .prepare(
          "SELECT id FROM alert WHERE organisation = ? AND world = ? AND state = ? AND ends > ? "
          "AND (? = '' OR handling = ?) AND (gravity > ? OR (gravity = ? AND (received_at, id) < (?, ?))) "
          "ORDER BY gravity, received_at DESC, id DESC LIMIT ?")
      .bind(f.organisation)
      .bind(f.world)
      .bind(name_of(alert::State::kInForce))
      .bind(to_ms(now))
      .bind(handling_of(f))
      .bind(handling_of(f))
      .bind(behind.gravity)
      .bind(behind.gravity)
      .bind(behind.received_at)
      .bind(behind.id);
}

// Beyond any moment where the state does not follow from the time.
sql::Statement& of_state(sql::Connection& sql, const AlertFilter& f, Instant now, const Place& behind) {
  const bool is_expired = f.state == alert::State::kExpired;
  return sql
      .prepare(
          "SELECT id FROM alert WHERE organisation = ? AND world = ? AND state = ? AND ends <= ? "
          "AND (? = '' OR handling = ?) AND (received_at, id) < (?, ?) ORDER BY received_at DESC, id DESC LIMIT ?")
      .bind(f.organisation)
      .bind(f.world)
      .bind(name_of(is_expired ? alert::State::kInForce : *f.state))
      .bind(is_expired ? to_ms(now) : kLast)
      .bind(handling_of(f))
      .bind(handling_of(f))
      .bind(behind.received_at)
      .bind(behind.id);
}

}  // namespace

std::vector<std::string> find_alerts(sql::Connection& sql, const AlertFilter& filter, Instant now, std::int64_t limit) {
  const Place behind = place_of(sql, filter);
  auto& rows = !filter.state                            ? of_any_state(sql, filter, behind)
               : filter.state == alert::State::kInForce ? in_force(sql, filter, now, behind)
                                                        : of_state(sql, filter, now, behind);
  rows.bind(limit);
  std::vector<std::string> found;
  while (rows.step()) found.emplace_back(rows.text(0));
  return found;
}

}  // namespace anlan::view
