#include "view/callouts.h"

#include "codec/fact.h"
#include "domain/callout/facts.h"
#include "domain/warning/facts.h"
#include "view/first_column.h"

namespace anlan::view {
namespace {

// Names of moments that are of no place.
constexpr std::int64_t kDecision = -1, kEnd = -2;

std::string rest_of(std::string_view stream) { return std::string(stream.substr(stream.find('/') + 1)); }

// Brings the rows along with a fact of a warning or a callout.
class Following {
 public:
  Following(sql::Connection& sql, const journal::Fact& fact) : sql_(sql), fact_(fact), id_(rest_of(fact.stream)) {}

  // Everybody who is told is looked at by its own node, whose rules say whether it calls.
  void operator()(const warning::Issued& f) {
    wants(id_.substr(id_.find('.') + 1), f.version);
    for (const std::string& organisation : f.to) wants(organisation, f.version);
  }
  void operator()(const warning::Cancelled&) { end_all(); }
  void operator()(const warning::Expired&) { end_all(); }

  void operator()(const callout::Opened& f) {
    sql_.prepare("DELETE FROM callout_wanted WHERE warning = ? AND organisation = ?")
        .bind(f.warning)
        .bind(f.organisation)
        .run();
    sql_.prepare(
            "INSERT INTO callout (id, warning, world, version, closed, empty, own, opened_at, limit_ms) VALUES (?, ?, "
            "?, ?, 0, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, closed = 0, empty = "
            "excluded.empty, opened_at = excluded.opened_at, limit_ms = excluded.limit_ms")
        .bind(id_)
        .bind(f.warning)
        .bind(fact_.world)
        .bind(f.warning_version)
        .bind(f.places.empty() && !f.decide_by ? 1 : 0)
        .bind(is_own() ? 1 : 0)
        .bind(to_ms(fact_.recorded_at))
        .bind(f.limit_min * 60'000)
        .run();
    sql_.prepare("DELETE FROM callout_due WHERE id = ?").bind(id_).run();
    if (f.decide_by && is_own()) due(kDecision, to_ms(*f.decide_by));
  }
  // The place speaks again after the limit, whatever it spoke before.
  void operator()(const callout::Called& f) {
    if (f.way != callout::Way::kMessage || !is_own()) return;
    auto& row = sql_.prepare("SELECT limit_ms FROM callout WHERE id = ?");
    row.bind(id_);
    const std::int64_t limit_ms = row.step() ? row.integer(0) : 0;
    row.reset();
    due(f.place, to_ms(fact_.recorded_at) + limit_ms);
    sql_.prepare("INSERT INTO callout_call (sequence, callout, world, called_at) VALUES (?, ?, ?, ?)")
        .bind(fact_.node_sequence)
        .bind(id_)
        .bind(fact_.world)
        .bind(to_ms(fact_.recorded_at))
        .run();
  }
  void operator()(const callout::Answered& f) { rests(f.place); }
  void operator()(const callout::Unanswered& f) { rests(f.place); }
  void operator()(const callout::Decided&) { rests(kDecision); }
  void operator()(const callout::Undecided&) { rests(kDecision); }
  void operator()(const callout::Closed&) {
    sql_.prepare("UPDATE callout SET closed = 1 WHERE id = ?").bind(id_).run();
    sql_.prepare("DELETE FROM callout_due WHERE id = ?").bind(id_).run();
  }
  template <class Other>
  void operator()(const Other&) {}

 private:
  // Only who calls has moments at which to speak, and messages to send.
  bool is_own() {
    auto& row = sql_.prepare("SELECT 1 FROM own_node WHERE node = ?");
    row.bind(fact_.node);
    const bool found = row.step();
    row.reset();
    return found;
  }
  // On a node that was given back its own facts they may lie before the issue that they follow.
  void wants(const std::string& organisation, std::int64_t version) {
    sql_.prepare(
            "INSERT INTO callout_wanted (warning, organisation) SELECT CAST(? AS TEXT), CAST(? AS TEXT) WHERE NOT "
            "EXISTS "
            "(SELECT 1 FROM callout WHERE id = ? AND version >= ?) ON CONFLICT DO NOTHING")
        .bind(id_)
        .bind(organisation)
        .bind(id_ + "/" + organisation)
        .bind(version)
        .run();
  }
  void due(std::int64_t place, std::int64_t at) {
    sql_.prepare(
            "INSERT INTO callout_due (id, place, due) VALUES (?, ?, ?) ON CONFLICT (id, place) DO UPDATE SET due = "
            "excluded.due")
        .bind(id_)
        .bind(place)
        .bind(at)
        .run();
  }
  void rests(std::int64_t place) {
    sql_.prepare("DELETE FROM callout_due WHERE id = ? AND place = ?").bind(id_).bind(place).run();
  }
  // Of a warning: its callouts here have that to say next.
  void end_all() {
    sql_.prepare("DELETE FROM callout_wanted WHERE warning = ?").bind(id_).run();
    auto& rows = sql_.prepare("SELECT id FROM callout WHERE warning = ? AND closed = 0 AND own = 1");
    rows.bind(id_);
    std::vector<std::string> open;
    while (rows.step()) open.emplace_back(rows.text(0));
    for (const std::string& one : open)
      sql_.prepare("INSERT INTO callout_due (id, place, due) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
          .bind(one)
          .bind(kEnd)
          .bind(to_ms(fact_.recorded_at))
          .run();
  }

  sql::Connection& sql_;
  const journal::Fact& fact_;
  const std::string id_;
};

}  // namespace

// `own`: this node calls; `empty`: nobody is called and nothing is to be decided.
void Callouts::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.callout (
  id TEXT PRIMARY KEY, warning TEXT NOT NULL, world TEXT NOT NULL, version INTEGER NOT NULL, closed INTEGER NOT NULL,
  empty INTEGER NOT NULL, own INTEGER NOT NULL, opened_at INTEGER NOT NULL, limit_ms INTEGER NOT NULL, UNIQUE (warning, id),
  UNIQUE (world, closed, opened_at, id));
CREATE TABLE view.callout_due (id TEXT NOT NULL, place INTEGER NOT NULL, due INTEGER NOT NULL,
  PRIMARY KEY (id, place), UNIQUE (due, id, place));
CREATE TABLE view.callout_wanted (warning TEXT NOT NULL, organisation TEXT NOT NULL, PRIMARY KEY (warning, organisation));
CREATE TABLE view.callout_call (sequence INTEGER PRIMARY KEY, callout TEXT NOT NULL, world TEXT NOT NULL,
  called_at INTEGER NOT NULL);
)");
}

void Callouts::drop(sql::Connection& sql) {
  for (const char* table : {"callout", "callout_due", "callout_wanted", "callout_call"})
    sql.execute(std::string("DROP TABLE IF EXISTS view.") + table);
}

void Callouts::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (codec::is<callout::Fact>(fact.type))
    std::visit(Following(sql, fact), codec::decode<callout::Fact>(fact.type, fact.body));
  else if (codec::is<warning::Fact>(fact.type))
    std::visit(Following(sql, fact), codec::decode<warning::Fact>(fact.type, fact.body));
}

std::vector<WantedCallout> wanted_callouts(sql::Connection& sql, Instant now) {
  auto& rows = sql.prepare(
      "SELECT c.warning, c.organisation, w.world, o.id FROM callout_wanted c JOIN warning w ON w.id = c.warning "
      "LEFT JOIN callout o ON o.id = c.warning || '/' || c.organisation AND o.closed = 0 AND o.own = 1 "
      "WHERE w.state = 'issued' AND w.expires > ?");
  rows.bind(to_ms(now));
  std::vector<WantedCallout> found;
  while (rows.step())
    found.push_back(
        {std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), !rows.is_null(3)});
  return found;
}

// What was called later than now was called before the clock was set back.
std::vector<DueCallout> due_callouts(sql::Connection& sql, Instant now) {
  auto& rows = sql.prepare(
      "SELECT DISTINCT d.id, c.world FROM callout_due d JOIN callout c ON c.id = d.id "
      "WHERE d.due <= ? OR (d.place >= 0 AND d.due > ? + c.limit_ms) ORDER BY d.id");
  rows.bind(to_ms(now)).bind(to_ms(now + callout::kClockSlack));
  std::vector<DueCallout> found;
  while (rows.step()) found.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
  return found;
}

std::optional<Instant> next_callout(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT MIN(due) FROM callout_due");
  const bool any = row.step() && !row.is_null(0);
  const auto found = any ? std::optional(from_ms(row.integer(0))) : std::nullopt;
  row.reset();
  return found;
}

std::vector<std::string> callouts_on(sql::Connection& sql, const std::string& warning,
                                     const std::string& organisation) {
  auto& rows = sql.prepare(
      "SELECT c.id FROM callout c JOIN scope s ON s.stream = 'callout/' || c.id AND s.organisation = ? "
      "WHERE c.warning = ? AND c.empty = 0 ORDER BY c.id");
  rows.bind(organisation).bind(warning);
  return first_column(rows);
}

std::vector<std::string> open_callouts(sql::Connection& sql, const std::string& organisation, const std::string& world,
                                       std::int64_t limit) {
  auto& rows = sql.prepare(
      "SELECT c.id FROM callout c JOIN scope s ON s.stream = 'callout/' || c.id AND s.organisation = ? "
      "WHERE c.world = ? AND c.closed = 0 AND c.empty = 0 ORDER BY c.opened_at DESC, c.id DESC LIMIT ?");
  rows.bind(organisation).bind(world).bind(limit);
  return first_column(rows);
}

// By the number on this node, which rises with time.
std::vector<OwedCall> owed_calls(sql::Connection& sql, std::int64_t after, Instant since, std::int64_t limit) {
  auto& rows = sql.prepare(
      "SELECT sequence, callout, world, called_at FROM callout_call WHERE sequence > ? AND called_at >= ? ORDER BY "
      "sequence LIMIT ?");
  rows.bind(after).bind(to_ms(since)).bind(limit);
  std::vector<OwedCall> found;
  while (rows.step())
    found.push_back({rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)), from_ms(rows.integer(3))});
  return found;
}

std::string callout_of_call(sql::Connection& sql, std::int64_t sequence) {
  auto& row = sql.prepare("SELECT callout FROM callout_call WHERE sequence = ?");
  row.bind(sequence);
  const std::string found = row.step() ? std::string(row.text(0)) : std::string();
  row.reset();
  return found;
}

}  // namespace anlan::view
