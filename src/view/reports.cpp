#include "view/reports.h"

#include "codec/fact.h"
#include "domain/report/facts.h"

namespace anlan::view {
namespace {

// One row a report, moved along by its facts and those of its receipt.
struct Apply {
  sql::Connection& sql;
  const journal::Fact& fact;
  std::string id;

  void operator()(const report::Drafted& f) {
    sql.prepare(
           "INSERT INTO report (id, incident, sender, receiver, world, state, was_sent, began) "
           "VALUES (?, ?, ?, ?, ?, 'draft', 0, ?) ON CONFLICT (id) DO UPDATE SET state = 'draft'")
        .bind(id)
        .bind(f.incident)
        .bind(f.from)
        .bind(f.to)
        .bind(fact.world)
        .bind(fact.position)
        .run();
  }
  void operator()(const report::Signed&) { set("signed"); }
  void operator()(const report::Sent&) {
    set("sent");
    sql.prepare("UPDATE report SET was_sent = 1 WHERE id = ?").bind(id).run();
  }
  void operator()(const report::Received&) { set("received"); }
  void operator()(const report::Accepted&) { set("accepted"); }
  void operator()(const report::Returned&) { set("returned"); }

 private:
  void set(const char* state) { sql.prepare("UPDATE report SET state = ? WHERE id = ?").bind(state).bind(id).run(); }
};

// Of the rows that are left.
std::vector<ReportRow> read_rows(sql::Statement& s) {
  std::vector<ReportRow> rows;
  while (s.step())
    rows.push_back({std::string(s.text(0)), std::string(s.text(1)), std::string(s.text(2)), std::string(s.text(3)),
                    std::string(s.text(4)), named<report::State>(s.text(5)).value()});
  return rows;
}

std::vector<ReportRow> sent_to(sql::Connection& sql, const std::string& receiver, const std::string& world,
                               report::State state) {
  auto& rows = sql.prepare(
      "SELECT id, incident, sender, receiver, world, state FROM report "
      "WHERE receiver = ? AND state = ? AND world = ? ORDER BY began");
  rows.bind(receiver).bind(name_of(state)).bind(world);
  return read_rows(rows);
}

}  // namespace

void Reports::create(sql::Connection& sql) {
  sql.execute(R"(
CREATE TABLE view.report (
  id TEXT PRIMARY KEY, incident TEXT NOT NULL, sender TEXT NOT NULL, receiver TEXT NOT NULL, world TEXT NOT NULL,
  state TEXT NOT NULL, was_sent INTEGER NOT NULL, began INTEGER NOT NULL,
  UNIQUE (incident, began), UNIQUE (receiver, state, began), UNIQUE (sender, state, began));
)");
}

void Reports::drop(sql::Connection& sql) { sql.execute("DROP TABLE IF EXISTS view.report"); }

void Reports::apply(sql::Connection& sql, const journal::Fact& fact) {
  const std::string id = fact.stream.substr(fact.stream.find('/') + 1);
  if (codec::is<report::Fact>(fact.type))
    std::visit(Apply{sql, fact, id}, codec::decode<report::Fact>(fact.type, fact.body));
  else if (codec::is<report::ReceiptFact>(fact.type))
    std::visit(Apply{sql, fact, id}, codec::decode<report::ReceiptFact>(fact.type, fact.body));
}

// The desk's inbox.
std::vector<ReportRow> awaiting_receipt(sql::Connection& sql, const std::string& receiver, const std::string& world) {
  return sent_to(sql, receiver, world, report::State::kReceived);
}

std::vector<ReportRow> awaiting_answer_outside(sql::Connection& sql, const std::string& receiver,
                                               const std::string& world) {
  return sent_to(sql, receiver, world, report::State::kSent);
}

std::vector<ReportRow> unfinished_reports(sql::Connection& sql, const std::string& sender, const std::string& world) {
  auto& rows = sql.prepare(
      "SELECT r.id, r.incident, r.sender, r.receiver, r.world, r.state FROM report r JOIN incident i ON i.id = "
      "r.incident "
      "WHERE r.sender = ? AND r.state IN ('draft', 'signed', 'returned') AND r.world = ? AND i.state <> 'merged' "
      "ORDER BY r.began");
  rows.bind(sender).bind(world);
  return read_rows(rows);
}

// A receiver sees it from its first sending on.
std::vector<ReportRow> reports_of(sql::Connection& sql, const std::string& incident, const std::string& organisation) {
  auto& rows = sql.prepare(
      "SELECT id, incident, sender, receiver, world, state FROM report "
      "WHERE incident = ? AND (sender = ? OR (receiver = ? AND was_sent = 1)) ORDER BY began");
  rows.bind(incident).bind(organisation).bind(organisation);
  return read_rows(rows);
}

}  // namespace anlan::view
