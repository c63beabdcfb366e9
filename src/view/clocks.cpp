#include "view/clocks.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "codec/fact.h"
#include "domain/clock/facts.h"

namespace anlan::view {
namespace {

constexpr std::string_view kColumns =
    "c.id, c.incident, c.organisation, c.world, c.receiver, c.leg, c.rule, c.document, c.clause, c.minutes, c.basis, "
    "c.assumed, c.starts_at, c.due_at, c.state, c.reminded, c.met_at, c.met_by, c.reason, c.late_s, "
    "c.released, c.noted_at, "
    "(SELECT f.position FROM fact f WHERE f.stream = c.proof_stream AND f.version = c.proof_version)";

// NULL is absent.
std::optional<std::string> text(const sql::Statement& s, int column) {
  return s.is_null(column) ? std::nullopt : std::optional<std::string>(s.text(column));
}

ClockRow read_row(const sql::Statement& s) {
  ClockRow row;
  row.id = s.text(0);
  row.incident = s.text(1);
  row.organisation = s.text(2);
  row.world = s.text(3);
  row.receiver = text(s, 4);
  row.leg = named<clock::Leg>(s.text(5)).value();
  row.rule = {std::string(s.text(6)), std::string(s.text(7)), std::string(s.text(8)), s.integer(9)};
  row.basis = named<clock::Basis>(s.text(10)).value();
  row.assumed = s.integer(11) != 0;
  row.starts_at = from_ms(s.integer(12));
  row.due_at = from_ms(s.integer(13));
  row.state = named<clock::State>(s.text(14)).value();
  row.reminded = s.integer(15);
  if (!s.is_null(16)) row.met_at = from_ms(s.integer(16));
  row.met_by = text(s, 17);
  row.reason = text(s, 18);
  if (!s.is_null(19)) row.late_s = s.integer(19);
  row.released = text(s, 20);
  if (!s.is_null(21)) row.noted_at = from_ms(s.integer(21));
  if (!s.is_null(22)) row.met_position = s.integer(22);
  return row;
}

// Of the rows that are left.
std::vector<ClockRow> read_rows(sql::Statement& s) {
  std::vector<ClockRow> rows;
  while (s.step()) rows.push_back(read_row(s));
  return rows;
}

// One row a clock; next_at is the moment at which it next speaks, NULL where it never will again, or not on this node.
struct Apply {
  sql::Connection& sql;
  const journal::Fact& fact;

  void operator()(const clock::Started& f) {
    auto& s = sql.prepare(
        "INSERT INTO clock (id, incident, organisation, world, receiver, leg, rule, document, clause, minutes, basis, "
        "assumed, starts_at, due_at, state, reminded, next_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', 0, "
        "CASE WHEN EXISTS (SELECT 1 FROM own_node WHERE node = ?) THEN ? END)");
    s.bind(f.clock).bind(f.incident).bind(f.organisation).bind(fact.world);
    f.to ? s.bind(*f.to) : s.bind_null();
    s.bind(name_of(f.leg)).bind(f.rule.id).bind(f.rule.document).bind(f.rule.clause).bind(f.rule.minutes);
    s.bind(name_of(f.basis)).bind(f.assumed ? 1 : 0).bind(to_ms(f.starts_at)).bind(to_ms(f.due_at));
    s.bind(fact.node).bind(to_ms(clock::next_moment(f.starts_at, f.due_at, 0))).run();
  }
  void operator()(const clock::Reminded& f) {
    auto& s = sql.prepare("SELECT starts_at, due_at FROM clock WHERE id = ? AND incident = ? AND organisation = ?");
    bind_this(s, f.clock);
    ANLAN_ASSERT(s.step());
    const Instant next = clock::next_moment(from_ms(s.integer(0)), from_ms(s.integer(1)), f.percent);
    s.step();
    change(
        "UPDATE clock SET reminded = ?, next_at = CASE WHEN next_at IS NOT NULL THEN ? END"
        " WHERE id = ? AND incident = ? AND organisation = ?",
        f.clock, [&](sql::Statement& u) { u.bind(f.percent).bind(to_ms(next)); });
  }
  void operator()(const clock::Overdue& f) {
    change(
        "UPDATE clock SET state = 'overdue', reminded = 100, next_at = NULL"
        " WHERE id = ? AND incident = ? AND organisation = ?",
        f.clock, [](sql::Statement&) {});
  }
  void operator()(const clock::Met& f) {
    change(
        "UPDATE clock SET state = 'met', next_at = NULL, met_at = ?, noted_at = ?, met_by = ?, late_s = ?, "
        "proof_stream = ?, proof_version = ? WHERE id = ? AND incident = ? AND organisation = ?",
        f.clock, [&](sql::Statement& u) {
          u.bind(to_ms(f.at)).bind(to_ms(fact.recorded_at)).bind(f.by + "@" + fact.node).bind(f.late_s);
          u.bind(f.proof.stream).bind(f.proof.version);
        });
  }
  void operator()(const clock::Released& f) {
    change(
        "UPDATE clock SET state = 'released', released = ?, next_at = NULL"
        " WHERE id = ? AND incident = ? AND organisation = ?",
        f.clock, [&](sql::Statement& u) { u.bind(f.why); });
  }
  void operator()(const clock::Explained& f) {
    change("UPDATE clock SET reason = ? WHERE id = ? AND incident = ? AND organisation = ?", f.clock,
           [&](sql::Statement& u) { u.bind(f.reason); });
  }

 private:
  // The clock of the fact's stream: another node may give an id that one has in another stream.
  void bind_this(sql::Statement& s, const std::string& clock) const {
    const std::string owes = fact.stream.substr(fact.stream.find('/') + 1);
    s.bind(clock).bind(owes.substr(0, owes.find('/'))).bind(owes.substr(owes.find('/') + 1));
  }
  template <class Bind>
  void change(std::string_view literal, const std::string& clock, Bind&& bind) {
    auto& s = sql.prepare(literal);
    bind(s);
    bind_this(s, clock);
    s.run();
  }
};

}  // namespace

// Pending ones are found by who owes and who is owed, speaking ones by their moment.
void Clocks::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.clock (
  id TEXT NOT NULL, incident TEXT NOT NULL, organisation TEXT NOT NULL, world TEXT NOT NULL, receiver TEXT,
  leg TEXT NOT NULL, rule TEXT NOT NULL, document TEXT NOT NULL, clause TEXT NOT NULL, minutes INTEGER NOT NULL,
  basis TEXT NOT NULL, assumed INTEGER NOT NULL, starts_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
  state TEXT NOT NULL, reminded INTEGER NOT NULL, next_at INTEGER, met_at INTEGER, noted_at INTEGER, met_by TEXT, late_s INTEGER,
  proof_stream TEXT, proof_version INTEGER, reason TEXT, released TEXT,
  PRIMARY KEY (id, incident, organisation), UNIQUE (incident, organisation, id), UNIQUE (next_at, id, incident, organisation),
  UNIQUE (organisation, state, due_at, id, incident), UNIQUE (receiver, state, due_at, id, incident, organisation));
)");
}

void Clocks::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.clock"); }

void Clocks::apply(sql::Connection& sql, const journal::Fact& fact) {
  if (const auto known = codec::known<clock::Fact>(fact.type, fact.body)) std::visit(Apply{sql, fact}, *known);
}

// State by state: each stands in an index in the order in which they fall due.
std::vector<ClockRow> pending_clocks(sql::Connection& sql, const PendingFilter& filter, std::int64_t limit) {
  const bool owed = filter.whose == Whose::kOwed;
  std::string text = "SELECT " + std::string(kColumns) + " FROM clock c ";
  text += owed ? "WHERE c.organisation = ? "
               : "JOIN party p ON p.organisation = c.receiver AND p.incident = c.incident WHERE c.receiver = ? ";
  if (!filter.owed_by.empty()) text += "AND c.organisation = ? ";
  const auto rows = sql.once(text + "AND c.state = ? AND c.world = ? ORDER BY c.due_at, c.id LIMIT ?");
  std::vector<ClockRow> found;
  for (const auto state : {clock::State::kOverdue, clock::State::kRunning}) {
    if (filter.state.value_or(state) != state) continue;
    rows->bind(filter.organisation);
    if (!filter.owed_by.empty()) rows->bind(filter.owed_by);
    rows->bind(name_of(state)).bind(filter.world).bind(limit);
    std::ranges::move(read_rows(*rows), std::back_inserter(found));
    rows->reset();
  }
  std::ranges::sort(found, {}, [](const ClockRow& row) { return std::tie(row.due_at, row.id); });
  found.resize(std::min(found.size(), static_cast<std::size_t>(limit)));
  return found;
}

std::vector<ClockRow> next_clocks(sql::Connection& sql, const std::string& organisation,
                                  const std::vector<std::string>& incidents) {
  if (incidents.empty()) return {};
  const auto rows =
      sql.once("SELECT " + std::string(kColumns) + " FROM clock c WHERE " + sql::one_of("c.incident", incidents) +
               " AND c.organisation = ? AND c.state IN ('running', 'overdue') ORDER BY c.due_at, c.id");
  sql::bind_list(*rows, incidents).bind(organisation);
  auto found = read_rows(*rows);
  std::set<std::string> seen;
  std::erase_if(found, [&](const ClockRow& row) { return !seen.insert(row.incident).second; });
  return found;
}

std::vector<ClockRow> clocks_of(sql::Connection& sql, const std::string& incident, const std::string& organisation) {
  static const std::string text = "SELECT " + std::string(kColumns) +
                                  " FROM clock c WHERE c.incident = ? AND (c.organisation = ? OR c.receiver = ?) "
                                  "ORDER BY c.starts_at, c.due_at, c.id";
  auto& rows = sql.prepare(text);
  rows.bind(incident).bind(organisation).bind(organisation);
  return read_rows(rows);
}

std::vector<ClockRow> settled_clocks(sql::Connection& sql, const std::string& organisation, const std::string& world,
                                     std::int64_t incidents) {
  static const std::string text =
      "SELECT " + std::string(kColumns) +
      " FROM (SELECT incident FROM listing WHERE organisation = ? AND world = ? "
      "ORDER BY learnt_at DESC, incident DESC LIMIT ?) l JOIN clock c ON c.incident = l.incident "
      "WHERE (c.organisation = ? OR c.receiver = ?) AND c.state NOT IN ('running', 'overdue') "
      "ORDER BY c.starts_at, c.due_at, c.id";
  auto& rows = sql.prepare(text);
  rows.bind(organisation).bind(world).bind(incidents).bind(organisation).bind(organisation);
  return read_rows(rows);
}

std::optional<ClockRow> clock_row(sql::Connection& sql, const std::string& id, const std::string& organisation) {
  static const std::string text =
      "SELECT " + std::string(kColumns) + " FROM clock c WHERE c.id = ? AND c.organisation = ?";
  auto& row = sql.prepare(text);
  row.bind(id).bind(organisation);
  auto found = row.step() ? std::optional(read_row(row)) : std::nullopt;
  row.reset();
  return found;
}

// By the index on next_at: the timer asks five times a second.
std::vector<Speaking> speaking_clocks(sql::Connection& sql, Instant now) {
  auto& rows = sql.prepare("SELECT DISTINCT incident, organisation, world FROM clock WHERE next_at <= ?");
  rows.bind(to_ms(now));
  std::vector<Speaking> speaking;
  while (rows.step())
    speaking.push_back({std::string(rows.text(0)) + "/" + std::string(rows.text(1)), std::string(rows.text(2))});
  return speaking;
}

std::optional<Instant> next_clock(sql::Connection& sql) {
  auto& row = sql.prepare("SELECT MIN(next_at) FROM clock");
  const auto next = row.step() && !row.is_null(0) ? std::optional(from_ms(row.integer(0))) : std::nullopt;
  row.reset();
  return next;
}

}  // namespace anlan::view
